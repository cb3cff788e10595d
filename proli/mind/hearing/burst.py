"""What code hears in a burst: every finding once, before anybody thinks. The same for a model and the rules agent."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from proli.conversations.models import MessageKind
from proli.knowledge.address import Address, find_address
from proli.knowledge.address_corrections import in_pieces, instead_of, loses_house, put_right, settled_on, told_on
from proli.knowledge.cancelling import Stance, find_stance, only_keeps, wanted_instead
from proli.knowledge.contact_ways import refuses_calls
from proli.knowledge.dangers import find_danger_again
from proli.knowledge.exclusions import NOTHING, Excluded
from proli.knowledge.for_visit import ForVisit
from proli.knowledge.intents import Intent, find_intents
from proli.knowledge.people import find_name
from proli.knowledge.pins import Pin, towns_at, without_links
from proli.knowledge.reading.given_up import with_roles
from proli.knowledge.requests import KINDS, STRONG, WEAK, Request
from proli.knowledge.times import find_recurring
from proli.knowledge.trades import Danger, TradeMatch, find_danger, find_trades
from proli.knowledge.visits import Aim
from proli.knowledge.where import Where, read_where, set_right, without_guess
from proli.knowledge.wishes import TimeWish
from proli.mind.choices import CANCEL
from proli.mind.facts import Facts, Past
from proli.mind.given_up import GivenUp
from proli.mind.hearing.asked_for import (
    AS_ANSWERED,
    BESIDE_BACK,
    as_wished,
    back_in,
    guessed_request,
    intent_after,
    request_in,
)
from proli.mind.hearing.for_visit import hear_for_visit
from proli.mind.hearing.needs import needs_of, shared, told_home
from proli.mind.hearing.of_visit import (
    aim_of,
    heard_before,
    is_moved_instead,
    suits_after_all,
    talk_of_promised,
    wished_with_condition,
)
from proli.mind.hearing.pieces import joined, written_at
from proli.mind.hearing.taken_back import put_right as as_meant
from proli.mind.hearing.times import LATE, Lapsed, hear_time
from proli.mind.hearing.urgency import only_priced, urgency_of


@dataclass(frozen=True, slots=True)
class Heard:
    intents: frozenset[Intent]
    request: Request | None
    intent: str | None
    """What the conversation is about, now that this was said."""
    danger: Danger | None
    trades: tuple[TradeMatch, ...]
    where: Where
    address: Address | None
    wish: TimeWish | None
    chosen: datetime | None
    """The offered time that the customer chose, in UTC."""
    name: str | None
    urgency: str | None
    needs: Mapping[str, Any]
    """What is wanted beyond the common fields, by the names a lead stores it under."""
    before: Past | None
    """The earlier request that this one should be like."""
    places_before: frozenset[str]
    wordless: MessageKind | None
    """The kind of the last message when the whole burst has no words."""
    lapsed: Lapsed | None = None
    """A time that was over when we came to read it: whether it is still wanted, and when, has to be asked."""

    card: bool = False
    """The burst holds somebody's card."""
    stance: Stance | None = None
    """Whether what was asked for is given up, kept, or bounded in some way."""
    in_writing: bool = False
    """They ask not to be called by phone."""
    of_visit: Aim | None = None
    """What is said of the visit that stands or is asked for; None where there is none."""
    sooner: bool = False
    """The visit that stands should be sooner, whenever that is."""
    suits: bool = False
    """That the time of the visit does not suit them is taken back."""
    refuses_visit: bool = False
    """Its time does not suit them, whatever other time they wish for."""
    excluded: Excluded = NOTHING
    """The times that will not do."""
    back: tuple[GivenUp, ...] = ()
    """What they have cancelled and want after all."""
    for_visit: tuple[ForVisit, ...] = ()
    """What is said for whoever comes, a note of each message."""

    @property
    def trade(self) -> TradeMatch | None:
        return self.trades[0] if self.trades else None

    @property
    def as_before(self) -> bool:
        return self.before is not None

    @property
    def other_time(self) -> bool:
        """Whether another hour than the one that was is wanted, and not which."""
        return "reschedule" in self.intents or (self.request is not None and self.request.kind == "reschedule")

    @property
    def may_cancel(self) -> bool:
        """Whether giving up is spoken of, but not so that it may be done."""
        return self.request is not None and self.request.kind == "cancel" and not self.request.certain

    @property
    def possible_intents(self) -> frozenset[str]:
        return KINDS

    @property
    def cities(self) -> tuple[str, ...]:
        """The names of the places that the request may be about; several have to be asked about."""
        if self.where.candidates:
            return tuple(place.name for place in self.where.candidates)
        return (self.where.city.name,) if self.where.city else ()

    @property
    def said_something(self) -> bool:
        """Whether anything was understood that carries the request on."""
        return self.asks_something or bool(self.intents or self.card or self.in_writing or self.stance)

    @property
    def asks_something(self) -> bool:
        """Whether anything is asked for, or told of a job: thanks and greetings are neither."""
        return self.names_job or bool(self.needs.keys() - {"other_phones"}) or self.request is not None

    @property
    def names_job(self) -> bool:
        """Whether what is to be done is told, or where, when or for whom."""
        told = (self.trades, self.cities, self.address, self.wish, self.chosen, self.lapsed, self.name, self.before)
        return any(told)


