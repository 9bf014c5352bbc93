"""`dutyline award give`: a slot by hand to a named officer."""

import click

from bot.cli.office import BREAK_GLASS, BY, REASON, decided_by_hand, in_department, officer_named
from bot.dialog.rendering import Voice, render_prompt
from ivr_prompts import load
from models.awarding.deciding.giving import give_by_hand
from models.details.opening import openings_by_code
from models.people.by_hand import ByHandAct
from models.people.department import department


@click.command("give")
@click.argument("slug", metavar="DEPARTMENT")
@click.argument("code")
@click.argument("badge")
@REASON
@BY
@BREAK_GLASS
def give(slug: str, code: str, badge: str, reason: str, by: str, break_glass: bool) -> None:
    """Award a free slot of the detail CODE to the officer with BADGE now, by hand.

    He need not have signed up. The handbook judges as in any award whether he may have it; he is told, and accepts or
    declines. Others keep their sign-ups, and their offers while a slot is left.
    """
    with in_department(slug) as (work, department_id):
        where, who = department(work, department_id), officer_named(work, department_id, badge)
        about = openings_by_code(work, department_id, [code]).get(code)
        if about is None:
            raise click.ClickException(f"{slug} has no detail {code}.")
        decided_by_hand(work, where, ByHandAct("award", by, reason, (who.id,), break_glass))
        given = give_by_hand(work, where, who, about, by, reason)
        if given.refusal is not None:
            voice = Voice(load("en"), where.zone)
            words = render_prompt(f"verdicts.{given.refusal.reason}", given.refusal.figures, voice)
            raise click.ClickException(f"Not given to {who.name}, badge {badge}: {words}")
        if given.award_id is None:
            raise click.ClickException(f"No slot of {code} is free.")
    click.echo(f"{code} is {who.name}'s, badge {badge}: award {given.award_id}.", err=True)
