"""
Past awards made again under other rules: who would gain, who would lose, and why. Pure, and nobody is told.

Each award is made again from the facts it was made on, with the officers who signed up then. What the other rules would
have changed before is carried on: who would hold what by then, and how the counters would stand. Whatever else
happened in between (offers taken, hours given back, bars) happens again as it did, and who would have been awarded
what he was not is taken to have worked it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from models.rules.awarding.award import AwardResult, award
from models.rules.awarding.outcomes import SignupVerdict
from models.rules.facts import AwardFacts, OpeningFacts
from models.rules.handbook import Handbook
from models.rules.replaying.books import Books, Ended, PastAward

_Holding = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Change:
    """
    An opening that other officers would have been awarded. `lost` are verdicts on those who would go without, `gained`
    what those who would get it were told then.
    """

    award_id: int
    opening: OpeningFacts
    then: tuple[int, ...]
    now: tuple[int, ...]
    lost: tuple[SignupVerdict, ...]
    gained: tuple[SignupVerdict, ...]


@dataclass(slots=True)
class Side:
    """One of the two sides that are compared: what is awarded to whom, and what stops whom how often."""

    awards: Counter[int] = field(default_factory=Counter)
    minutes: Counter[int] = field(default_factory=Counter)
    filled: Counter[str] = field(default_factory=Counter)
    stopped: Counter[str] = field(default_factory=Counter)

    def add(self, facts: AwardFacts, result: AwardResult) -> None:
        """Count one award."""
        openings = {each.id: each for each in facts.openings}
        for each in result.awards:
            about = openings[each.opening_id]
            self.awards[each.officer_id] += 1
            self.minutes[each.officer_id] += about.minutes
            self.filled[month_of(about)] += 1
        self.stopped.update(str(each.reason) for each in result.verdicts if each.outcome == "ineligible")


@dataclass(slots=True)
class Comparison:
    """Both sides over all awards. `officers` are everybody who could have been awarded something: badges by id."""

    then: Side = field(default_factory=Side)
    now: Side = field(default_factory=Side)
    slots: Counter[str] = field(default_factory=Counter)
    officers: dict[int, str] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    awards: int = 0


__all__ = ["Change", "Comparison", "Ended", "PastAward", "Side", "rehearse"]


def rehearse(past: Iterable[PastAward], handbook: Handbook) -> Comparison:
    """Make these awards again, the earliest first, under `handbook`, and compare."""
    found, books = Comparison(), Books()
    for each in past:
        facts = books.facts(each, handbook)
        result = award(facts)
        books.keep(each, result, handbook)
        _compare(found, each, result)
    return found


def month_of(opening: OpeningFacts) -> str:
    """The month in which a detail starts, as `2026-11`."""
    return f"{opening.starts_at:%Y-%m}"


def _compare(found: Comparison, past: PastAward, result: AwardResult) -> None:
    found.awards += 1
    found.then.add(past.facts, past.result)
    found.now.add(past.facts, result)
    found.officers.update((each.id, each.badge) for each in past.facts.officers)
    openings = {each.id: each for each in past.facts.openings}
    found.slots.update(month_of(openings[slot.opening_id]) for slot in past.facts.slots)
    found.changes.extend(_changes(past, result, openings))


def _changes(past: PastAward, result: AwardResult, openings: Mapping[int, OpeningFacts]) -> Iterator[Change]:
    before, after = _winners(past.result), _winners(result)
    told_then, told_now = _verdicts(past.result), _verdicts(result)
    for opening_id, about in sorted(openings.items(), key=lambda each: (each[1].starts_at, each[0])):
        then, now = before[opening_id], after[opening_id]
        if set(then) != set(now):
            lost = (told_now.get((each, opening_id)) for each in then if each not in now)
            gained = (told_then.get((each, opening_id)) for each in now if each not in then)
            yield Change(
                past.id, about, tuple(then), tuple(now), tuple(filter(None, lost)), tuple(filter(None, gained))
            )


def _winners(result: AwardResult) -> dict[int, list[int]]:
    winners: dict[int, list[int]] = defaultdict(list)
    for each in result.awards:
        winners[each.opening_id].append(each.officer_id)
    return winners


def _verdicts(result: AwardResult) -> dict[_Holding, SignupVerdict]:
    return {(each.officer_id, each.opening_id): each for each in result.verdicts}