def hear_address(facts: Facts, text: str, *, timed: bool) -> Address | None:
    """The address told in the burst, or the one that is known as the burst completes it or puts it right."""
    pieced, known = in_pieces(text), facts.known.address_parts
    found = told_on(pieced, known=known) or settled_on(pieced)
    found = found or find_address(pieced, asked=facts.asked == "address")
    if facts.standing is not None and found is not None and loses_house(found, known):
        found = None
    return found or put_right(pieced, known=known, address=facts.known.address, asked=facts.asked, timed=timed)


def hear_where(facts: Facts, text: str, *, asked: str | None, pin: Pin | None) -> Where:
    """The places of the burst; with none in words, the town of the point that was shared."""
    homes = facts.playbook.subject == "home"
    where = read_where(text, asked=asked, homes=homes, role=facts.known.needs.get("role"))
    where = set_right(where, text, known=facts.known.locality)
    where = where if asked == "city" else without_guess(where, text, known=facts.known.locality)
    if pin is None or where.city or where.candidates:
        return where
    towns = towns_at(pin)
    return replace(where, city=towns[0] if len(towns) == 1 else None, candidates=towns[1:] and towns)


def hear(facts: Facts) -> Heard:
    """All that can be found in the burst, of which no more is read than a person can have said."""
    facts = as_meant(facts.as_said())
    text = joined([without_links(said.words) for said in facts.said])
    asked, homes = facts.asked if facts.asked != CANCEL else None, facts.playbook.subject == "home"
    goals = facts.playbook.goals.values()
    intents = find_intents(text) if facts.opted_out else find_intents(text) - {"opt_in"}
    trades = () if facts.playbook.trade else find_trades(text)
    back = back_in(facts, text, trades)
    other = wanted_instead(text) if facts.standing is not None else None
    timely = as_wished(facts, back) if other is None else only_said(facts, other)
    time = hear_time(timely, text if other is None else other, homes=homes)
    plain, standing = with_roles(text, facts.people), facts.standing is not None or bool(facts.choices)
    stance = find_stance(plain, standing=standing)
    instead = is_moved_instead(facts, time.talk) or other is not None
    forbidden = stance == "forbids" and facts.standing is not None and not instead
    wish, chosen, lapsed = (None, None, None) if forbidden else (time.wish, time.chosen, time.lapsed)
    timed, known = wish is not None or chosen is not None, facts.known.address_parts
    meant = instead_of(in_pieces(text), known=known, asked=asked, timed=timed)
    if meant is not None:
        wish, chosen, lapsed = None, None, None
    danger = find_danger(text) or told_again(facts, text)
    pin = next((said.pin for said in reversed(facts.said) if said.pin), None)
    where = hear_where(facts, text, asked=asked, pin=pin)
    address = meant or hear_address(facts, text, timed=timed)
    needs = needs_of(facts, text, where, trades, find_recurring(text)) | shared(facts, pin)
    request = request_in(facts, plain, role=needs.get("role"), back=bool(back), instead=instead)
    back = back if request is None or request.kind in BESIDE_BACK else ()
    kept = standing and not timed and (facts.asked == CANCEL or stance == "keeps") and only_keeps(text)
    if (kept or "no" in intents) and not timed and (before := wished_with_condition(facts)) is not None:
        request, wish, chosen, kept = Request("reschedule", STRONG), before.wish, before.chosen, False
    keeps = kept or (suits_after_all(facts, text) and chosen is None)
    if keeps:
        request, wish, lapsed = None, None, None
    answered = facts.picked.wanted if facts.picked is not None and facts.picked.answered else None
    if answered is not None:  # what names the request that is meant wishes for nothing; what was said before may
        request, before = AS_ANSWERED.get(answered, request), heard_before(facts, homes=homes)
        wish, chosen, lapsed = before.wish, before.chosen, before.lapsed
        time = replace(time, talk=before.talk or time.talk)
    if "opt_out" in intents and request is not None and request.strength < STRONG:
        request = request if all(request.kind not in goal.intents for goal in goals) else None
    if "opt_in" in intents and request is not None and request.strength == WEAK and not trades:
        request = None
    if request is None and any((address, wish, chosen, lapsed, told_home(needs))):
        request = guessed_request(facts, chosen=chosen is not None)
    urgency = urgency_of(text, trades, danger, request)
    of_visit = aim_of(facts, time.talk, trades, told=forbidden or meant is not None, keeps=keeps)
    request, for_visit = hear_for_visit(facts, request, of_visit)
    return Heard(
        intents=intents,
        request=request,
        intent=intent_after(facts.intent, request, role=needs.get("role") or facts.known.needs.get("role")),
        danger=None if only_priced(request, danger) else danger,
        trades=trades,
        where=where,
        address=address,
        wish=wish,
        chosen=chosen,
        name=find_name(text, asked=asked == "name"),
        urgency=urgency,
        needs=needs,
        before=earlier_meant(facts, intents, request),
        places_before=frozenset(past.locality for past in facts.past if past.locality),
        wordless=facts.said[-1].kind if facts.said and not text.strip() else None,
        card=any(said.kind == MessageKind.contact for said in facts.said),
        of_visit=of_visit,
        sooner=of_visit == "moves" and time.talk is not None and time.talk.sooner,
        for_visit=for_visit,
        suits=keeps and not kept,
        excluded=time.excluded,
        back=back,
        refuses_visit=any(talk is not None and talk.refused for talk in (time.talk, talk_of_promised(facts, text))),
        lapsed=lapsed or hurry_is_over(facts, wish, urgency, text),
        stance="keeps" if back or kept else stance,
        in_writing=refuses_calls(text),
    )


