"""
Past awards made again under other rules: who would gain, who would lose, and why. Pure, and nobody is told.

Each award is made again from the facts it was made on, with the officers who signed up then. What the other rules would
have changed before is carried on: who would hold what by then, and how the counters would stand. Whatever else
happened in between (offers taken, hours given back, bars) happens again as it did, and who would have been awarded
what he was not is taken to have worked it.
"""

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from models.rules.award import AwardResult, award
from models.rules.facts import AwardFacts, CommitmentFacts, CounterFacts, OpeningFacts
from models.rules.handbook import Handbook
from models.rules.outcomes import SignupVerdict
from models.rules.preview import FIELD_OF

NUMBERS = ("minutes", "turns", "points", "refused_minutes", "offered_minutes")
"""The counters that add up; a place in a rotation does not."""

_Key = tuple[int, str]
_Holding = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Ended:
    """What became of an award: it came to nothing or was given back at `ended_at`; so many minutes stayed counted."""

    officer_id: int
    opening_id: int
    ended_at: datetime
    kept_minutes: int


@dataclass(frozen=True, slots=True)
class PastAward:
    """An award as it is on record: its facts, what it decided, and which of that ended before it was worked."""

    id: int
    facts: AwardFacts
    result: AwardResult
    ended: tuple[Ended, ...] = ()


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


def rehearse(past: Iterable[PastAward], handbook: Handbook) -> Comparison:
    """Make these awards again, the earliest first, under `handbook`, and compare."""
    found, books = Comparison(), _Books()
    for each in past:
        facts = books.facts(each, handbook)
        result = award(facts)
        books.keep(each, result)
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


class _Books:
    """
    What would be held and counted by now, kept beside what was. Between two awards the record's own movements are
    read off its counters and made here too.
    """

    def __init__(self) -> None:
        self.recorded: dict[_Key, CounterFacts] = {}
        self.counters: dict[_Key, CounterFacts] = {}
        self.given_then: dict[_Holding, OpeningFacts] = {}
        self.given_now: dict[int, dict[int, OpeningFacts]] = defaultdict(dict)
        self.left: dict[_Key, int] = {}
        self.ended: list[tuple[datetime, int, int, int]] = []

    def facts(self, past: PastAward, handbook: Handbook) -> AwardFacts:
        """The award's facts as they would be under the other rules."""
        self._catch_up(past.facts)
        keys = [(each.officer_id, each.pool) for each in past.facts.counters]
        return replace(
            past.facts,
            handbook=handbook,
            counters=tuple(self.counters[key] for key in keys),
            commitments=tuple(self._commitments(past.facts)),
        )

    def keep(self, past: PastAward, result: AwardResult) -> None:
        """Both awards are made: theirs on record, ours here."""
        openings = {each.id: each for each in past.facts.openings}
        self.left.update(
            ((each.officer_id, each.pool), each.before)
            for each in result.counters
            if each.name == "rotation" and each.before is not None
        )
        _move(self.recorded, past.result)
        _move(self.counters, result)
        for given in past.result.awards:
            self.given_then[given.officer_id, given.opening_id] = openings[given.opening_id]
        for one in result.awards:
            self.given_now[one.officer_id][one.opening_id] = openings[one.opening_id]
        for ended in past.ended:
            heapq.heappush(self.ended, (ended.ended_at, ended.officer_id, ended.opening_id, ended.kept_minutes))

    def _catch_up(self, facts: AwardFacts) -> None:
        returned = self._returned_for_nothing(facts.now)
        moved: list[tuple[CounterFacts, CounterFacts]] = []
        for at in facts.counters:
            key = (at.officer_id, at.pool)
            was = self.recorded.get(key)
            if was is None:
                self.counters[key] = at
            else:
                self.counters[key] = _moved_alike(self.counters[key], was, at, returned.get(key, 0))
                moved.append((was, at))
            self.recorded[key] = at
        for pool in sorted({at.pool for _, at in moved}):
            self._move_places([(was, at) for was, at in moved if at.pool == pool], pool)

    def _returned_for_nothing(self, now: datetime) -> Counter[_Key]:
        """Minutes that the record gave back since, of awards that nobody would have had here."""
        returned: Counter[_Key] = Counter()
        while self.ended and self.ended[0][0] <= now:
            _, officer_id, opening_id, kept_minutes = heapq.heappop(self.ended)
            about = self.given_then[officer_id, opening_id]
            if self.given_now[officer_id].pop(opening_id, None) is None:
                returned[officer_id, about.pool] += about.minutes - kept_minutes
        return returned

    def _move_places(self, moved: list[tuple[CounterFacts, CounterFacts]], pool: str) -> None:
        """Who went to the bottom on record goes there here; who got his place back gets back the one he left."""
        down = [at for was, at in moved if at.place is not None and (was.place is None or at.place > was.place)]
        for at in sorted(down, key=lambda each: each.place or 0):
            self._place(at.officer_id, pool, self._bottom(pool))
        for was, at in moved:
            key = (at.officer_id, pool)
            if was.place is not None and at.place is not None and at.place < was.place and key in self.left:
                self._place(at.officer_id, pool, self.left.pop(key))

    def _bottom(self, pool: str) -> int:
        return 1 + max((each.place or 0 for key, each in self.counters.items() if key[1] == pool), default=0)

    def _place(self, officer_id: int, pool: str, place: int) -> None:
        self.counters[officer_id, pool] = replace(self.counters[officer_id, pool], place=place)

    def _commitments(self, facts: AwardFacts) -> Iterator[CommitmentFacts]:
        """What was held then, without what nobody would have had, and with what they would have had instead."""
        for each in facts.commitments:
            holding = (each.officer_id, each.opening_id or 0)
            if holding not in self.given_then or holding[1] in self.given_now.get(holding[0], ()):
                yield each
        for officer in facts.officers:
            for opening_id, about in self.given_now.get(officer.id, {}).items():
                if (officer.id, opening_id) not in self.given_then:
                    yield CommitmentFacts(
                        officer.id, about.starts_at, about.ends_at, opening_id, about.detail, pool=about.pool
                    )


def _moved_alike(here: CounterFacts, was: CounterFacts, at: CounterFacts, returned: int) -> CounterFacts:
    """A counter moved as the record moved since, except for what was returned for nothing. Never below nothing."""
    since = {name: getattr(at, name) - getattr(was, name) for name in NUMBERS}
    since["minutes"] += returned
    if not any(since.values()):
        return here
    moved: dict[str, Any] = {name: max(getattr(here, name) + more, 0) for name, more in since.items()}
    return replace(here, **moved)


def _move(counters: dict[_Key, CounterFacts], result: AwardResult) -> None:
    for change in result.counters:
        key = (change.officer_id, change.pool)
        moved: dict[str, Any] = {FIELD_OF[change.name]: change.after}
        counters[key] = replace(counters.get(key, CounterFacts(*key)), **moved)
