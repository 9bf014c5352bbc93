"""`dutyline pay`: what a detail pays and costs under a handbook."""

import json
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click

from bot.cli.handbook_versions import say_findings, text_of
from bot.cli.office import department_named, records
from models.bundle import BundleErrors
from models.bundle.handbook_text import read_handbook
from models.bundle.times import to_utc
from models.people.department import department
from models.people.handbook import current
from models.rules.checking import check
from models.rules.handbook import Handbook
from models.rules.pay.facts import WorkFacts
from models.rules.pay.minutes import notice_minutes
from models.rules.pay.pay import NoRate, PayLine, PayQuote, deposit_cents, late_order_cents, quote
from models.rules.pay.terms import terms_for

_KINDS = {
    "worked": "worked",
    "meal": "in a meal",
    "guaranteed": "guaranteed, not worked",
    "cancellation": "owed for the cancellation",
    "department_share": "charged beyond the officer's pay",
    "equipment": "of hire",
    "fee_by_hour": "of fee",
}


@click.group("pay")
def command() -> None:
    """What work pays and costs."""


@command.command("quote")
@click.option("--handbook", "file", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--department", "slug", metavar="SLUG", help="The department's handbook that holds on the day it starts.")
@click.option("--zone", metavar="ZONE", default="America/New_York", show_default=True, help="Time zone for --handbook.")
@click.option("--start", required=True, metavar="TIME", help="Local, like 2026-11-02T07:00, or with an offset.")
@click.option("--end", required=True, metavar="TIME")
@click.option("--rank", help="The officer's rank. Default: the lowest of the handbook.")
@click.option("--slot-rank", metavar="RANK", help="The lowest rank that his slot accepts. Default: the officer's.")
@click.option("--kind", help="The kind of work.")
@click.option("--alcohol/--no-alcohol", default=None, help="Whether alcohol is served there, where that is known.")
@click.option("--officers", type=click.IntRange(1), default=1, help="How many officers; default 1.")
@click.option("--rate", metavar="CENTS", type=click.IntRange(0), help="The detail's own rate for an hour, in cents.")
@click.option("--vehicle", is_flag=True, help="Each with the vehicle of the handbook.")
@click.option("--equipment", multiple=True, metavar="NAME", help="Each with that of the handbook's equipment.")
@click.option("--ordered", metavar="TIME", help="When the contractor ordered it.")
@click.option("--cancelled", metavar="TIME", help="When the contractor cancelled it.")
@click.option("--left", metavar="TIME", help="When the officers left.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def quote_command(file: Path | None, slug: str | None, zone: str, as_json: bool, officers: int, **said: Any) -> None:
    """What a detail pays its officers and costs its contractor, line by line, each with its rule."""
    if (file is None) == (slug is None):
        raise click.UsageError("Say --handbook FILE or --department SLUG.")
    handbook, where = _in_department(slug, said["start"]) if slug else (_read(file or Path()), _zone(zone))
    facts = _facts(handbook, where, said)
    try:
        shown = Shown(handbook, facts, quote(handbook.pay, facts), officers)
    except NoRate as error:
        raise click.ClickException(f"The handbook has {error} (pay.rates); --rate gives the detail's own.") from None
    click.echo(json.dumps(shown.as_json(), indent=2, ensure_ascii=False) if as_json else shown.as_text())


@dataclass(frozen=True, slots=True)
class Shown:
    """A quote as the command prints it: the lines of one officer, and the totals of all."""

    handbook: Handbook
    facts: WorkFacts
    quote: PayQuote
    officers: int

    def as_json(self) -> dict[str, Any]:
        """The object that `--json` prints; its shape is relied on."""
        return {
            "rank": self.facts.rank,
            "slot_rank": self.facts.slot_rank,
            "kind": self.facts.kind,
            "officers": self.officers,
            "lines": [asdict(each) | {"factor": float(each.factor)} for each in self.quote.lines],
            "worked_minutes": self.quote.minutes("worked", "meal"),
            "guaranteed_minutes": self.quote.minutes("guaranteed", "cancellation"),
            "officer_cents": self.quote.officer_cents,
            "contractor_cents": self.quote.contractor_cents,
            "officers_cents": self.quote.officer_cents * self.officers,
            "late_order_cents": late_order_cents(self.handbook.pay, self.facts),
            "total_contractor_cents": self._charged,
            "deposit_cents": self._deposit,
        }

    def as_text(self) -> str:
        """The lines in words, then the totals and the terms."""
        lines = [_in_words(one) for one in self.quote.lines] or [self._nothing_owed()]
        late = late_order_cents(self.handbook.pay, self.facts)
        lines += [f"{dollars(late):>12}  for the late order, once  [pay.late_order]"] if late else []
        lines += [f"The officer is paid {dollars(self.quote.officer_cents)}."] if self.officers == 1 else []
        if self.officers > 1:
            total = dollars(self.quote.officer_cents * self.officers)
            lines += [
                f"Each of {self.officers} officers is paid {dollars(self.quote.officer_cents)}, together {total}."
            ]
        lines += [f"The contractor is charged {dollars(self._charged)}.", *self._terms()]
        return "\n".join(lines)

    def _nothing_owed(self) -> str:
        if not self.facts.is_cancelled_before:
            return "Nothing is owed."
        pay = self.handbook.pay
        hours, minutes = divmod(notice_minutes(pay, self.facts), 60)
        late = max((each.under_hours for each in terms_for(pay, self.facts.kind).cancellation), default=None)
        owed = "no cancellation costs anything" if late is None else f"one under {late:g} h is the first that costs"
        real = "" if pay.cancellation.counts == "real" else " of office hours"
        notice = f"{hours} h {minutes:02} min{real}"
        return f"Nothing is owed. Cancelled {notice} before the start: {owed} (pay.cancellation)."

    @property
    def _charged(self) -> int:
        return self.quote.contractor_cents * self.officers + late_order_cents(self.handbook.pay, self.facts)

    @property
    def _deposit(self) -> int:
        """Of what is estimated before the work: as it was planned, whatever came of it."""
        pay, planned = self.handbook.pay, replace(self.facts, left_at=None, cancelled_at=None)
        charged = quote(pay, planned).contractor_cents * self.officers + late_order_cents(pay, planned)
        return deposit_cents(pay, charged)

    def _terms(self) -> list[str]:
        pay = self.handbook.pay
        deposit = self._deposit
        said = [f"Before the work {dollars(deposit)} is paid into escrow (pay.deposit_over_cents)."] if deposit else []
        if pay.interest.percent_a_year:
            rate, days = f"{pay.interest.percent_a_year:g} % a year", pay.interest.after_days
            said += [f"What is unpaid after {days} days bears {rate} (pay.interest)."]
        return said


def dollars(cents: int) -> str:
    """An amount as it is written: $1,234.50."""
    return f"${cents // 100:,}.{cents % 100:02}"


def _in_words(line: PayLine) -> str:
    owes = f"{line.payer} to {line.payee}"
    if line.rate_cents is None:
        return f"{dollars(line.amount_cents):>12}  {float(line.factor) * 100:g} % fee, {owes}  [{line.rule}]"
    hours = f"{line.minutes // 60} h {line.minutes % 60:02} min"
    factor = f" x {float(line.factor):g}" if line.factor != 1 else ""
    added = f" + {dollars(line.add_cents)}" if line.add_cents else ""
    at = f"at {dollars(line.rate_cents)}{factor}{added}"
    if line.what == "equipment" and line.rate_cents * line.minutes != line.amount_cents * 60:
        at = f"{at} and its price for the detail" if line.rate_cents else "at its price for the detail"
    return f"{dollars(line.amount_cents):>12}  {hours} {_KINDS[line.what]} {at}, {owes}  [{line.rule}]"


def _in_department(slug: str, start: str) -> tuple[Handbook, ZoneInfo]:
    with records() as database:
        department_id = department_named(database, slug)
        with database.begin([department_id]) as work:
            zone = department(work, department_id).zone
            day = _moment(start, zone, "--start").astimezone(zone).date()
            try:
                return current(work, department_id, day).rules, zone
            except LookupError:
                raise click.ClickException(f"{slug} had no handbook yet on {day}.") from None


def _read(file: Path) -> Handbook:
    try:
        text = read_handbook(text_of(file), file.name)
    except BundleErrors as error:
        raise click.ClickException(f"{file} has errors.\n{error}") from None
    # A holiday that no calendar knows, say, is never paid: who is quoted without it must hear so.
    say_findings(text, [each for each in check(text.handbook) if each.severity == "error" and each.path[0] == "pay"])
    return text.handbook


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise click.BadParameter(
            f"{name} is no time zone; write it like America/New_York.", param_hint="--zone"
        ) from None


def _facts(handbook: Handbook, zone: ZoneInfo, said: dict[str, Any]) -> WorkFacts:
    moments = {
        f"{name}_at": _moment(said[name], zone, f"--{name}") for name in ("ordered", "cancelled", "left") if said[name]
    }
    facts = WorkFacts(
        zone.key,
        _moment(said["start"], zone, "--start"),
        _moment(said["end"], zone, "--end"),
        rank=said["rank"] or handbook.ranks[-1],
        kind=said["kind"],
        equipment=(*said["equipment"], *(["vehicle"] if said["vehicle"] else [])),
        rate_cents=said["rate"],
        slot_rank=said["slot_rank"],
        alcohol=said["alcohol"],
    )
    _check(handbook, facts)
    return replace(facts, **moments)


def _check(handbook: Handbook, facts: WorkFacts) -> None:
    if facts.ends_at <= facts.starts_at:
        raise click.BadParameter("The end must be after the start.", param_hint="--end")
    for option, rank in (("--rank", facts.rank), ("--slot-rank", facts.slot_rank)):
        if rank is not None and rank not in handbook.ranks:
            raise click.BadParameter(f"There are {', '.join(handbook.ranks)}.", param_hint=option)
    there_is = [each.name for each in handbook.pay.equipment if each.fits(facts.kind)]
    for name in facts.equipment:
        if name not in there_is:
            known = ", ".join(there_is) or "nothing"
            raise click.BadParameter(
                f"{name} is not for hire (pay.equipment); there is {known}.", param_hint="--equipment"
            )


def _moment(written: str, zone: ZoneInfo, option: str) -> datetime:
    try:
        return to_utc(datetime.fromisoformat(written), zone).astimezone(UTC)
    except ValueError as error:
        raise click.BadParameter(f"{error}. Write it like 2026-11-02T07:00.", param_hint=option) from None
