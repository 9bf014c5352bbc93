"""`dutyline swap`: swaps that officers asked for, where the handbook lets a person decide on them."""

import json
from collections.abc import Callable

import click

from bot.cli.office import BREAK_GLASS, BY, REASON, decided_by_hand, in_department
from models.people.by_hand import ByHandAct
from models.people.department import Department, department
from models.session import Work
from models.working import swap_request as requests
from models.working.penalty import Decision

SLUG = click.argument("slug")
NUMBER = click.argument("request_id", metavar="ID", type=int)

_WHY_NOT = {
    "none": "Nothing of that number waits.",
    "never": "The handbook allows no swaps any more.",
    "gone": "It is not his to give any more.",
    "already": "He is giving it back already.",
    "too_late": "It starts too soon for a swap.",
    "other_rank": "The handbook asks for the same rank.",
    "other_unit": "The handbook asks for the same unit.",
    "cannot": "A rule keeps the colleague from it.",
    "himself": "They are the same officer.",
}


@click.group("swap")
def command() -> None:
    """Swaps with a named colleague that wait for a person: list, grant, refuse. The officer is told."""


@command.command("list")
@SLUG
@click.option("--json", "as_json", is_flag=True, help="A JSON list, the oldest first.")
def list_command(slug: str, as_json: bool) -> None:
    """What officers of department SLUG asked for and nobody has decided."""
    with in_department(slug) as (work, department_id):
        found = requests.open_requests(work, department_id)
    if as_json:
        click.echo(json.dumps([dict(row) for row in found], default=lambda moment: moment.isoformat()))
        return
    for row in found:
        click.echo(f"{row['id']:>5}  {row['code']} of {row['starts_at']:%Y-%m-%d %H:%M} UTC: {row['badge']} to "
                   f"{row['colleague']}")  # fmt: skip
    click.echo(f"{len(found)} waiting.", err=True)


@command.command("grant")
@SLUG
@NUMBER
@REASON
@BY
@BREAK_GLASS
def grant(slug: str, request_id: int, reason: str, by: str, break_glass: bool) -> None:
    """Allow swap ID, if the rules allow it now: the colleague is asked, and must accept."""

    def granted(work: Work, where: Department) -> str:
        return requests.grant(work, where, request_id, Decision(by, reason))

    _decide(slug, ByHandAct("grant_swap", by, reason, (), break_glass), request_id, granted, "granted")


@command.command("refuse")
@SLUG
@NUMBER
@REASON
@BY
@BREAK_GLASS
def refuse(slug: str, request_id: int, reason: str, by: str, break_glass: bool) -> None:
    """Do not allow swap ID; the officer keeps the detail, and is told why."""

    def refused(work: Work, where: Department) -> str:
        return "refused" if requests.refuse(work, where.id, request_id, Decision(by, reason)) else "none"

    _decide(slug, ByHandAct("refuse_swap", by, reason, (), break_glass), request_id, refused, "refused")


def _decide(slug: str, act: ByHandAct, request_id: int, verb: Callable[[Work, Department], str], done: str) -> None:
    with in_department(slug) as (work, department_id):
        where = department(work, department_id)
        found = requests.swap_request(work, department_id, request_id)
        both = {found.officer_id, found.colleague_id} if found else set()
        decided_by_hand(work, where, ByHandAct(act.verb, act.by, act.reason, both, act.break_glass))
        outcome = verb(work, where)
        if outcome != done:
            raise click.ClickException(_WHY_NOT[outcome])
    click.echo(f"Swap {request_id} is {done}.", err=True)
