"""`dutyline award run` and `award replay`: awards over the records, made and made again."""

import json

import click

from bot.cli.office import BREAK_GLASS, BY, decided_by_hand, in_department, records
from models.awarding.deciding.award import award_department, replay, run_award, signed_up_for
from models.details.posting import posting_ids_of
from models.people.by_hand import ByHandAct
from models.people.department import department as department_of


@click.command("run")
@click.argument("department")
@click.option("--detail", "details", multiple=True, metavar="REF", help="Award this detail now, before its time.")
@click.option("--reason", help="Why it is awarded by hand; needed with --detail.")
@BY
@BREAK_GLASS
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def run(
    department: str, details: tuple[str, ...], reason: str | None, by: str, break_glass: bool, as_json: bool
) -> None:
    """Award what is due in DEPARTMENT (its slug), as the worker would; officers are told by the workers."""
    if details and not reason:
        raise click.UsageError("An award by hand needs --reason; it goes on record.")
    with in_department(department) as (work, department_id):
        by_hand = posting_ids_of(work, department_id, details) if details else None
        unknown = [ref for ref in details if by_hand is not None and ref not in by_hand]
        if unknown:
            raise click.ClickException(f"{department} has no posted detail {', '.join(unknown)}.")
        wanted = list(by_hand.values()) if by_hand is not None else None
        about = department_of(work, department_id)
        if wanted is not None:
            gaining = signed_up_for(work, department_id, wanted)
            act = ByHandAct("award", by, reason or "", gaining, break_glass)
            decided_by_hand(work, about, act)
        award_id = run_award(work, about, wanted, reason)
    if as_json:
        click.echo(json.dumps({"award": award_id}))
    else:
        click.echo(f"Award {award_id} is made." if award_id else "Nothing is due to be awarded.", err=True)


@click.command("replay")
@click.argument("award_id", metavar="ID", type=int)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def replay_command(award_id: int, as_json: bool) -> None:
    """Decide award ID again from the facts stored with it; exit status 1 when anything comes out differently."""
    with records() as database:
        found = None
        for department_id in database.departments():
            with database.begin([department_id]) as work:
                if award_department(work, award_id) == department_id:
                    found = replay(work, department_id, award_id)
    if found is None:
        raise click.ClickException(f"There is no award {award_id}.")
    if as_json:
        click.echo(json.dumps({"award": award_id, "same": not found, "differs": found}))
    elif not found:
        click.echo(f"Award {award_id} comes out the same.")
    else:
        click.echo(f"Award {award_id} comes out differently in: {', '.join(found)}.")
    if found:
        raise SystemExit(1)
