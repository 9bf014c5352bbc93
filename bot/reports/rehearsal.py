"""What a changed handbook would have done to past months, for a coordinator and a union steward to read."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from bot.dialog.rendering import Voice, render_prompt
from models.rules.awarding.outcomes import SignupVerdict
from models.rules.replaying.rehearsal import Change, Comparison, Side
from models.rules.replaying.spread import Spread, spread


@dataclass(frozen=True, slots=True)
class OfficerLine:
    """An officer's awards and hours on both sides."""

    badge: str
    name: str
    awards_then: int
    awards_now: int
    minutes_then: int
    minutes_now: int

    @property
    def gained_minutes(self) -> int:
        """More than he had, less if below zero."""
        return self.minutes_now - self.minutes_then


@dataclass
class RehearsalReport:
    """A comparison with names for things. `first` and `last` are the days it is over, by the department's clock."""

    department: str
    first: date
    last: date
    comparison: Comparison
    names: Mapping[int, str]
    voice: Voice

    @cached_property
    def officers(self) -> list[OfficerLine]:
        """Everybody, who gains most first."""
        then, now = self.comparison.then, self.comparison.now
        lines = [
            OfficerLine(
                badge, self.names.get(key, ""), then.awards[key], now.awards[key], then.minutes[key], now.minutes[key]
            )
            for key, badge in self.comparison.officers.items()
        ]
        return sorted(lines, key=lambda each: (-each.gained_minutes, each.badge))

    @property
    def gainers(self) -> list[OfficerLine]:
        """Who would have had more hours, the most first."""
        return [each for each in self.officers if each.gained_minutes > 0]

    @property
    def losers(self) -> list[OfficerLine]:
        """Who would have had fewer, the most first."""
        return [each for each in reversed(self.officers) if each.gained_minutes < 0]

    @property
    def spread_then(self) -> Spread:
        """How even the hours were."""
        return spread([each.minutes_then for each in self.officers])

    @property
    def spread_now(self) -> Spread:
        """How even they would have been."""
        return spread([each.minutes_now for each in self.officers])

    @property
    def months(self) -> list[tuple[str, int, int, int]]:
        """For each month: slots, filled then, filled now."""
        found = self.comparison
        return [
            (month, found.slots[month], found.then.filled[month], found.now.filled[month])
            for month in sorted(found.slots)
        ]

    @property
    def slots(self) -> int:
        """Slots that were to be awarded."""
        return self.comparison.slots.total()

    @property
    def stopped(self) -> list[tuple[str, int, int]]:
        """How often each rule stopped a signup, then and now, the greatest difference first."""
        then, now = self.comparison.then.stopped, self.comparison.now.stopped
        lines = [(reason, then[reason], now[reason]) for reason in {*then, *now}]
        return sorted(lines, key=lambda each: (-abs(each[2] - each[1]), each[0]))

    def who(self, officer_id: int) -> str:
        """An officer as the report calls him."""
        badge, name = self.comparison.officers.get(officer_id, "?"), self.names.get(officer_id, "")
        return f"{name} ({badge})" if name else badge

    def when(self, moment: datetime) -> str:
        """A moment on the department's wall."""
        return f"{moment.astimezone(self.voice.zone):%a %Y-%m-%d %H:%M}"

    def sentence(self, verdict: SignupVerdict) -> str:
        """The reason as the officer would have been told it."""
        return render_prompt(f"verdicts.{verdict.reason}", verdict.figures, self.voice)

    def as_json(self) -> dict[str, Any]:
        """All of it for a program; hours in minutes, officers by badge."""
        return {
            "department": self.department,
            "from": self.first.isoformat(),
            "to": self.last.isoformat(),
            "awards": self.comparison.awards,
            "slots": self.slots,
            "filled": {"then": _filled(self.comparison.then), "now": _filled(self.comparison.now)},
            "months": [
                {"month": month, "slots": slots, "then": then, "now": now} for month, slots, then, now in self.months
            ],
            "spread": {"then": asdict(self.spread_then), "now": asdict(self.spread_now)},
            "officers": [{**asdict(each), "gained_minutes": each.gained_minutes} for each in self.officers],
            "stopped": [{"reason": reason, "then": then, "now": now} for reason, then, now in self.stopped],
            "changes": [self._change(each) for each in self.comparison.changes],
        }

    def _change(self, change: Change) -> dict[str, Any]:
        badges = self.comparison.officers
        return {
            "award": change.award_id,
            "opening": change.opening.detail,
            "starts_at": change.opening.starts_at.astimezone(self.voice.zone).isoformat(),
            "ends_at": change.opening.ends_at.astimezone(self.voice.zone).isoformat(),
            "then": [badges[each] for each in change.then],
            "now": [badges[each] for each in change.now],
            "lost": [self._verdict(each) for each in change.lost],
            "gained": [self._verdict(each) for each in change.gained],
        }

    def _verdict(self, verdict: SignupVerdict) -> dict[str, Any]:
        return {
            "officer": self.comparison.officers[verdict.officer_id],
            "outcome": verdict.outcome,
            "reason": str(verdict.reason),
            "sentence": self.sentence(verdict),
        }

    def as_text(self, most_changes: int = 20) -> Iterator[str]:
        """Lines for a terminal."""
        found, then, now = self.comparison, self.spread_then, self.spread_now
        yield f"{self.department}, {self.first} to {self.last}"
        yield f"{found.awards} awards over {self.slots} slots made again. Nobody was told and nothing was written."
        yield ""
        yield f"{'':28}{'as it was':>12}{'under these':>14}"
        for name, was, would in (
            ("slots filled", _of(_filled(found.then), self.slots), _of(_filled(found.now), self.slots)),
            ("Gini of hours (0 is even)", f"{then.gini:.3f}", f"{now.gini:.3f}"),
            ("busiest tenth has", f"{then.top_tenth:.0%}", f"{now.top_tenth:.0%}"),
            ("lower half has", f"{then.lower_half:.0%}", f"{now.lower_half:.0%}"),
            ("officers without hours", str(then.without), str(now.without)),
            ("hours in the middle", hours(then.median_minutes), hours(now.median_minutes)),
            ("most hours", hours(then.most_minutes), hours(now.most_minutes)),
        ):
            yield f"{name:28}{was:>12}{would:>14}"
        yield from self._people("Who gains", self.gainers)
        yield from self._people("Who loses", self.losers)
        yield from self._rules()
        yield from self._changed(most_changes)

    def _people(self, title: str, lines: list[OfficerLine]) -> Iterator[str]:
        yield ""
        yield f"{title}: {len(lines)}"
        for each in lines[:10]:
            change = f"{hours(each.minutes_then)} -> {hours(each.minutes_now)} h"
            yield f"  {each.badge:>8}  {each.name:24} {change:>18}  {each.awards_then} -> {each.awards_now} details"

    def _rules(self) -> Iterator[str]:
        changed = [each for each in self.stopped if each[1] != each[2]]
        yield ""
        yield f"Rules that would have stopped more or fewer signups: {len(changed)}"
        for reason, was, would in changed[:15]:
            yield f"  {reason.replace('_', ' '):32} {was:6} -> {would}"

    def _changed(self, most: int) -> Iterator[str]:
        changes = self.comparison.changes
        yield ""
        yield f"Details that would have gone to others: {len(changes)}"
        for change in changes[:most]:
            then, now = (", ".join(map(self.who, each)) or "nobody" for each in (change.then, change.now))
            yield f"  {change.opening.detail}, {self.when(change.opening.starts_at)}: {then} -> {now}"
            for verdict in change.lost:
                yield f"      {self.who(verdict.officer_id)} would not: {self.sentence(verdict)}"
        if len(changes) > most:
            yield f"  and {len(changes) - most} more: --json and --html have all."


def hours(minutes: int) -> str:
    """Minutes as hours with a tenth."""
    return f"{minutes / 60:.1f}"


def _filled(side: Side) -> int:
    return side.filled.total()


def _of(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "-"
