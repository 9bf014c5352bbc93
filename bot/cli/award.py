"""`dutyline award`: what an award decides, and why."""

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from bot.cli.award_give import give
from bot.cli.award_records import replay_command, run
from bot.dialog.rendering import Voice, render_prompt
from ivr_prompts import load
from models.bundle import Bundle, BundleErrors, read
from models.bundle.facts import Names, award_facts, emergency_now
from models.bundle.minimums import raised_in, too_few
from models.bundle.problems import Problem
from models.bundle.references import check_by_handbook
from models.bundle.times import to_utc
from models.rules.awarding.award import AwardResult, Envy, SignupVerdict, award
from models.rules.facts import AwardFacts
from models.rules.replaying.preview import counters_shown
from models.rules.replaying.storm import called_out


@click.group("award")
def command() -> None:
    """Awards: see what one would decide, make one, make one again."""


command.add_command(run)
command.add_command(give)
command.add_command(replay_command)


@command.command("preview")
@click.option("--bundle", "file", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--at", metavar="TIME", help="Local to the department unless it has an offset. Default: now.")
@click.option("--seed", type=click.IntRange(0), default=0, help="What a lottery draws by. An award draws its own.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def preview(file: Path, at: str | None, seed: int, as_json: bool) -> None:
    """What an award over the bundle's postings would decide at that time. Needs no database, changes nothing."""
    bundle = _read(file)
    facts, names = award_facts(bundle, _moment(at, bundle), seed)
    shown = Shown(bundle, facts, names, award(facts), in_emergency=emergency_now(bundle, facts.now) is not None)
    click.echo(json.dumps(shown.as_json(), indent=2, ensure_ascii=False) if as_json else shown.as_text())


def _read(file: Path) -> Bundle:
    try:
        bundle = read(file.read_text("utf-8"), file.name)
        check_by_handbook(bundle, file.name)
        _refuse_too_few(bundle, file.name)
    except BundleErrors as error:
        raise click.ClickException(f"{file} has errors; nothing was decided.\n{error}") from None
    except (OSError, UnicodeDecodeError) as error:
        raise click.ClickException(f"{file} cannot be read: {error}") from None
    return bundle


def _refuse_too_few(bundle: Bundle, name: str) -> None:
    found = ((("details", place), too_few(bundle, each)) for place, each in enumerate(bundle.details))
    problems = [Problem(path, None, why) for path, why in found if why is not None]
    if problems:
        raise BundleErrors(name, problems)


def _moment(at: str | None, bundle: Bundle) -> datetime:
    if at is None:
        return datetime.now(UTC)
    try:
        return to_utc(datetime.fromisoformat(at), bundle.zone)
    except ValueError as error:
        raise click.BadParameter(f"{error}. Write it like 2026-11-02T07:00.", param_hint="--at") from None


class Shown:
    """An award result with people's names for things: badges, detail refs, hours, places counted from 1."""

    def __init__(
        self, bundle: Bundle, facts: AwardFacts, names: Names, result: AwardResult, *, in_emergency: bool = False
    ) -> None:
        self.facts, self.names, self.result = facts, names, result
        self.raised = raised_in(bundle)
        self.called_out = {each.opening_id: each for each in called_out(facts, result)} if in_emergency else {}
        self.voice = Voice(load("en"), bundle.zone)

    def as_json(self) -> dict[str, Any]:
        """The object that `--json` prints; its shape is relied on."""
        return {
            "awards": [
                {"slot": self.names.slots[each.slot_id], "officer": self._badge(each.officer_id), "round": each.round}
                for each in self.result.awards
            ],
            "standbys": self._standbys(),
            "counters": [
                {
                    "officer": self._badge(each.officer_id),
                    "pool": each.pool,
                    "name": each.name,
                    "before": each.before,
                    "after": each.after,
                }
                for each in counters_shown(self.facts, self.result)
            ],
            "verdicts": [self._verdict(each) for each in self.result.verdicts],
            "envies": [self._envy(each) for each in self.result.envies],
            "raised": [asdict(each) for each in self.raised],
            "called_out": [
                {
                    "opening": self.names.openings[each.opening_id],
                    "free": each.free,
                    "at_once": each.at_once,
                    "officers": [self._badge(officer_id) for officer_id in each.officer_ids],
                }
                for each in self.called_out.values()
            ],
        }

    def _badge(self, officer_id: int) -> str:
        return self.names.officers[officer_id]

    def _standbys(self) -> list[dict[str, Any]]:
        """The standbys of an opening stand by for each of its slots."""
        by_opening = {each.opening_id: [self._badge(one) for one in each.officer_ids] for each in self.result.standbys}
        return [
            {"slot": self.names.slots[slot.id], "officers": by_opening[slot.opening_id]}
            for slot in self.facts.slots
            if slot.opening_id in by_opening
        ]

    def _envy(self, envy: Envy) -> dict[str, Any]:
        return {
            "officer": self._badge(envy.officer_id),
            "opening": self.names.openings[envy.opening_id],
            "round": envy.round,
            "holder": None if envy.holder_id is None else self._badge(envy.holder_id),
        }

    def _verdict(self, verdict: SignupVerdict) -> dict[str, Any]:
        return {
            "officer": self._badge(verdict.officer_id),
            "opening": self.names.openings[verdict.opening_id],
            "outcome": verdict.outcome,
            "reason": str(verdict.reason),
            "figures": {name: self._figure(value) for name, value in verdict.figures.items()},
            "sentence": self._sentence(verdict),
        }

    def _figure(self, value: Any) -> Any:
        """Times in the department's zone, dates and times as ISO 8601."""
        if isinstance(value, datetime):
            value = value.astimezone(self.voice.zone)
        return value.isoformat() if hasattr(value, "isoformat") else value

    def _sentence(self, verdict: SignupVerdict) -> str:
        return render_prompt(f"verdicts.{verdict.reason}", verdict.figures, self.voice)

    def as_text(self) -> str:
        """One paragraph an opening: who gets each slot, then every signup with its reason."""
        if not self.facts.openings:
            return "No detail is posted and yet to begin at that time."
        paragraphs = [[f"More officers than ordered: {each}" for each in self.raised]] if self.raised else []
        # An opening whose slots have all turned ordinary has nothing left to say.
        paragraphs += [each for each in (self._paragraph(one.id) for one in self._openings()) if each[1:]]
        if self.result.envies:
            paragraphs.append(["Envy that is left:", *(self._envy_in_words(each) for each in self.result.envies)])
        return "\n\n".join("\n".join(lines) for lines in paragraphs)

    def _envy_in_words(self, envy: Envy) -> str:
        badge, opening = self._badge(envy.officer_id), self.names.openings[envy.opening_id]
        if envy.holder_id is None:
            return f"  {badge} would rather have {opening}, of which a slot is free"
        return f"  {badge} would rather have {opening}, which {self._badge(envy.holder_id)} has, ranked below"

    def _openings(self) -> list[Any]:
        return sorted(self.facts.openings, key=lambda each: (each.starts_at, each.posted_at, each.id))

    def _paragraph(self, opening_id: int) -> list[str]:
        opening = next(each for each in self.facts.openings if each.id == opening_id)
        starts_at, ends_at = (each.astimezone(self.voice.zone) for each in (opening.starts_at, opening.ends_at))
        head = f"{self.names.openings[opening_id]}  {starts_at:%a %Y-%m-%d %H:%M} to {ends_at:%a %H:%M}"
        winners = {each.slot_id: self._badge(each.officer_id) for each in self.result.awards}
        slots = [
            f"  {self.names.slots[slot.id]}: {winners.get(slot.id, 'nobody')}"
            for slot in self.facts.slots
            if slot.opening_id == opening_id
        ]
        verdicts = [
            f"    {self._badge(each.officer_id):>8}  {self._outcome(each):12} {self._sentence(each)}"
            for each in self.result.verdicts
            if each.opening_id == opening_id
        ]
        return [head, *slots, *verdicts, *self._called_in_words(opening_id)]

    def _called_in_words(self, opening_id: int) -> list[str]:
        called = self.called_out.get(opening_id)
        if called is None:
            return []
        badges = ", ".join(self._badge(each) for each in called.officer_ids) or "nobody"
        return [f"  called out in the emergency, {called.at_once} at a time for each free slot: {badges}"]

    def _outcome(self, verdict: SignupVerdict) -> str:
        return verdict.outcome.replace("_", " ") + (f" {verdict.place}" if verdict.place else "")
