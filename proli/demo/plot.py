"""What becomes of a request, told from its first word to its last."""

from datetime import datetime, timedelta

from proli.accounts.actor import Actor
from proli.conversations.models import Author, Owner
from proli.conversations.reasons import PersonReason
from proli.demo.booking import Chosen, ask_professionals, book_at_once, choose, show_times, take
from proli.demo.life import Outcome, Visit
from proli.demo.office import STAFF
from proli.demo.stories import Scene, bank_of, scenes
from proli.demo.teller import Teller
from proli.demo.visits import after_the_visit, confirm, remind
from proli.demo.wishes import wishes
from proli.leads.models import LeadStatus
from proli.playbooks.words import say_times
from proli.scheduling.models import BookingStatus
from proli.scheduling.rules import Interval

LONGEST = 12
SOON = timedelta(minutes=100)
DAYTIME = range(8, 21)
ALONE = frozenset((PersonReason.complaint, PersonReason.danger))
"""Reasons with which a conversation begins."""
STALE = timedelta(days=2)
HUMAN = 0.05
"""The share of booked requests in which a person of the business says something."""
BOOKED = {Outcome.done, Outcome.called_off, Outcome.no_show, Outcome.booked, Outcome.offered}


def tell(teller: Teller, *, reason: PersonReason | None) -> None:
    """The whole of it; `reason` is why a person is needed, of those that are still being talked about."""
    outcome = teller.life.outcome
    if outcome in BOOKED and not tell_visit(teller):
        outcome = Outcome.contacted if outcome in {Outcome.booked, Outcome.offered} else Outcome.cancelled
    match outcome:
        case Outcome.new:
            teller.opening = True
            teller.play(a_scene(teller, "openings"))
        case Outcome.cancelled:
            tell_cancelled(teller)
        case Outcome.contacted:
            tell_contacted(teller, reason)
        case _:
            pass
    teller.finish()


def a_scene(teller: Teller, name: str) -> Scene:
    """The next scene of that name; none comes again before all have been."""
    deck = teller.decks.setdefault((name, teller.life.person.speaks), [])
    if not deck:
        deck += scenes(name, teller.life.person.speaks, teller.office.playbook.id)
        teller.rng.shuffle(deck)
    return deck.pop()


def end(teller: Teller, name: str) -> None:
    """The scene with which it ends, as far as the thread has room for it."""
    teller.play(a_scene(teller, name)[: max(2, room(teller))])
    teller.flush(Author.ai)


def room(teller: Teller) -> int:
    """How many messages the thread may still have."""
    return LONGEST - len(teller.life.messages) - bool(teller.reply)


# Requests that come to nothing, or have not yet


def tell_cancelled(teller: Teller) -> None:
    teller.play(teller.story.lines)
    teller.answer("{ask_time}")
    end(teller, "cancel")


def tell_contacted(teller: Teller, reason: PersonReason | None) -> None:
    if reason is PersonReason.nobody_left:
        tell_nobody_left(teller)
    elif reason is not None:
        tell_called(teller, reason)
    else:
        tell_unfinished(teller)


def tell_unfinished(teller: Teller) -> None:
    """The customer has stopped answering: at once, when asked for a time, or with times to choose from."""
    chance = teller.rng.random()
    lines = teller.story.lines
    if chance < 0.3:
        first = next(place for place, line in enumerate(lines) if "a" in line)
        teller.play(lines[: first + 1])
    else:
        teller.play(lines)
        chosen = choose(teller, teller.diary, between=any_time(teller)) if chance < 0.65 else None
        if chosen is not None:
            show_times(teller, chosen, directly=False)
        else:
            teller.answer("{ask_time}")
    if chance > 0.9 and len(teller.life.messages) >= 3:
        return
    teller.play(a_scene(teller, "open"))


def tell_called(teller: Teller, reason: PersonReason) -> None:
    """A person is needed, and nobody has looked yet."""
    first = next(wishes(teller.rng, teller.life.person.speaks, local=local(teller), first=local(teller).date()))
    teller.wish, teller.reason = first.said, reason
    teller.opening = reason in ALONE
    if not teller.opening:
        teller.play(teller.story.lines)
    if reason in {PersonReason.callback, PersonReason.nobody_fits, PersonReason.stuck}:
        teller.answer("{ask_time}")
    teller.play(a_scene(teller, reason))


def tell_nobody_left(teller: Teller) -> None:
    """Everybody who was asked has declined, and the customer hears which other times there are."""
    chosen = choose(teller, teller.diary, between=any_time(teller))
    if chosen is None:
        tell_unfinished(teller)
        return
    teller.play(teller.story.lines)
    arrange(teller, chosen_directly=False, chosen=chosen)
    ask_professionals(teller, teller.diary, chosen, refusals=None, leave_open=False)
    tell_nobody(teller, chosen)


def tell_nobody(teller: Teller, chosen: Chosen) -> None:
    """The hour cannot be had, and others are offered."""
    at, life, office = life_at(teller), teller.life, teller.office
    other = teller.diary.times(life.trade, life.person.home.locality, within=ahead_of(at), now=at)
    free = say_times([time.start for time in other], now=at, zone=office.zone, language=life.person.answered_in)
    more = office.say("nobody_left_times", life.person.answered_in, times=free) if other else nobody(teller)
    when = office.when(chosen.slot.start, life.person.answered_in, at=at)
    text = office.say("nobody_left", life.person.answered_in, when=when, times=more)
    life.asked, life.shown = "time", [time.start for time in other]
    teller.notice(text, life.visits[-1], "nobody", at=at + timedelta(seconds=2))


