"""`dutyline officer pin`: an officer's PIN for calls, set or unlocked by the office. It is on no command line."""

import getpass
import sys

import click

from bot.cli.office import OPERATOR, in_department, officer_named
from models.people import pin as pins
from models.people.pin_choice import Refusal
from models.session import Actor, Work

_REFUSED: dict[Refusal, str] = {
    "length": "It must have four to eight figures.",
    "repeats": "It repeats itself.",
    "run": "It counts up or down.",
    "year": "It looks like a year.",
    "common": "It is among those that are tried first.",
    "own_badge": "It is his badge number.",
    "own_phone": "It is the end of his phone number.",
}


@click.command("pin")
@click.argument("badge")
@click.option("--department", "slug", required=True, metavar="SLUG", help="The officer's department.")
@click.option("--set", "way", flag_value="set", help="Set the PIN that is typed at a prompt, or comes on stdin.")
@click.option("--one-time", "way", flag_value="one_time", help="Draw one, shown once; his next call begins with it.")
@click.option("--clear", "way", flag_value="clear", help="He has no PIN any more.")
@click.option("--unlock", "way", flag_value="unlock", help="Forget wrong tries: he may try again at once.")
@click.option("--reason", required=True, help="Why; it goes on record.")
@click.option("--by", default=getpass.getuser, show_default="who is signed in", help="Who decides it.")
def pin_command(badge: str, slug: str, way: str | None, reason: str, by: str) -> None:
    """The PIN by which the officer with BADGE is known when he calls; he is told of each change by text.

    A one-time PIN holds for 72 hours and must be changed in the call it is used in. It is for an officer who stands
    before you or whom you have called back: whoever asks for one on the phone may be anybody.
    """
    if way is None:
        raise click.UsageError("Say --set, --one-time, --clear or --unlock.")
    told = {"by": by, "words": reason}
    # Asked for before the transaction: nobody is locked while a person types.
    typed = _typed() if way == "set" else ""
    with in_department(slug) as (work, department_id):
        who = officer_named(work, department_id, badge)
        work.actor = Actor(OPERATOR.kind, OPERATOR.channel, behalf_of_id=who.person_id)
        done = _do(work, department_id, who.person_id, way, typed, told)
    click.echo(f"{who.name}, badge {badge}: {done}", err=True)


def _do(work: Work, department_id: int, person_id: int, way: str, typed: str, told: dict[str, str]) -> str:
    if way == "set":
        refused = pins.set_pin(work, department_id, person_id, typed, **told)
        if refused is not None:
            raise click.ClickException(f"Not set. {_REFUSED[refused]}")
        return "PIN set; he is told that it was."
    if way == "one_time":
        try:
            click.echo(pins.draw_one_time_pin(work, department_id, person_id, **told))
        except pins.BeingRecorded:
            raise click.ClickException("Not drawn: a call of his is being recorded, and it would be on it.") from None
        return f"one-time PIN above, for his next call within {pins.ONE_TIME_PIN_HOURS} hours. It is not shown again."
    if way == "clear":
        return "has no PIN now." if pins.clear_pin(work, department_id, person_id, **told) else "had no PIN."
    pins.unlock(work, department_id, person_id, **told)
    return "may try his PIN again."


def _typed() -> str:
    """From a prompt that does not echo, twice; or one line of standard input, where that is no terminal."""
    if sys.stdin.isatty():
        return str(click.prompt("New PIN", hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline().strip()
