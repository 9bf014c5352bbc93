"""The state of an award run: what is free, who holds what since when, and the counters as they move."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from models.rules.awarding.tiers import Lack, is_in_round, lack_for
from models.rules.charging.charging import Circumstances, cost, credited_minutes, notice_minutes, points_of_award
from models.rules.clauses.outcomes import REACHED
from models.rules.clauses.pools import Pool
from models.rules.clauses.rounds import Round
from models.rules.eligibility import Eligibility
from models.rules.facts import (
    AwardFacts,
    CommitmentFacts,
    CounterFacts,
    OpeningFacts,
    SignupFacts,
    SlotFacts,
)
from models.rules.orders.order import Standing
from models.rules.orders.rotations import Rotations
from models.rules.reasons import Reason
from models.rules.time.round_times import is_open
from models.rules.time.spans import Span, of_opening
from models.rules.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Held:
    """A slot that this run gave to an officer, with his standing at that moment."""

    officer_id: int
    opening_id: int
    slot: SlotFacts
    round_name: str
    standing: Standing


class Ledger:
    """Facts, indexed, and the awards of the rounds so far."""

    def __init__(self, facts: AwardFacts) -> None:
        self.facts = facts
        self.eligibility = Eligibility(facts)
        self.officers = {officer.id: officer for officer in sorted(facts.officers, key=lambda each: each.id)}
        self.openings = {opening.id: opening for opening in sorted(facts.openings, key=in_order)}
        self.of_detail: dict[int | None, list[int]] = defaultdict(list)
        for opening in self.openings.values():
            self.of_detail[opening.detail_id].append(opening.id)
        self.place_of = {opening_id: place for place, opening_id in enumerate(self.openings)}
        self.last_days = {opening.id: self.eligibility.last_day(opening) for opening in self.openings.values()}
        self.spans = {opening.id: of_opening(opening) for opening in self.openings.values()}
        self.free: dict[int, list[SlotFacts]] = {opening_id: [] for opening_id in self.openings}
        for slot in sorted(facts.slots, key=lambda each: (each.number, each.id)):
            self.free[slot.opening_id].append(slot)
        self.signups = {(each.officer_id, each.opening_id): each for each in facts.signups}
        self.preferences = _preferences(facts.signups, self.place_of)
        self.interested: dict[int, list[int]] = {opening_id: [] for opening_id in self.openings}
        for officer_id, wanted in self.preferences.items():
            for opening_id in wanted:
                self.interested[opening_id].append(officer_id)
        self.commitments: dict[int, list[CommitmentFacts]] = defaultdict(list)
        for each in facts.commitments:
            self.commitments[each.officer_id].append(each)
        self.pools = sorted({opening.pool for opening in self.openings.values()})
        self.minutes = {(each.officer_id, each.pool): each.minutes for each in facts.counters}
        self.pool_clauses = {name: facts.handbook.pool(name) for name in _pools_named(facts)}
        self.counted = {
            (each.officer_id, each.pool): _counted(self.pool_clauses[each.pool], each) for each in facts.counters
        }
        self.turns = {(each.officer_id, each.pool): each.turns for each in facts.counters}
        self.points = {(each.officer_id, each.pool): each.points for each in facts.counters}
        self.offered_minutes = {(each.officer_id, each.pool): each.offered_minutes for each in facts.counters}
        self.contacted: dict[tuple[int, int | None], datetime] = {}
        for asked in sorted(facts.contacts, key=lambda each: each.contacted_at):
            if asked.outcome in REACHED:
                self.contacted[asked.officer_id, asked.opening_id] = asked.contacted_at
        self.early: dict[tuple[int, int], Verdict] = {}
        self.ordered: dict[tuple[int, int], Verdict] = {}
        self.rotations = Rotations(facts.counters, facts.handbook.circles)
        self.passed: list[tuple[int, str]] = []
        self.notes: dict[tuple[int, int], Verdict] = {}
        self.own_reasons: dict[tuple[int, int], Verdict] = {}
        self.awards: list[Held] = []
        self.held: dict[int, list[Held]] = defaultdict(list)
        self.winners: dict[int, list[Held]] = defaultdict(list)
        self.barred = self.barred_by(self.eligibility)

    def barred_by(self, judge: Eligibility) -> dict[tuple[int, int], Verdict]:
        """Signups that no award of this run could make good."""
        verdicts = (((each.officer_id, each.opening_id), self._judge_one(judge, each)) for each in self.facts.signups)
        return {signup: verdict for signup, verdict in verdicts if not verdict.is_eligible}

    def _judge_one(self, judge: Eligibility, signup: SignupFacts) -> Verdict:
        opening = self.openings[signup.opening_id]
        if opening.closes_at is not None and signup.signed_up_at > opening.closes_at:
            return Verdict(
                Reason.SIGNED_UP_AFTER_CLOSE,
                {"signed_up_at": signup.signed_up_at, "closes_at": opening.closes_at},
            )
        return judge.verdict(self.officers[signup.officer_id], opening)

    def keep_own_reason(self, officer_id: int, opening_id: int, round_name: str) -> None:
        """
        Before a later round finds the slots gone, which went in the round of that name: what kept him from them
        until then. A round that was for him did not come before any for him.
        """
        key = (officer_id, opening_id)
        rounds = [each for each in self.facts.handbook.awarding.signup_rounds if each.name == round_name]
        was_for_him = any(self.is_for(each, officer_id, opening_id) for each in rounds)
        known = self.notes.get(key) or (self.barred.get(key) if was_for_him else None)
        if known is not None:
            self.own_reasons.setdefault(key, known)

    def reason(self, officer_id: int, opening_id: int) -> Verdict:
        """Why a signup that some round took up went without."""
        key = (officer_id, opening_id)
        return self.own_reasons.get(key) or self.notes[key]

    def standing(self, officer_id: int, opening_id: int, each_round: Round) -> Standing:
        """What the officer's order goes by for an opening, with the counters of the round's pool as they are now."""
        opening = self.openings[opening_id]
        pool = each_round.pool_of(opening.pool)
        return self._standing_in(officer_id, pool, opening, self.signups.get((officer_id, opening_id)))

    def standing_in_general(self, officer_id: int, each_round: Round) -> Standing:
        """The same where no opening is meant: counters only where the round counts all openings in one pool."""
        pools = {each_round.pool_of(pool) for pool in self.pools}
        if len(pools) == 1:
            return self._standing_in(officer_id, pools.pop())
        return Standing(self.officers[officer_id])

    def _standing_in(
        self, officer_id: int, pool: str, opening: OpeningFacts | None = None, signup: SignupFacts | None = None
    ) -> Standing:
        counter = (officer_id, pool)
        return Standing(
            self.officers[officer_id],
            self.counted.get(counter, 0),
            self.rotations.position(officer_id, pool),
            opening,
            signup,
            turns=self.turns.get(counter, 0),
            points=self.points.get(counter, 0),
            contacted_at=self.contacted.get((officer_id, opening.id)) if opening else None,
        )

    def award(self, each_round: Round, opening_id: int, standing: Standing) -> None:
        """Give the next free slot to the officer who stands there so; his counters move at once."""
        opening, officer_id = self.openings[opening_id], standing.officer.id
        held = Held(officer_id, opening_id, self.free[opening_id].pop(0), each_round.name, standing)
        self.awards.append(held)
        self.held[officer_id].append(held)
        self.winners[opening_id].append(held)
        pool = each_round.pool_of(opening.pool)
        counter = (officer_id, pool)
        self.minutes[counter] = self.minutes.get(counter, 0) + self.credited_minutes(opening, pool)
        self.counted[counter] = self.counted.get(counter, 0) + self.counted_minutes(opening, pool)
        self.offered_minutes[counter] = self.offered_minutes.get(counter, 0) + opening.minutes
        self.turns[counter] = self.turns.get(counter, 0) + 1
        self.points[counter] = self.points.get(counter, 0) + self.points_of(opening, each_round.name)
        if each_round.spends_turns(standing.officer.rank):
            if self.rotations.is_circle(pool) and not each_round.orders:
                self._pass(each_round, opening, officer_id, pool)
            self.rotations.spend(officer_id, pool)

    def _pass(self, each_round: Round, opening: OpeningFacts, officer_id: int, pool: str) -> None:
        """The mark goes by who wanted it and could not take it: if he keeps his turn he is owed a call later."""
        notice = notice_minutes(opening.starts_at, self.facts.now)
        how = Circumstances("award", notice, each_round.name, band=opening.band)
        skipped = cost(self.facts.handbook.outcomes, "skipped", how)
        at = self.rotations.position(officer_id, pool)
        if skipped.turn == "spent" or self.rotations.owed.get((officer_id, pool)):
            return
        for each in self.interested[opening.id]:
            is_before = self.rotations.position(each, pool) < at
            is_owed = bool(self.rotations.owed.get((each, pool))) or (each, pool) in self.passed
            if is_before and not is_owed and (each, opening.id) in self.barred:
                self.passed.append((each, pool))

    def owed(self) -> dict[tuple[int, str], int]:
        """The calls owed after the run: those that awards did not pay back, and those of who was passed."""
        after = dict(self.rotations.owed)
        for key in self.passed:
            if key in self.rotations.places:
                after[key] = after.get(key, 0) + 1
        return after

    def credited_minutes(self, opening: OpeningFacts, pool: str) -> int:
        """What an award of the opening charges in the pool."""
        return credited_minutes(self.pool_clauses[pool].credit, opening.minutes)

    def counted_minutes(self, opening: OpeningFacts, pool: str) -> int:
        """What an award of the opening adds to what the pool's fewest hours goes by."""
        counts = self.pool_clauses[pool].counts
        charged = self.credited_minutes(opening, pool) if "hours" in counts else 0
        return charged + (opening.minutes if "offered" in counts else 0)

    def points_of(self, opening: OpeningFacts, round_name: str) -> int:
        """The points of whoever is awarded the opening, as long as he accepts."""
        notice = notice_minutes(opening.starts_at, self.facts.now)
        return points_of_award(self.facts.handbook.outcomes, notice, round_name, opening.band)

    def is_open(self, each_round: Round, opening_id: int) -> bool:
        """Whether it is the time of a round for this opening."""
        return is_open(each_round, self.openings[opening_id].starts_at, self.facts.now, self.facts.zone)

    def is_for(self, each_round: Round, officer_id: int, opening_id: int) -> bool:
        """Whether a round is for this officer and this opening."""
        return is_in_round(each_round, self.officers[officer_id], self.openings[opening_id], self.eligibility)

    def lack_for(self, each_round: Round, officer_id: int, opening_id: int) -> Lack | None:
        """What of his tours keeps this officer from a round that is for officers like him."""
        return lack_for(each_round, self.officers[officer_id], self.openings[opening_id], self.eligibility)

    def held_in(self, officer_id: int, each_round: Round) -> list[Held]:
        """What a round of this run gave the officer."""
        return [each for each in self.held.get(officer_id, ()) if each.round_name == each_round.name]

    def has(self, officer_id: int, opening_id: int) -> bool:
        """Whether this run gave the officer a slot of the opening."""
        return any(each.opening_id == opening_id for each in self.held.get(officer_id, ()))

    def span_held(self, officer_id: int, opening_id: int) -> Span:
        """The time of an opening that this run gave the officer."""
        span = self.spans[opening_id]
        return span._replace(is_ordered=True) if (officer_id, opening_id) in self.ordered else span

    def prefers(self, officer_id: int, one: int, other: int) -> bool:
        """Whether the officer wants one opening more than another, by his own order; what he must take, least."""
        wanted = self.preferences[officer_id]
        return one in wanted and wanted[one] < wanted[other]