def nobody(teller: Teller) -> str:
    return teller.office.say("nobody_left_none", teller.life.person.answered_in)


def life_at(teller: Teller) -> datetime:
    """When the last thing was written down."""
    return max(entry.at for entry in teller.life.entries)


def ahead_of(at: datetime) -> Interval:
    return Interval(at, at + timedelta(days=7))


def any_time(teller: Teller) -> Interval:
    return Interval(teller.at, teller.at + timedelta(days=10))


def local(teller: Teller) -> datetime:
    return teller.at.astimezone(teller.office.zone)


# Requests that come to a visit


def between(teller: Teller) -> Interval | None:
    """When the visit has to be, for the request to come to what it comes to."""
    now, at = teller.office.now, teller.at
    match teller.life.outcome:
        case Outcome.booked:
            first, last = max(now + timedelta(minutes=40), at), now + timedelta(days=10)
        case Outcome.offered:
            first, last = now + SOON, now + timedelta(days=4)
        case Outcome.called_off:
            first, last = at + timedelta(hours=5), now + timedelta(days=5)
        case _:
            first, last = at, now - SOON
    return Interval(first, last) if first < last else None


def tell_visit(teller: Teller) -> bool:
    """The request comes to a visit; False, and nothing is told, when there is no time that fits."""
    limits = between(teller)
    chosen = choose(teller, teller.diary, between=limits) if limits else None
    if chosen is None:
        return False
    briefly = len(teller.story.lines) > 3 and teller.life.outcome in {Outcome.called_off, Outcome.no_show}
    directly = chosen.wish is not None and (briefly or teller.rng.random() < 0.3)
    teller.play(teller.story.lines)
    arrange(teller, chosen_directly=directly, chosen=chosen)
    if not teller.office.playbook.approval:
        visit = book_at_once(teller, teller.diary, chosen)
        teller.flush(Author.ai)
    else:
        refusals = 0 if teller.hurry else teller.rng.choices((0, 1, 2), (80, 16, 4))[0]
        leave_open = teller.life.outcome is Outcome.offered
        visit = ask_professionals(teller, teller.diary, chosen, refusals=refusals, leave_open=leave_open)
    if visit is not None:
        tell_kept(teller, visit)
    elif teller.life.outcome is not Outcome.offered:
        let_be(teller, chosen)
    return True


def let_be(teller: Teller, chosen: Chosen) -> None:
    """Nobody was left in the end; the customer hears so, and where the request is over, lets it be."""
    tell_nobody(teller, chosen)
    if teller.life.outcome is not Outcome.booked:
        end(teller, "cancel")
        teller.life.attention = None


def arrange(teller: Teller, *, chosen: Chosen, chosen_directly: bool) -> None:
    show_times(teller, chosen, directly=chosen_directly)
    if not chosen_directly:
        take(teller, chosen)


def tell_kept(teller: Teller, visit: Visit) -> None:
    """What happens after the visit was promised."""
    confirm(teller, visit)
    outcome = teller.life.outcome
    missed = outcome is Outcome.no_show
    human = teller.rng.random() < HUMAN and teller.life.person.speaks == "he" and not (teller.hurry or missed)
    if outcome is Outcome.called_off:
        call_off(teller, visit)
        return
    if human:
        step_in(teller)
    elif teller.rng.random() < 0.5 and room(teller) >= (6 if missed else 4):
        teller.hear(teller.phrase("thanks"))
        teller.answer(teller.phrase("welcome"))
        teller.flush(Author.ai)
    remind(teller, visit, room=room(teller) - 3)
    if missed:
        miss(teller, visit)
    elif outcome is Outcome.done:
        after_the_visit(teller, visit, room=room(teller), praise=praise(teller))


def praise(teller: Teller) -> str:
    speaks = teller.life.person.speaks
    own = bank_of(teller.life.trade).praise if speaks == "he" else None
    return teller.rng.choice(own) if own else teller.phrase("praise")


def step_in(teller: Teller) -> None:
    """The customer asks something that a person answers; of older threads the agent has the word again."""
    scene = a_scene(teller, "human")
    if len(scene) > room(teller) - 1:
        return
    teller.play(scene)
    if teller.office.now - teller.at > STALE:
        teller.life.owner, teller.life.owner_since = Owner.ai, teller.at + timedelta(hours=1)


def call_off(teller: Teller, visit: Visit) -> None:
    """The customer cancels, by day and in good time; what is too late for that stays booked."""
    first, last = teller.at + timedelta(minutes=6), min(visit.slot.start, teller.office.now) - timedelta(minutes=40)
    if last <= first:
        return
    for _ in range(12):
        moment = first + teller.rng.random() * (last - first)
        if moment.astimezone(teller.office.zone).hour in DAYTIME:
            teller.at = moment
            break
    end(teller, "call_off")


def miss(teller: Teller, visit: Visit) -> None:
    """Nobody was at home, and the office has written."""
    teller.at = max(teller.at, visit.slot.start + timedelta(minutes=25))
    teller.play(a_scene(teller, "no_show")[: max(1, room(teller))])
    visit.status, visit.actor, visit.ended_at = BookingStatus.no_show, Actor.staff(STAFF), teller.at
    teller.life.move(LeadStatus.cancelled, actor=Actor.staff(STAFF), at=teller.at)
