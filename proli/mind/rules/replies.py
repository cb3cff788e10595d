"""The rules agent's words, put together from the texts of the playbook."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from proli.conversations.models import MessageKind
from proli.conversations.reasons import PersonReason
from proli.knowledge.places import find_locality
from proli.knowledge.text import isolate
from proli.knowledge.trades import Danger
from proli.mind.facts import Facts
from proli.mind.request_words import about_which, names_of
from proli.mind.rules.business_facts import facts_asked_for
from proli.mind.rules.state import State
from proli.playbooks.texts import say_danger
from proli.playbooks.trades import say_issue, say_trade
from proli.playbooks.words import say_choice, say_day, say_when

MOST_PRICES = 5
PERSON_CALLED = {
    PersonReason.human_asked: "handed_over",
    PersonReason.complaint: "complaint_taken",
    PersonReason.stuck: "handed_over",
    PersonReason.callback: "callback_promised",
}
"""What is said once a person was called, by the reason."""


def words(state: State, code: str) -> str:
    return state.facts.say(code, business=isolate(state.facts.business))


def compose(state: State, main: str) -> str:
    """The greeting, the safety words and whatever else belongs before the main thing, a line each."""
    before = [greeting(state), safety(state), time_words(state), noted_words(state.facts), unread(state)]
    before += [acknowledge(state), prices(state), told_facts(state)]
    before.append(words(state, "back_on") if state.reopened is not None else "")
    before.append(words(state, "opted_in") if state.last("opt_in") is not None else "")
    if state.heard.in_writing:
        before.append(words(state, "in_writing"))
    return "\n".join(part for part in (*before, not_understood(state), main) if part)


def left_alone(state: State) -> str:
    """That nobody is written to first any more, and that a person was called, if one was."""
    codes = [PERSON_CALLED.get(done.outcome.get("reason", "")) for done in state.done if done.tool == "hand_over"]
    told = [words(state, code) for code in ("opted_out", *codes) if code]
    standing = state.facts.standing
    if standing is not None and standing.status == "confirmed" and standing.starts_at > state.facts.now:
        told.append(state.facts.say("opted_out_visit", when=when(state.facts, standing.starts_at)))
    return "\n".join(told)


def greeting(state: State) -> str:
    return words(state, "hello") if state.facts.first_contact else ""


def safety(state: State) -> str:
    danger = state.heard.danger
    return "" if danger is None else safety_words(danger, state.facts)


def safety_words(danger: Danger, facts: Facts) -> str:
    """What to do at once, before anything is arranged."""
    return say_danger(danger, facts.language, facts.own_texts)


def unread(state: State) -> str:
    """Which part of a burst with words could not be taken in."""
    said = state.facts.said
    if any(one.unopened for one in said):
        return words(state, "media_failed")
    return words(state, "send_text") if any(one.kind == MessageKind.audio and not one.text for one in said) else ""


def acknowledge(state: State) -> str:
    """What was taken down, said once: of the first message, and of what was corrected."""
    known, saved = state.facts.known, state.saved
    if known.lead_id is None or state.is_new_request:
        return said_back(state, "got_it", [request_name(state), city_name(state)]) if saved else ""
    if saved.get("customer_name"):
        return state.facts.say("thanks_name", name=isolate(saved["customer_name"]))
    changed = [city_name(state)] if known.locality and "locality" in saved else []
    changed += [isolate(saved["address"])] if known.address and "address" in saved else []
    elsewhere = state.facts.asked is not None and state.missing[:1] == [state.facts.asked]
    return said_back(state, "updated", changed) or (words(state, "noted") if saved and elsewhere else "")


def city_name(state: State) -> str:
    """The place in the language of the conversation."""
    name = state.known.locality
    place = find_locality(name) if name else None
    english = place.name_en if place and state.facts.language == "en" else None
    return isolate(english or name) if name else ""


def said_back(state: State, code: str, details: list[str]) -> str:
    present = [detail for detail in details if detail]
    return state.facts.say(code, details=", ".join(present)) if present else ""


def request_name(state: State) -> str:
    """The job by its name, where the business has more than one: "נזילה"."""
    known, language = state.known, state.facts.language
    if known.trade is None or state.facts.playbook.trade is not None:
        return ""
    return say_issue(known.trade, known.issue, language) or say_trade(known.trade, language)


def not_understood(state: State) -> str:
    """A message that brought nothing is not passed over in silence."""
    spoken = state.facts.first_contact or state.heard.said_something or not state.facts.text.strip()
    answered = spoken or state.facts.standing is not None or state.heard.danger is not None
    return "" if answered else words(state, "not_understood")


def prices(state: State) -> str:
    found = state.outcome("list_prices")
    if found is None:
        return ""
    lines = [
        state.facts.say("price_line", label=isolate(price["label"]), price=price["words"])
        for price in found.get("prices", [])[:MOST_PRICES]
    ]
    return state.facts.say("price_lines", prices="\n".join(lines)) if lines else state.facts.say("no_price")


def told_facts(state: State) -> str:
    """The business's own words on what was asked; that we do not know, where it has said nothing."""
    found = state.outcome("business_facts")
    if found is None:
        return ""
    told = facts_asked_for(state.facts.text, found.get("facts", {}))
    return "\n".join(f"{isolate(name)}: {isolate(value)}" for name, value in told.items()) or words(state, "no_fact")