def in_order(opening: OpeningFacts) -> tuple[datetime, datetime, int]:
    """The stated order in which openings are taken where the order changes: start, posted, id."""
    return (opening.starts_at, opening.posted_at, opening.id)


def _pools_named(facts: AwardFacts) -> set[str]:
    by_rounds = {each.counter for each in facts.handbook.awarding.rounds if each.counter}
    return by_rounds | {each.pool for each in facts.openings} | {each.pool for each in facts.counters}


def _counted(pool: Pool, counter: CounterFacts) -> int:
    """The minutes that the pool adds up for `fewest_hours`."""
    minutes = {"hours": counter.minutes, "refused": counter.refused_minutes, "offered": counter.offered_minutes}
    return sum(minutes[name] for name in pool.counts)


def _preferences(signups: Sequence[SignupFacts], place_of: dict[int, int]) -> dict[int, dict[int, int]]:
    """Of each officer the openings he wants, most wanted first, with their place in his order."""
    by_officer: dict[int, list[SignupFacts]] = defaultdict(list)
    for signup in signups:
        by_officer[signup.officer_id].append(signup)
    return {officer_id: _most_wanted_first(by_officer[officer_id], place_of) for officer_id in sorted(by_officer)}


def _most_wanted_first(signups: list[SignupFacts], place_of: dict[int, int]) -> dict[int, int]:
    signups.sort(key=lambda each: _wish(each, place_of))
    return {each.opening_id: place for place, each in enumerate(signups)}


def _wish(signup: SignupFacts, place_of: dict[int, int]) -> tuple[bool, int, datetime, int]:
    unnumbered = signup.preference is None
    return (unnumbered, signup.preference or 0, signup.signed_up_at, place_of[signup.opening_id])
