"""`dutyline detail crew` and `detail verify`: how a crew stands, and its hours agreed to once all are out."""

import click

from bot.cli.office import BREAK_GLASS, BY, REASON, decided_by_hand, in_department
from models.details.opening import Opening, openings_by_code
from models.people.by_hand import ByHandAct
from models.people.department import department
from models.session import Work
from models.working.attendance import written_check_out
from models.working.crew import Member, crew_of
from models.working.verification import verify_detail

_STANDS = {"checked_in": "still in", "checked_out": "out", "confirmed": "not checked in", "awarded": "has not answered"}


@click.command("crew")
@click.argument("code")
@click.option("--department", "slug", required=True, metavar="SLUG", help="The department of the detail.")
def crew_command(code: str, slug: str) -> None:
    """Say who of the crew of detail CODE is out, and whom the others wait for."""
    with in_department(slug) as (work, department_id):
        about = _named(work, department_id, slug, code)
        crew = crew_of(work, department_id, [about.detail_id])
        lines = [_line(work, department_id, each) for each in crew]
    waits = ", ".join(each.name for each in crew if each.is_waited_for)
    for line in (*lines, f"The crew waits for {waits}." if waits else "The whole crew is out."):
        click.echo(line)


@click.command("verify")
@click.argument("code")
@click.option("--department", "slug", required=True, metavar="SLUG", help="The department of the detail.")
@REASON
@BY
@BREAK_GLASS
def verify_command(code: str, slug: str, reason: str, by: str, break_glass: bool) -> None:
    """Agree to the hours of everybody on detail CODE.

    Refused while one of the crew is not out; nobody verifies his own hours.
    """
    with in_department(slug) as (work, department_id):
        about = _named(work, department_id, slug, code)
        found = verify_detail(work, department_id, about.detail_id, by, reason)
        act = ByHandAct("verify", by, reason, found.officer_ids, break_glass)
        decided_by_hand(work, department(work, department_id), act)
    if found.outcome == "waits":
        raise click.ClickException(
            f"Not verified: the crew waits for {', '.join(each.name for each in found.waits_for)}."
        )
    if found.outcome == "nothing":
        raise click.ClickException(f"There are no hours to verify for {code}.")
    click.echo(f"{code}: the hours of {len(found.officer_ids)} officers are verified.", err=True)


def _named(work: Work, department_id: int, slug: str, code: str) -> Opening:
    about = openings_by_code(work, department_id, [code]).get(code)
    if about is None:
        raise click.ClickException(f"{slug} has no detail {code}.")
    return about


def _line(work: Work, department_id: int, member: Member) -> str:
    written = written_check_out(work, department_id, member.assignment_id)
    vouched = f", vouched for ({written.reason})" if written and written.vouched_by_id else ""
    return f"{member.badge} {member.name}: {_STANDS.get(member.state, member.state)}{vouched}"
