"""What an award run says to each signup, and what it did to the counters."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from models.rules.awarding.ledger import Held, Ledger
from models.rules.awarding.standbys import StandbyList
from models.rules.orders.rotations import Rotations
from models.rules.reasons import Figures, Reason
from models.rules.time.spans import overlap
from models.rules.time.windows import minute_of
from models.rules.verdict import Verdict

CounterName = Literal["hours", "rotation", "turns", "points", "refused_hours", "offered_hours", "owed"]
SignupOutcome = Literal["awarded", "standby", "not_awarded", "ineligible"]


@dataclass(frozen=True, slots=True)
class SignupVerdict:
    """What became of a signup, and the one reason for it. `place` is the place among the standbys, from 1."""

    officer_id: int
    opening_id: int
    outcome: SignupOutcome
    reason: Reason
    figures: Figures
    round: str | None = None
    place: int | None = None


@dataclass(frozen=True, slots=True)
class CounterChange:
    """A counter that the run moved: hours in minutes, `rotation` in places as they are stored."""

    officer_id: int
    pool: str
    name: CounterName
    before: int | None
    after: int


def signup_verdicts(ledger: Ledger, standbys: Sequence[StandbyList]) -> tuple[SignupVerdict, ...]:
    """A verdict for every signup, openings in the stated order and officers by id; then for who was ordered in."""
    places = {
        (officer_id, each.opening_id): place
        for each in standbys
        for place, officer_id in enumerate(each.officer_ids, start=1)
    }
    signups = sorted(ledger.facts.signups, key=lambda each: (ledger.place_of[each.opening_id], each.officer_id))
    verdicts = [_verdict(ledger, (each.officer_id, each.opening_id), places) for each in signups]
    return (*verdicts, *(_verdict(ledger, key, places) for key in ledger.ordered if key not in ledger.signups))


def _verdict(ledger: Ledger, key: tuple[int, int], places: dict[tuple[int, int], int]) -> SignupVerdict:
    held = next((each for each in ledger.held.get(key[0], ()) if each.opening_id == key[1]), None)
    if held is not None:
        ordered = ledger.ordered.get(key)
        if ordered is not None:
            return SignupVerdict(
                *key, "awarded", ordered.reason or Reason.ORDERED_IN, ordered.figures, round=held.round_name
            )
        figures: Figures = {"round": held.round_name, "number": held.slot.number}
        return SignupVerdict(*key, "awarded", Reason.AWARDED, figures, round=held.round_name)
    if key in ledger.barred and key not in ledger.notes:
        return _without(key, "ineligible", ledger.barred[key])
    if key not in ledger.notes:
        return _in_no_round(ledger, key)
    why = _overlapping(ledger, *key) or ledger.reason(*key)
    place = places.get(key)
    return _without(key, "not_awarded" if place is None else "standby", why, place)


def _in_no_round(ledger: Ledger, key: tuple[int, int]) -> SignupVerdict:
    """No round took the signup up: none is for him, or not at this time."""
    if not any(ledger.is_for(each, *key) for each in ledger.facts.handbook.awarding.signup_rounds):
        return _without(key, "ineligible", Verdict(Reason.NOT_IN_ANY_ROUND, _lacking(ledger, key)))
    if key in ledger.early:
        return _without(key, "not_awarded", ledger.early[key])
    left = minute_of(ledger.openings[key[1]].starts_at) - minute_of(ledger.facts.now)
    return _without(key, "not_awarded", Verdict(Reason.NO_ROUND_NOW, {"left_minutes": left}))


def _lacking(ledger: Ledger, key: tuple[int, int]) -> Figures:
    """The first round that only his tours keep him from, by what they lack; nothing where no round is for him."""
    for each in ledger.facts.handbook.awarding.signup_rounds:
        lack = ledger.lack_for(each, *key)
        if lack is not None:
            return {f"{lack}_round": each.name}
    return {}


def _without(key: tuple[int, int], outcome: SignupOutcome, why: Verdict, place: int | None = None) -> SignupVerdict:
    if why.reason is None:
        raise AssertionError("a signup went without and there is no reason")
    return SignupVerdict(*key, outcome, why.reason, why.figures, place=place)


def _overlapping(ledger: Ledger, officer_id: int, opening_id: int) -> Verdict | None:
    """Where the officer was awarded something at the same time, that is the reason, most of all if he preferred it."""
    span = ledger.spans[opening_id]
    held = [each for each in ledger.held.get(officer_id, ()) if overlap(ledger.spans[each.opening_id], span)]
    preferred = [each for each in held if ledger.prefers(officer_id, each.opening_id, opening_id)]
    if preferred:
        return _told(ledger, preferred[0], Reason.AWARDED_PREFERRED)
    stopped_by_it = ledger.reason(officer_id, opening_id).reason is Reason.OVERLAPS_ASSIGNMENT
    return _told(ledger, held[0], Reason.AWARDED_OVERLAPPING) if held and stopped_by_it else None


def _told(ledger: Ledger, held: Held, reason: Reason) -> Verdict:
    other = ledger.openings[held.opening_id]
    figures: Figures = {"detail": other.detail, "starts_at": other.starts_at, "ends_at": other.ends_at}
    return Verdict(reason, figures)


def counter_changes(ledger: Ledger) -> tuple[CounterChange, ...]:
    """The counters that differ from the facts: hours, rotation, turns, offered hours; each by officer and pool."""
    counters = ledger.facts.counters
    minutes = {(each.officer_id, each.pool): each.minutes for each in counters}
    places = Rotations(counters).places
    changes = _counted("hours", minutes, ledger.minutes)
    changes += [
        CounterChange(*key, "rotation", places.get(key), after)
        for key, after in sorted(ledger.rotations.places.items())
        if after != places.get(key)
    ]
    if ledger.facts.counts_turns:
        changes += _counted("turns", {(each.officer_id, each.pool): each.turns for each in counters}, ledger.turns)
        changes += _counted("points", {(each.officer_id, each.pool): each.points for each in counters}, ledger.points)
        offered = {(each.officer_id, each.pool): each.offered_minutes for each in counters}
        changes += _counted("offered_hours", offered, ledger.offered_minutes)
    owed = {(each.officer_id, each.pool): each.owed for each in counters}
    return (*changes, *_counted("owed", owed, ledger.owed()))


_Counts = dict[tuple[int, str], int]


def _counted(name: CounterName, before: _Counts, after: _Counts) -> list[CounterChange]:
    """The counts that differ; who had none before had 0."""
    return [
        CounterChange(*key, name, before.get(key, 0), count)
        for key, count in sorted(after.items())
        if count != before.get(key, 0)
    ]
