"""`dutyline detail`: what becomes of one detail on somebody's order."""

import click

from bot.cli.detail_crew import crew_command, verify_command
from bot.cli.office import BREAK_GLASS, BY, REASON, decided_by_hand, in_department
from models.awarding.deciding.headcount import Changed, HeadcountRefused, Ordered, change_headcount, gaining_by
from models.details.opening import openings_by_code
from models.people.by_hand import ByHandAct
from models.people.department import department
from models.people.officer import officer
from models.session import Work
from models.working.assignment import assignment


@click.group("detail")
def command() -> None:
    """One detail of a department."""


@command.command("headcount")
@click.argument("code")
@click.argument("count", type=click.IntRange(1, 500))
@click.option("--department", "slug", required=True, metavar="SLUG", help="The department of the detail.")
@REASON
@BY
@BREAK_GLASS
def headcount(code: str, count: int, slug: str, reason: str, by: str, break_glass: bool) -> None:
    """COUNT officers are ordered for detail CODE from now on, more or fewer than before.

    It is decided by whom the handbook allows (by_hand), with the reason on record.

    New slots are filled by the same rule as all others. Of fewer, those go first that nobody holds; then officers give
    way as the handbook says (headcount.gives_way), and are told. With a rank mix the count is that of the whole detail.
    """
    with in_department(slug) as (work, department_id):
        about = openings_by_code(work, department_id, [code]).get(code)
        if about is None:
            raise click.ClickException(f"{slug} has no detail {code}.")
        where = department(work, department_id)
        gaining = gaining_by(work, where, about, count)
        decided_by_hand(work, where, ByHandAct("change_headcount", by, reason, gaining, break_glass))
        try:
            changed = change_headcount(work, where, about, count, Ordered(by, reason))
        except HeadcountRefused as error:
            raise click.ClickException(f"Nothing was changed: {error}.") from None
        lines = _lines(work, department_id, changed)
    for line in (f"{code}: {changed.after} officers instead of {changed.before}.", *lines):
        click.echo(line, err=True)


def _lines(work: Work, department_id: int, changed: Changed) -> list[str]:
    lines = [f"{changed.added} new slots."] if changed.added else []
    for assignment_id in changed.gave_way:
        who = officer(work, department_id, assignment(work, department_id, assignment_id).officer_id)
        lines.append(f"Gives way: {who.name}, badge {who.badge}.")
    return lines


command.add_command(crew_command)
command.add_command(verify_command)
