"""`dutyline officer mail`: what the line mails an officer, as he told the office."""

import getpass

import click

from bot.cli.office import OPERATOR, in_department, officer_named
from models.line.mail_choice import MailChoice, Wanted, choose_mail, mail_choice
from models.session import Actor

_SAYS = {
    "all": "is mailed what he is told, besides the text, at {}.",
    "news": "is mailed new details instead of a text, at {}.",
    "backup": "is mailed what a text could not bring, at {}.",
    "nothing": "is mailed nothing; {} is his address.",
}


@click.command("mail")
@click.argument("badge")
@click.option("--department", "slug", required=True, metavar="SLUG", help="The officer's department.")
@click.option("--set", "wanted", type=click.Choice(list(_SAYS)), help="What he wants from now on.")
@click.option("--reason", help="How he said so; it goes on record.")
@click.option("--by", default=getpass.getuser, show_default="who is signed in", help="Who writes it down.")
def mail_command(badge: str, slug: str, wanted: Wanted | None, reason: str | None, by: str) -> None:
    """What the officer with BADGE wants mailed. An address he gives himself: EMAIL ON, and a code mailed there."""
    if wanted is not None and not reason:
        raise click.UsageError("Say --reason: how did he say so?")
    with in_department(slug) as (work, department_id):
        who = officer_named(work, department_id, badge)
        if wanted is not None:
            work.actor = Actor(OPERATOR.kind, OPERATOR.channel, behalf_of_id=who.person_id)
            choose_mail(work, department_id, who.id, wanted, "office", by=by, words=reason)
        chosen = mail_choice(work, department_id, who.id)
        if wanted not in (None, "nothing") and (chosen is None or not chosen.is_mailed):
            raise click.ClickException("He has no address that he has confirmed himself: he texts EMAIL ON.")
    click.echo(f"{who.name}, badge {badge}: {_said(chosen)}")


def _said(chosen: MailChoice | None) -> str:
    if chosen is None:
        return "is mailed nothing; no address of his is known."
    if chosen.state == "bad":
        return f"is mailed nothing: mails to {chosen.address} come back."
    return _SAYS[chosen.wanted].format(chosen.address)