def ask_next(state: State) -> str:
    missing = state.missing
    if not missing:
        return words(state, "thanks")
    if missing[0] == "trade" and "price" in state.heard.intents:
        return words(state, "price_of_what")
    return ask_field(state.facts, missing[0])


def ask_field(facts: Facts, field: str) -> str:
    """The playbook's question for a field."""
    return facts.playbook.ask(field, facts.language)


def ask_number(state: State) -> str:
    street = (state.known.address_parts or {}).get("street") or ""
    return state.facts.say("which_number", street=isolate(street))


def ask_half_of_day(state: State) -> str:
    wish = state.known.wish
    start = datetime.fromisoformat(wish["start"]).astimezone(state.facts.zone) if wish else None
    hour = f"{start.hour % 12 or 12}" if start else ""
    return state.facts.say("ambiguous_time", time=isolate(hour))


def ask_which_day(state: State) -> str:
    facts, days = state.facts, (state.known.wish or {})["days"]
    noons = [datetime.combine(date.fromisoformat(day), time(12), tzinfo=facts.zone) for day in days]
    said = [say_day(noon, now=facts.now, zone=facts.zone, language=facts.language) for noon in noons]
    return facts.say("which_day", days=say_choice(said, language=facts.language))


def ask_which_city(state: State) -> str:
    cities = say_choice([isolate(city) for city in state.heard.cities], language=state.facts.language)
    return state.facts.say("which_city", cities=cities)


def when(facts: Facts, moment: datetime) -> str:
    return say_when(moment, now=facts.now, zone=facts.zone, language=facts.language)


def arranged_words(state: State, outcome: Mapping[str, Any]) -> str:
    """A visit that was asked for, or booked where nobody has to approve."""
    called = state.outcome("hand_over") or {}
    faster = state.facts.say("looking_faster") if called.get("reason") == PersonReason.nobody_fits else ""
    alone = state.facts.opted_out and state.last("opt_in") is None
    unasked = words(state, "no_reminders") if alone else ""
    return about_it(state, "\n".join(filter(None, (visit_words(state, outcome), faster, unasked))))


def visit_words(state: State, outcome: Mapping[str, Any]) -> str:
    moment = when(state.facts, datetime.fromisoformat(outcome["start"]))
    if outcome.get("status") == "booked":
        return state.facts.say("booked", when=moment, professional=isolate(outcome["professional"]))
    if "stays_at" in outcome:
        stays = when(state.facts, datetime.fromisoformat(outcome["stays_at"]))
        return state.facts.say("asked_move", when=moment, stays=stays)
    if "asks_at" in outcome:
        asked_when = when(state.facts, datetime.fromisoformat(outcome["asks_at"]))
        return state.facts.say("asked_later", when=moment, asked_when=asked_when)
    return state.facts.say("asked_professional", when=moment)


