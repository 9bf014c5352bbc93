"""`dutyline penalty`: who is barred from details and why; lifting, appeals, and bars by hand."""

import json
from collections.abc import Callable
from typing import Any

import click

from bot.cli.office import BREAK_GLASS, BY, REASON, decided_by_hand, in_department
from models.people.by_hand import ByHandAct
from models.people.department import department
from models.people.officer import officer_with_badge
from models.session import Work
from models.working import penalty as penalties
from models.working.penalty import Decision

NUMBER = click.argument("penalty_id", metavar="ID", type=int)
SLUG = click.argument("slug")


@click.group("penalty")
def command() -> None:
    """Bars from details: list, impose, lift, and hear appeals. The officer is told of each."""


@command.command("list")
@SLUG
@click.option("--all", "everything", is_flag=True, help="Also what is over or was lifted.")
@click.option("--json", "as_json", is_flag=True, help="A JSON list, the newest first.")
def list_command(slug: str, everything: bool, as_json: bool) -> None:
    """The bars that run in department SLUG, or all there ever were."""
    with in_department(slug) as (work, department_id):
        found = penalties.listed(work, department_id, everything=everything)
    if as_json:
        click.echo(json.dumps([dict(row) for row in found], default=lambda moment: moment.isoformat()))
        return
    for row in found:
        click.echo(_line(row))
    click.echo(f"{len(found)} penalties.", err=True)


@command.command("impose")
@SLUG
@click.argument("badge")
@click.option("--days", required=True, type=click.IntRange(1, 3660), help="Whole days after today.")
@REASON
@BY
@BREAK_GLASS
def impose(slug: str, badge: str, days: int, reason: str, by: str, break_glass: bool) -> None:
    """Bar the officer with BADGE in department SLUG from details, from now on; he is told the reason."""
    with in_department(slug) as (work, department_id):
        who = officer_with_badge(work, department_id, badge)
        if who is None:
            raise click.ClickException(f"{slug} has no officer with badge {badge}.")
        decided_by_hand(work, department(work, department_id), ByHandAct("impose", by, reason, (), break_glass))
        made = penalties.impose(work, department(work, department_id), who, days, Decision(by, reason))
    click.echo(f"Penalty {made}: {who.name}, badge {badge}, is barred for {days} days.", err=True)


@command.command("lift")
@SLUG
@NUMBER
@REASON
@BY
@BREAK_GLASS
def lift(slug: str, penalty_id: int, reason: str, by: str, break_glass: bool) -> None:
    """Lift penalty ID, as an appeal that is granted or without one. Whether it still counts, the handbook says."""

    def lifted(work: Work, department_id: int, one: int, decided: Decision) -> bool:
        gaining = penalties.officers_of(work, department_id, one)
        decided_by_hand(work, department(work, department_id), ByHandAct("lift", by, reason, gaining, break_glass))
        return penalties.lift(work, department_id, one, decided)

    _decide(slug, penalty_id, Decision(by, reason), lifted, "is lifted")


@command.command("appeal")
@SLUG
@NUMBER
@REASON
@BY
def appeal(slug: str, penalty_id: int, reason: str, by: str) -> None:
    """Write down that the officer appeals penalty ID, and put it before a person; meanwhile it stands."""
    _decide(slug, penalty_id, Decision(by, reason), penalties.appeal, "is appealed")


@command.command("uphold")
@SLUG
@NUMBER
@REASON
@BY
@BREAK_GLASS
def uphold(slug: str, penalty_id: int, reason: str, by: str, break_glass: bool) -> None:
    """Decide the appeal of penalty ID against the officer: it stands."""

    def upheld(work: Work, department_id: int, one: int, decided: Decision) -> bool:
        decided_by_hand(work, department(work, department_id), ByHandAct("uphold", by, reason, (), break_glass))
        return penalties.uphold(work, department_id, one, decided)

    _decide(slug, penalty_id, Decision(by, reason), upheld, "stands")


def _decide(
    slug: str, penalty_id: int, decided: Decision, verb: Callable[[Work, int, int, Decision], bool], done: str
) -> None:
    with in_department(slug) as (work, department_id):
        if not verb(work, department_id, penalty_id, decided):
            raise click.ClickException(f"Nothing to decide: look at dutyline penalty list {slug} --all.")
    click.echo(f"Penalty {penalty_id} {done}.", err=True)


def _line(row: Any) -> str:
    step = f", step {row['step']}" if row["step"] else ""
    about = f" ({row['code']})" if row["code"] else ""
    state = "lifted" if row["lifted_at"] else "upheld" if row["upheld_at"] else "appealed" if row["appealed_at"] else ""
    return (
        f"{row['id']:>5}  {row['badge']:>6} {row['name']}: {row['kind'].replace('_', ' ')}{about}{step}, "
        f"{row['from_at']:%Y-%m-%d} to {row['until_at']:%Y-%m-%d %H:%M} UTC {state}".rstrip()
    )
