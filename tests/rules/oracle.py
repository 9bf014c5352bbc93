"""
The award from its definition, slowly: every half hour of an officer's time is a block in a set, every subset of what
he wants is tried, and whenever somebody waited in vain the whole round starts over. It shares no code with the rules
and knows the facts only as data. Times must lie on half hours.
"""

import hmac
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import combinations, product
from zoneinfo import ZoneInfo

from models.rules.clauses.hours import Rest
from models.rules.clauses.limits import Limit
from models.rules.clauses.rounds import Round
from models.rules.clauses.weekdays import WeekdayMoment
from models.rules.facts import AwardFacts, CommitmentFacts, OfficerFacts, OpeningFacts, SignupFacts

HALF_HOUR = 1800


@dataclass
class Outcome:
    """Winners by opening in the order of their awards, and the counters afterwards."""

    winners: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    minutes: dict[tuple[int, str], int] = field(default_factory=dict)
    rotations: dict[str, list[int]] = field(default_factory=dict)

    def held_by(self, officer: int) -> set[int]:
        return {opening for opening, winners in self.winners.items() if officer in winners}


def blocks(starts_at: datetime, ends_at: datetime) -> set[int]:
    """The half hours of a stretch, numbered since 1970."""
    return set(range(int(starts_at.timestamp()) // HALF_HOUR, int(ends_at.timestamp()) // HALF_HOUR))


class Oracle:
    def __init__(self, facts: AwardFacts) -> None:
        self.facts = facts
        self.officers = {each.id: each for each in facts.officers}
        self.openings = {each.id: each for each in facts.openings}
        self.blocks = {each.id: blocks(each.starts_at, each.ends_at) for each in facts.openings}
        self.signups = {(each.officer_id, each.opening_id): each for each in facts.signups}
        self.slots = {each.id: sum(slot.opening_id == each.id for slot in facts.slots) for each in facts.openings}
        self.sequence = sorted(self.openings, key=self._stated_order)

    def _stated_order(self, opening: int) -> tuple[datetime, datetime, int]:
        facts = self.openings[opening]
        return facts.starts_at, facts.posted_at, facts.id

    # What may be held together

    def may_hold(self, officer: int, held: Iterable[int], lifts: Collection[str] = ()) -> bool:
        """Whether the officer may hold all these openings together, where rules of these names do not hold."""
        held = set(held)
        return all(self._may_stand(self.officers[officer], self.openings[each]) for each in held) and self._has_time(
            officer, held, lifts
        )

    def _may_stand(self, officer: OfficerFacts, opening: OpeningFacts) -> bool:
        ranks = self.facts.handbook.ranks
        rank_fits = not opening.ranks or any(ranks.index(officer.rank) <= ranks.index(each) for each in opening.ranks)
        zone = ZoneInfo(self.facts.zone)
        days = {
            datetime.fromtimestamp(block * HALF_HOUR, zone).date()
            for block in blocks(opening.starts_at, opening.ends_at)
        }
        valid = {
            each.name for each in officer.qualifications if each.expires_on is None or each.expires_on >= max(days)
        }
        return officer.status == "active" and rank_fits and set(opening.qualifications) <= valid

    def _has_time(self, officer: int, held: set[int], lifts: Collection[str]) -> bool:
        details = [self.blocks[each] for each in held]
        details += [
            blocks(each.starts_at, each.ends_at) for each in self.facts.commitments if each.officer_id == officer
        ]
        tours = [
            blocks(each.starts_at, each.ends_at)
            for each in self.facts.tours
            if each.officer_id == officer and each.kind != "leave"
        ]
        leave = [
            blocks(each.starts_at, each.ends_at)
            for each in self.facts.tours
            if each.officer_id == officer and each.kind == "leave"
        ]
        new = [self.blocks[each] for each in held]
        disjoint = all(not one & other for one, other in combinations(details, 2)) and all(
            not one & other for one in new for other in tours + leave
        )
        rests = [each for each in self.facts.handbook.rest if each.name not in lifts]
        limits = [each for each in self.facts.handbook.limits if each.name not in lifts]
        return disjoint and self._rested(rests, new, details, tours) and self._within(limits, new, details, tours)

    def _rested(self, rests: list[Rest], new: list[set[int]], details: list[set[int]], tours: list[set[int]]) -> bool:
        for clause in rests:
            for mine in new:
                others = [("details", each) for each in details if each is not mine] + [
                    ("tours", each) for each in tours
                ]
                for kind, other in others:
                    gap_after, gap_before = min(mine) - max(other) - 1, min(other) - max(mine) - 1
                    least = clause.least_minutes // 30
                    if 0 <= gap_after < least and kind in clause.after and "details" in clause.before:
                        return False
                    if 0 <= gap_before < least and "details" in clause.after and kind in clause.before:
                        return False
        return True

    def _within(self, limits: list[Limit], new: list[set[int]], details: list[set[int]], tours: list[set[int]]) -> bool:
        for limit in limits:
            counted: set[int] = set()
            for kind, spans in (("details", details), ("tours", tours)):
                if kind in limit.counts:
                    counted |= set().union(*spans)
            if limit.kind == "rolling":
                windows = self._rolling(counted | set().union(*new), limit.window_minutes // 30)
            else:
                windows = self._calendar(new, limit)
            touched = [window for window in windows if any(window & each for each in new)]
            if any(len(window & counted) * 30 > limit.most_minutes for window in touched):
                return False
        return True

    @staticmethod
    def _rolling(around: set[int], length: int) -> Iterator[set[int]]:
        if around:
            for first in range(min(around) - length, max(around) + 1):
                yield set(range(first, first + length))

    def _calendar(self, new: list[set[int]], limit: object) -> Iterator[set[int]]:
        """Windows as the blocks, of a wide stretch round the details, whose local dates fall in the same period."""
        touched = set().union(*new)
        if touched:
            periods: dict[object, set[int]] = defaultdict(set)
            for block in range(min(touched) - 48 * 32, max(touched) + 48 * 32):
                local = datetime.fromtimestamp(block * HALF_HOUR, ZoneInfo(self.facts.zone)).date()
                periods[_period(local, limit)].add(block)
            yield from periods.values()

    # Who comes before whom

    def in_round(self, each_round: Round, officer: int, opening: int) -> bool:
        """Whether a round is for the officer and the opening, and it is its time."""
        return (
            self.is_for(each_round, officer, opening)
            and self.is_time(each_round, opening)
            and self._entered(each_round, officer, opening)
        )

    def _entered(self, each_round: Round, officer: int, opening: int) -> bool:
        """Whether he signed up no earlier than his minute, counting all whom the round is for and who may work."""
        if each_round.entry_minutes_apart is None or each_round.kind == "order_in":
            return True
        members = [
            each.id
            for each in self.facts.officers
            if each.status == "active" and self.is_for(each_round, each.id, opening)
        ]
        before = self.ranked(each_round, members, opening)
        starts_at = self.openings[opening].starts_at
        begins = [self.openings[opening].posted_at]
        if each_round.from_hours_before is not None:
            begins.append(starts_at - timedelta(hours=each_round.from_hours_before))
        if each_round.from_days_before is not None:
            zone = ZoneInfo(self.facts.zone)
            day = starts_at.astimezone(zone).date() - timedelta(days=each_round.from_days_before)
            begins.append(datetime.combine(day, each_round.from_at, zone).astimezone(UTC))
        if each_round.from_on is not None:
            zone = ZoneInfo(self.facts.zone)
            begins.append(_weekday(each_round.from_on, starts_at.astimezone(zone)).replace(tzinfo=zone).astimezone(UTC))
        place = before.index(officer) if officer in before else 0
        opens_at = max(begins) + timedelta(minutes=each_round.entry_minutes_apart * place)
        return self.signups[officer, opening].signed_up_at >= opens_at

    def is_time(self, each_round: Round, opening: int) -> bool:
        starts_at, now = self.openings[opening].starts_at, self.facts.now
        left = (starts_at.astimezone(UTC) - now.astimezone(UTC)) / timedelta(hours=1)
        wall, start = now.astimezone(ZoneInfo(self.facts.zone)), starts_at.astimezone(ZoneInfo(self.facts.zone))
        here = (-(start.date() - wall.date()).days, wall.time())
        first, last = each_round.from_hours_before, each_round.until_hours_before
        from_days, until_days = each_round.from_days_before, each_round.until_days_before
        wall = wall.replace(tzinfo=None)
        if each_round.from_on is not None and wall < _weekday(each_round.from_on, start):
            return False
        if each_round.until_on is not None and wall >= _weekday(each_round.until_on, start):
            return False
        return (
            (first is None or left <= first)
            and (last is None or left > last)
            and (from_days is None or here >= (-from_days, each_round.from_at))
            and (until_days is None or here < (-until_days, each_round.until_at))
        )

    def is_for(self, each_round: Round, officer: int, opening: int) -> bool:
        who, facts = each_round.who, self.officers[officer]
        zone = ZoneInfo(self.facts.zone)
        last_block = max(self.blocks[opening])
        last_day = datetime.fromtimestamp(last_block * HALF_HOUR, zone).date()
        valid = {each.name for each in facts.qualifications if (each.expires_on or last_day) >= last_day}
        tests = []
        if who.units:
            tests.append(facts.unit in who.units)
        if who.ranks:
            tests.append(facts.rank in who.ranks)
        if who.own_unit:
            tests.append(facts.unit is not None and facts.unit == self.openings[opening].unit)
        if who.job_classes:
            tests.append(facts.job_class in who.job_classes)
        if who.statuses:
            tests.append(facts.status in who.statuses)
        if who.qualifications:
            tests.append(set(who.qualifications) <= valid)
        if who.any_qualification:
            tests.append(bool(set(who.any_qualification) & valid))
        return not tests or (any(tests) if who.match == "any" else all(tests))

    def ranked(
        self, each_round: Round, officers: Iterable[int], opening: int | None = None, outcome: Outcome | None = None
    ) -> list[int]:
        """Officers as the round ranks them; for an opening and with counters where its order goes by them."""
        outcome = outcome or Outcome()
        left, ranked = set(officers), []
        for ranks, keys in [*((each.ranks, each.order) for each in each_round.order_by_rank), (None, each_round.order)]:
            group = sorted(each for each in left if ranks is None or self.officers[each].rank in ranks)
            left.difference_update(group)
            for key in reversed(keys):
                group.sort(
                    key=lambda each, name=key.key: self._value(name, each, opening, outcome),
                    reverse=key.direction == "down",
                )
            ranked += group
        return ranked

    def _value(self, name: str, officer: int, opening: int | None, outcome: Outcome) -> float:
        if name in {"seniority", "date_in_rank", "rank", "job_class", "name", "badge", "lottery"}:
            return self._value_of_officer(name, self.officers[officer])
        if name in {"own_unit", "preference", "first_come"}:
            return self._value_of_signup(name, officer, opening)
        pools = {each.pool for each in self.facts.openings}
        pool = self.openings[opening].pool if opening is not None else pools.pop() if len(pools) == 1 else ""
        counted = [each for each in self.facts.counters if each.officer_id == officer and each.pool == pool]
        if name == "points":
            return -sum(each.points for each in counted)
        if name == "fewest_turns":
            since = sum(officer in won for at, won in outcome.winners.items() if self.openings[at].pool == pool)
            return sum(each.turns for each in counted) + since
        if name == "rotation":
            rotation = outcome.rotations.get(pool, [])
            return rotation.index(officer) if officer in rotation else len(rotation)
        return outcome.minutes.get((officer, pool), 0)

    def _value_of_officer(self, name: str, facts: OfficerFacts) -> float:
        ranks, classes = self.facts.handbook.ranks, self.facts.handbook.job_classes
        if name == "lottery":
            drawn = hmac.new(b"%d" % self.facts.seed, facts.badge.encode(), "sha256").hexdigest()
            return int(drawn[:16], 16) % 10**9
        values = {
            "seniority": (facts.seniority_on - date(1900, 1, 1)).days,
            "date_in_rank": ((facts.rank_on or facts.seniority_on) - date(1900, 1, 1)).days,
            "rank": ranks.index(facts.rank),
            "job_class": classes.index(facts.job_class) if facts.job_class in classes else 99,
            "name": facts.name_place,
            "badge": int(facts.badge),
        }
        return values[name]

    def _value_of_signup(self, name: str, officer: int, opening: int | None) -> float:
        if opening is None:
            return 0
        if name == "own_unit":
            unit = self.openings[opening].unit
            return 0 if unit and unit == self.officers[officer].unit else 1
        signup = self.signups.get((officer, opening))
        if name == "first_come":
            return float("inf") if signup is None else signup.signed_up_at.timestamp()
        # Who is ordered in without having signed up is, by preference, like who gave it no number.
        return 99 if signup is None else signup.preference or 99

    def wish(self, officer: int, opening: int) -> tuple[bool, int, datetime, int]:
        signup: SignupFacts = self.signups[officer, opening]
        place = self.sequence.index(opening)
        return signup.preference is None, signup.preference or 0, signup.signed_up_at, place

    def prefers(self, officer: int, one: int, other: int) -> bool:
        return self.wish(officer, one) < self.wish(officer, other)

    # The award

    def award(self) -> Outcome:
        outcome = Outcome(
            minutes={(each.officer_id, each.pool): each.minutes for each in self.facts.counters},
            rotations=self._rotations(),
        )
        for each_round in self.facts.handbook.awarding.rounds:
            keys = [*each_round.order, *(key for each in each_round.order_by_rank for key in each.order)]
            if each_round.kind == "order_in":
                self._order_in(each_round, outcome)
            elif {key.key for key in keys} & {"rotation", "fewest_hours", "fewest_turns"}:
                outcome = self._changing(each_round, outcome)
            else:
                self._static(each_round, outcome)
        return outcome

    def _rotations(self) -> dict[str, list[int]]:
        rotations: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for each in self.facts.counters:
            if each.place is not None:
                rotations[each.pool].append((each.place, each.officer_id))
        return {pool: [officer for _, officer in sorted(places)] for pool, places in rotations.items()}

    def _give(self, each_round: Round, outcome: Outcome, officer: int, opening: int) -> None:
        pool = self.openings[opening].pool
        outcome.winners[opening].append(officer)
        outcome.minutes[officer, pool] = outcome.minutes.get((officer, pool), 0) + 30 * len(self.blocks[opening])
        rank = self.officers[officer].rank
        own = next((each.order for each in each_round.order_by_rank if rank in each.ranks), each_round.order)
        if "rotation" in {key.key for key in own}:
            rotation = outcome.rotations.setdefault(pool, [])
            if officer in rotation:
                rotation.remove(officer)
            rotation.append(officer)

    def fits_cap(self, each_round: Round, officer: int, here: Iterable[int], before: Iterable[int] = ()) -> bool:
        """Whether the round allows the officer these openings beside those he had of this run before it."""
        sums: dict[object, list[float]] = defaultdict(list)
        touched = {self._cap_period(each_round, self.openings[each]) for each in here}
        for each in (*here, *(before if each_round.at_most.period != "run" else ())):
            sums[self._cap_period(each_round, self.openings[each])].append(len(self.blocks[each]) / 2)
        for held in self.facts.commitments if each_round.at_most.period != "run" else ():
            if held.officer_id == officer:
                hours = len(blocks(held.starts_at, held.ends_at)) / 2
                sums[self._cap_period(each_round, held)].append(hours)
        most = each_round.at_most
        return all(
            (most.details is None or len(sums[each]) <= most.details)
            and (most.hours is None or sum(sums[each]) <= most.hours)
            for each in touched
        )

    def _cap_period(self, each_round: Round, held: OpeningFacts | CommitmentFacts) -> object:
        local = held.starts_at.astimezone(ZoneInfo(self.facts.zone))
        most = each_round.at_most
        return None if most.period == "run" else (held.pool, _period(local.date(), most))

    def _order_in(self, each_round: Round, outcome: Outcome) -> None:
        """Whoever may, signed up or not, one after the other into what is left, openings in the stated order."""
        here: dict[int, set[int]] = defaultdict(set)
        for opening in self.sequence:
            for officer in self.ranked(each_round, self.officers, opening, outcome):
                before = outcome.held_by(officer)
                if (
                    len(outcome.winners[opening]) < self.slots[opening]
                    and opening not in before
                    and self.in_round(each_round, officer, opening)
                    and not self._is_spared(each_round, officer, opening)
                    and self.may_hold(officer, {*before, opening}, each_round.lifts)
                    and self.fits_cap(each_round, officer, [*here[officer], opening], before - here[officer])
                ):
                    self._give(each_round, outcome, officer, opening)
                    here[officer].add(opening)

    def _is_spared(self, each_round: Round, officer: int, opening: int) -> bool:
        days = self._days(self.blocks[opening])
        touching = {
            "leave" if each.kind == "leave" else "tour"
            for each in self.facts.tours
            if each.officer_id == officer and self._days(blocks(each.starts_at, each.ends_at)) & days
        }
        return ("leave_days" in each_round.spares and "leave" in touching) or (
            "days_off" in each_round.spares and "tour" not in touching
        )

    def _days(self, of: set[int]) -> set[date]:
        return {datetime.fromtimestamp(each * HALF_HOUR, ZoneInfo(self.facts.zone)).date() for each in of}

    def _static(self, each_round: Round, outcome: Outcome) -> None:
        """Each officer in turn gets the subset of what is left that is best by his own order, wish by wish."""
        for officer in self.ranked(each_round, self.officers):
            before = outcome.held_by(officer)
            wanted = sorted(
                (
                    opening
                    for who, opening in self.signups
                    if who == officer
                    and opening not in before
                    and self.in_round(each_round, officer, opening)
                    and len(outcome.winners[opening]) < self.slots[opening]
                ),
                key=lambda opening: self.wish(officer, opening),
            )
            for opening in max(
                self._subsets(each_round, officer, before, wanted),
                key=lambda chosen: [each in chosen for each in wanted],
            ):
                self._give(each_round, outcome, officer, opening)

    def _subsets(
        self, each_round: Round, officer: int, before: set[int], wanted: list[int]
    ) -> Iterator[tuple[int, ...]]:
        for size in range(len(wanted) + 1):
            for chosen in combinations(wanted, size):
                if self.fits_cap(each_round, officer, chosen, before) and self.may_hold(
                    officer, {*before, *chosen}, each_round.lifts
                ):
                    yield chosen

    def _changing(self, each_round: Round, start: Outcome) -> Outcome:
        bound: set[tuple[int, int]] = set()
        while True:
            outcome, in_vain = self._attempt(each_round, start, bound)
            if in_vain is None:
                return outcome
            bound.add(in_vain)

    def _attempt(
        self, each_round: Round, start: Outcome, bound: set[tuple[int, int]]
    ) -> tuple[Outcome, tuple[int, int] | None]:
        """One pass. Stops at the first point where it is clear that somebody waits in vain, and says who and where."""
        outcome = Outcome(
            defaultdict(list, {each: list(winners) for each, winners in start.winners.items()}),
            dict(start.minutes),
            {pool: list(rotation) for pool, rotation in start.rotations.items()},
        )
        waiting: list[tuple[int, int, list[int]]] = []
        for index, opening in enumerate(self.sequence):
            already = list(start.winners.get(opening, []))
            candidates = [
                officer
                for officer, wanted in self.signups
                if wanted == opening
                and officer not in already
                and self.in_round(each_round, officer, opening)
                and self.may_hold(officer, {opening}, each_round.lifts)
            ]
            ranked = self.ranked(each_round, candidates, opening, outcome)
            winners: list[int] = []
            for officer in ranked:
                if len(already) + len(winners) == self.slots[opening]:
                    break
                now = outcome.held_by(officer)
                here = {each for each in now if officer not in start.winners.get(each, [])}
                if not self.fits_cap(each_round, officer, [*here, opening], now - here) or not self.may_hold(
                    officer, {*now, opening}, each_round.lifts
                ):
                    continue
                hopes = self._hopes(each_round, officer, opening, start)
                if hopes and (officer, opening) not in bound:
                    waiting.append((opening, officer, hopes))
                else:
                    winners.append(officer)
            for officer in winners:
                self._give(each_round, outcome, officer, opening)
            for at in reversed(self.sequence[: index + 1]):
                for where, officer, hopes in waiting:
                    ends = self._known_at(each_round, officer, where, start) == index
                    if where == at and ends and not any(officer in outcome.winners[hope] for hope in hopes):
                        return outcome, (officer, where)
        return outcome, None

    # Orders that differ by slot

    def envies(self, each_round: Round, winners: dict[int, list[int]]) -> set[tuple[int, int, int | None]]:
        """
        Officer, opening and the lowest holder (None: a free slot) wherever an officer could take the opening beside
        what he prefers to it, and a slot of it is free or held by somebody ranked below him. One round only.
        """
        found: set[tuple[int, int, int | None]] = set()
        for officer, opening in self.signups:
            holders = winners.get(opening, [])
            if officer in holders or not self.in_round(each_round, officer, opening) or not self.slots[opening]:
                continue
            ranked = self.ranked(each_round, {officer, *holders}, opening)
            is_free = len(holders) < self.slots[opening]
            if (is_free or ranked[-1] != officer) and self._could_take(each_round, officer, opening, winners):
                found.add((officer, opening, None if is_free else ranked[-1]))
        return found

    def _could_take(self, each_round: Round, officer: int, opening: int, winners: dict[int, list[int]]) -> bool:
        held = [each for each in winners if officer in winners[each]]
        kept = [each for each in held if self.prefers(officer, each, opening)]
        return self.fits_cap(each_round, officer, [*kept, opening]) and self.may_hold(
            officer, {*kept, opening}, each_round.lifts
        )

    def best_without_envy(self, each_round: Round) -> dict[int, int | None]:
        """
        Where each officer may hold one opening at most: of all awards without envy the one in which everybody has
        what he wants most of what any of them gives him. Tries every award there is.
        """
        choices = {officer: self._choices(each_round, officer) for officer in self.officers}
        orders = {opening: self._order_of(each_round, opening) for opening in self.openings}
        good = [
            award
            for chosen in product(*choices.values())
            for award in (dict(zip(choices, chosen, strict=True)),)
            if self._is_without_envy(award, choices, orders)
        ]
        return {
            officer: min((award[officer] for award in good), key=wanted.index) for officer, wanted in choices.items()
        }

    def _choices(self, each_round: Round, officer: int) -> list[int | None]:
        """The openings the officer may hold, most wanted first; nothing comes last."""
        may_hold = [
            opening
            for who, opening in self.signups
            if who == officer
            and self.in_round(each_round, officer, opening)
            and self.may_hold(officer, {opening}, each_round.lifts)
            and self.fits_cap(each_round, officer, [opening])
        ]
        return [*sorted(may_hold, key=lambda opening: self.wish(officer, opening)), None]

    def _order_of(self, each_round: Round, opening: int) -> list[int]:
        return self.ranked(each_round, [who for who, wanted in self.signups if wanted == opening], opening)

    def _is_without_envy(
        self, award: dict[int, int | None], choices: dict[int, list[int | None]], orders: dict[int, list[int]]
    ) -> bool:
        holders = {opening: [who for who, has in award.items() if has == opening] for opening in self.openings}
        if any(len(who) > self.slots[opening] for opening, who in holders.items()):
            return False
        return not any(
            len(holders[wanted]) < self.slots[wanted]
            or any(orders[wanted].index(other) > orders[wanted].index(officer) for other in holders[wanted])
            for officer, has in award.items()
            for wanted in choices[officer][: choices[officer].index(has)]
            if wanted is not None and self.slots[wanted]
        )

    def _hopes(self, each_round: Round, officer: int, opening: int, start: Outcome) -> list[int]:
        return [
            later
            for later in self.sequence[self.sequence.index(opening) + 1 :]
            if (officer, later) in self.signups
            and officer not in start.winners.get(later, [])
            and self.in_round(each_round, officer, later)
            and self.may_hold(officer, {later}, each_round.lifts)
            and len(start.winners.get(later, [])) < self.slots[later]
            and self.blocks[later] & self.blocks[opening]
            and self.prefers(officer, later, opening)
        ]

    def _known_at(self, each_round: Round, officer: int, opening: int, start: Outcome) -> int:
        hopes = self._hopes(each_round, officer, opening, start)
        known = [self._known_at(each_round, officer, each, start) for each in hopes]
        return max([self.sequence.index(each) for each in (opening, *hopes)] + known)


def _period(local: date, limit: object) -> object:
    period = getattr(limit, "period", "")
    if period == "day":
        return local
    if period == "month":
        return local.year, local.month
    if period == "28_days":
        return (local - getattr(limit, "anchor_on", local)).days // 28
    first = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday").index(
        getattr(limit, "week_starts", "")
    )
    while local.weekday() != first:
        local -= timedelta(days=1)
    return local


def _weekday(moment: WeekdayMoment, start: datetime) -> datetime:
    """Day by day back to the beginning of the week, week by week, then on to the weekday."""
    names = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    day = start.date()
    while names[day.weekday()] != moment.week_starts:
        day -= timedelta(days=1)
    for _ in range(moment.weeks_before):
        day -= timedelta(days=7)
    while names[day.weekday()] != moment.day:
        day += timedelta(days=1)
    return datetime.combine(day, moment.at)
