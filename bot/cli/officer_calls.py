"""`dutyline officer calls`: whether the line calls an officer, as he told the office."""

import getpass

import click

from bot.cli.office import OPERATOR, in_department, officer_named
from models.people.call_choice import call_choice, choose_calls
from models.people.department import department
from models.people.handbook import current
from models.rules.asking.calling import CallChoice
from models.session import Actor

_SAYS = {
    "all": "is called as the handbook says.",
    "urgent": "is called only when it is urgent.",
    "none": "is not called.",
}


@click.command("calls")
@click.argument("badge")
@click.option("--department", "slug", required=True, metavar="SLUG", help="The officer's department.")
@click.option("--set", "choice", type=click.Choice(list(_SAYS)), help="What he wants from now on.")
@click.option("--reason", help="How he said so; it goes on record.")
@click.option("--by", default=getpass.getuser, show_default="who is signed in", help="Who writes it down.")
def calls_command(badge: str, slug: str, choice: CallChoice | None, reason: str | None, by: str) -> None:
    """Whether the officer with BADGE wants to be called; he can say so himself: CALLS OFF, CALLS URGENT, CALLS ON."""
    if choice is not None and not reason:
        raise click.UsageError("Say --reason: how did he say so?")
    with in_department(slug) as (work, department_id):
        who = officer_named(work, department_id, badge)
        if choice is not None:
            work.actor = Actor(OPERATOR.kind, OPERATOR.channel, behalf_of_id=who.person_id)
            today = work.now.astimezone(department(work, department_id).zone).date()
            clause = current(work, department_id, today).rules.calls
            choose_calls(work, who, choice, clause, by=by, words=reason)
        chosen = call_choice(work, department_id, who.id)
    click.echo(f"{who.name}, badge {badge}: {_SAYS[chosen]}")