def going_on(state: State, text: str) -> str:
    """The words about one request, and the next question of the one that is still being told, where they ask none."""
    facts = state.facts
    begun, picked = facts.begun, facts.picked
    called = (state.outcome("hand_over") or {}).get("reason") in PERSON_CALLED
    if begun is None or picked is None or not picked.lead_ids or begun.lead_id in picked.lead_ids:
        return text
    missing = begun.missing(facts.playbook)
    if called or "?" in text or not missing or state.heard.danger or "opt_out" in state.heard.intents:
        return text
    name = say_trade(begun.trade, facts.language) if begun.trade else facts.say("request_untold")
    return f"{text}\n{facts.say('about_visit', visit=name)} {ask_field(facts, missing[0])}"


def cancelled_words(state: State, outcome: Mapping[str, Any], code: str) -> str:
    """That it is cancelled; of several requests which one was."""
    named, facts = outcome.get("visits"), state.facts
    if not named:
        return words(state, code)
    gone = facts.picked.lead_ids if facts.picked is not None else ()
    untimed = all(one.starts_at is None for one in facts.choices if one.lead_id in gone)
    left = [one for one in facts.choices if untimed and one.promised and one.lead_id not in gone]
    stays = facts.say("stays_of", visits="; ".join(names_of(left, facts))) if left else ""
    return "\n".join(filter(None, (facts.say("cancelled_of", visits="; ".join(named)), stays)))


def about_it(state: State, main: str) -> str:
    """The words below the name of the visit that is moved, where there are several requests."""
    return "\n".join(filter(None, (about_which(state.facts), main)))


def ask_cancel(state: State) -> str:
    """Whether to cancel the slot that stands; until the answer it does."""
    standing = state.facts.standing
    return state.facts.say("cancel_ask", when=when(state.facts, standing.starts_at)) if standing else ""


def ask_new_time(state: State) -> str:
    """To when the visit should be moved; until that is settled, it stands."""
    return about_it(state, "\n".join(filter(None, (words(state, "new_time"), stands_meanwhile(state)))))


def time_words(state: State) -> str:
    """That people know of the time that does not suit, or that suits after all."""
    standing = state.facts.standing
    if state.heard.suits:
        return words(state, "time_suits_told")
    if standing is None or not standing.refused or not state.heard.refuses_visit:
        return ""
    return state.facts.say("time_refused_told", professional=isolate(standing.professional))


def noted_words(facts: Facts) -> str:
    """What becomes of what was said for whoever comes."""
    noted = facts.noted
    if noted is None:
        return ""
    told = facts.say(f"note_{noted.how}", professional=isolate(noted.professional))
    return "\n".join(filter(None, (about_which(facts, "tell"), told)))


def place_words(state: State) -> str:
    """What becomes of an address that was put right while somebody is asked or expected."""
    if state.place_unclear:
        address = ", ".join(filter(None, (state.facts.known.address, state.facts.known.locality)))
        return state.facts.say("place_unclear", address=isolate(address))
    return words(state, "place_with_team") if called_for(state, PersonReason.place_changed) else ""


def passed_words(state: State) -> str:
    """That what was said to a visit that stands has gone to people."""
    return words(state, "passed_to_team") if called_for(state, PersonReason.customer_wrote) else ""


def called_for(state: State, reason: PersonReason) -> bool:
    return (state.outcome("hand_over") or {}).get("reason") == reason


def not_our_trade(state: State, trade: str | None) -> str:
    name = say_trade(trade, state.facts.language) if trade else ""
    return state.facts.say("not_our_trade", trade=name, business=isolate(state.facts.business))


def stands_meanwhile(state: State) -> str:
    """That the promised visit stands until another time is approved."""
    standing = state.facts.standing
    if standing is None or state.is_new_request or standing.in_question:
        return ""
    stays = standing.starts_at if standing.status == "confirmed" else standing.stays_at
    return state.facts.say("stands_meanwhile", when=when(state.facts, stays)) if stays is not None else ""