def only_said(facts: Facts, words: str) -> Facts:
    """The facts as if this were all that was said."""
    return replace(facts, said=(replace(facts.said[-1], text=words),))


def told_again(facts: Facts, text: str) -> Danger | None:
    """The danger that people were called for and that the burst names again."""
    return find_danger_again(text, facts.known.description) if facts.known.attention else None


def unheard(facts: Facts) -> Heard:
    """Nothing was found: the turn goes on as after words that mean nothing to us."""
    return Heard(
        intents=frozenset(),
        request=None,
        intent=facts.intent,
        danger=None,
        trades=(),
        where=Where(),
        address=None,
        wish=None,
        chosen=None,
        name=None,
        urgency=None,
        needs={},
        before=None,
        places_before=frozenset(past.locality for past in facts.past if past.locality),
        wordless=None,
    )


def hurry_is_over(facts: Facts, wish: TimeWish | None, urgency: str | None, text: str) -> Lapsed | None:
    """An emergency of hours ago that names no time is not one of now."""
    at = written_at(facts)
    over = urgency == "emergency" and wish is None and facts.known.wish is None and facts.now - at > LATE
    return Lapsed(text.strip()[:200], at) if over else None


def earlier_meant(facts: Facts, intents: frozenset[Intent], request: Request | None) -> Past | None:
    """The earlier request that is spoken of: "like last time", or a complaint when nothing else is open."""
    complains = request is not None and request.kind == "complaint" and facts.known.lead_id is None
    return facts.past[0] if facts.past and ("same_as_before" in intents or complains) else None
