"""
What would be held and counted by now under other rules, kept beside what was: the books of a rehearsal.

Between two awards the record's own movements are read off its counters and made here too; periods begin anew on each
side by its own rules.
"""

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from models.rules.awarding.award import AwardedSlot, AwardResult
from models.rules.clauses.periods import Reset
from models.rules.facts import AwardFacts, CommitmentFacts, CounterFacts, OfficerFacts, OpeningFacts
from models.rules.handbook import Handbook
from models.rules.orders.order import natural
from models.rules.orders.turning import NONE, Counts, turned
from models.rules.replaying.preview import FIELD_OF
from models.rules.time.periods import period_start

NUMBERS = ("minutes", "turns", "points", "refused_minutes", "offered_minutes", "owed")
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


class Books:
    """
    What would be held and counted by now, kept beside what was. Between two awards the record's own movements are
    read off its counters and made here too.
    """

    def __init__(self) -> None:
        self.recorded: dict[_Key, CounterFacts] = {}
        self.counters: dict[_Key, CounterFacts] = {}
        self.given_then: dict[_Holding, OpeningFacts] = {}
        self.given_now: dict[int, dict[int, OpeningFacts]] = defaultdict(dict)
        self.pools_then: dict[_Holding, str] = {}
        self.pools_now: dict[_Holding, str] = {}
        self.left: dict[_Key, int] = {}
        self.ended: list[tuple[datetime, int, int, int]] = []
        self.officers: dict[int, OfficerFacts] = {}
        self.looked_at: dict[str, date] = {}

    def facts(self, past: PastAward, handbook: Handbook) -> AwardFacts:
        """The award's facts as they would be under the other rules."""
        self.officers.update((each.id, each) for each in past.facts.officers)
        self._turn_periods(past.facts, handbook)
        self._catch_up(past.facts)
        keys = dict.fromkeys((each.officer_id, each.pool) for each in past.facts.counters)
        keys |= dict.fromkeys(key for key in self._counted_apart(past.facts, handbook) if key in self.counters)
        return replace(
            past.facts,
            handbook=handbook,
            counters=tuple(self.counters[key] for key in keys),
            commitments=tuple(self._commitments(past.facts)),
        )

    def _counted_apart(self, facts: AwardFacts, handbook: Handbook) -> Iterator[_Key]:
        """The counters that rounds of the tried rules go by, whether the record knows of such a pool or not."""
        for pool in sorted(handbook.awarding.counters):
            yield from ((each.id, pool) for each in facts.officers)

    def keep(self, past: PastAward, result: AwardResult, tried: Handbook) -> None:
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
            self.pools_then[given.officer_id, given.opening_id] = _counts_in(past.facts.handbook, given, openings)
        for one in result.awards:
            self.given_now[one.officer_id][one.opening_id] = openings[one.opening_id]
            self.pools_now[one.officer_id, one.opening_id] = _counts_in(tried, one, openings)
        for ended in past.ended:
            heapq.heappush(self.ended, (ended.ended_at, ended.officer_id, ended.opening_id, ended.kept_minutes))

    def _turn_periods(self, facts: AwardFacts, handbook: Handbook) -> None:
        """Begin anew, on each side by its own rules, what has begun anew since the pool was looked at last."""
        today = facts.now.astimezone(ZoneInfo(facts.zone)).date()
        for pool in sorted({each.pool for each in facts.counters} | handbook.awarding.counters):
            before = self.looked_at.get(pool)
            self.looked_at[pool] = today
            if before is not None:
                then, tried = (rules.pool(pool).reset for rules in (facts.handbook, handbook))
                if _has_turned(then, before, today):
                    _begin_anew(self.recorded, pool, then)
                if _has_turned(tried, before, today):
                    _begin_anew(self.counters, pool, tried)
                    self._sort_anew(pool, tried)

    def _sort_anew(self, pool: str, reset: Reset) -> None:
        """The rotation by seniority. Who has signed up for nothing yet, and so is not known, keeps his order below."""
        placed = [each for key, each in self.counters.items() if key[1] == pool and each.place is not None]
        if reset.rotation == "as_it_stands" or not placed:
            return
        bottom = self._bottom(pool)
        self.left = {key: place for key, place in self.left.items() if key[1] != pool}
        for number, each in enumerate(sorted(placed, key=self._rank_at_turn), start=bottom):
            self._place(each.officer_id, pool, number)

    def _rank_at_turn(self, counter: CounterFacts) -> tuple[bool, date, tuple[tuple[int, int, str], ...], int]:
        officer = self.officers.get(counter.officer_id)
        if officer is None:
            return True, date.max, (), counter.place or 0
        return False, officer.seniority_on, natural(officer.badge), counter.place or 0

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
        """Minutes that the record gave back since, of awards that nobody would have had here, or that count in another
        pool here: there they are given back then.
        """
        returned: Counter[_Key] = Counter()
        while self.ended and self.ended[0][0] <= now:
            _, officer_id, opening_id, kept_minutes = heapq.heappop(self.ended)
            holding = (officer_id, opening_id)
            then, minutes = self.pools_then[holding], self.given_then[holding].minutes - kept_minutes
            now_in = self.pools_now.get(holding) if self.given_now[officer_id].pop(opening_id, None) else None
            if now_in != then:
                returned[officer_id, then] += minutes
            if now_in is not None and now_in != then:
                here = self.counters[officer_id, now_in]
                self.counters[officer_id, now_in] = replace(here, minutes=max(here.minutes - minutes, 0))
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


def _counts_in(handbook: Handbook, given: AwardedSlot, openings: Mapping[int, OpeningFacts]) -> str:
    """The pool in which the award counts."""
    return handbook.awarding.round(given.round).pool_of(openings[given.opening_id].pool)


def _has_turned(reset: Reset, before: date, today: date) -> bool:
    """Whether the pool began a period between two days."""
    return period_start(reset, before) != period_start(reset, today)


def _begin_anew(counters: dict[_Key, CounterFacts], pool: str, reset: Reset) -> None:
    """The counts after the turn. What was given out before it for the new period is taken to be of the old one."""
    keys = sorted(key for key in counters if key[1] == pool)
    before = [
        Counts(one.minutes, one.turns, one.points, one.refused_minutes, one.offered_minutes)
        for one in (counters[key] for key in keys)
    ]
    for key, after in zip(keys, turned(reset, before, [NONE] * len(keys)), strict=True):
        counters[key] = replace(counters[key], **asdict(after))


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
