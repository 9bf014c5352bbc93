"""`dutyline demo`: plays a whole day of two made-up departments, then goes on serving."""

import os
import threading
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

import click
from redis import Redis

from bot.bell import Bell, redis_for_bells
from bot.cli.house import POCKET_PHONE, house
from bot.cli.stages.bundles import hurry, read_bundles
from bot.cli.stages.cast import cast_of
from bot.cli.stages.idle import Idleness
from bot.cli.stages.over_http import OverHttp
from bot.cli.stages.telephone import pins_for
from bot.cli.stages.telling import Teller
from bot.cli.stepping import clock_of, move
from bot.config import NAMES, ROOT, var_folder
from bot.pocket_phone.client import PocketPhoneClient
from bot.servers.databases import create_database, drop_database
from bot.servers.folders import ServerError, own_folder
from bot.servers.plan import Plan, make_plan
from bot.transcripts.parsing import parse
from bot.transcripts.playing import Played, play
from bot.transcripts.script import Note, Transcript
from models.bundle.load import load
from models.bundle.schema import Bundle
from models.session import Database

DAY = Path(__file__).parent / "demonstration" / "day.txt"
DATABASE = "demonstration"


@click.command("demo")
@click.option("--once", is_flag=True, help="End after the day; exit status 0 if every step did what it should.")
@click.option(
    "--port", type=click.IntRange(1, 65535), help="Port of the web server. Default: 8000 or the next free one."
)
@click.pass_context
def demo(ctx: click.Context, once: bool, port: int | None) -> None:
    """Play a whole day of two made-up departments, then go on serving until Ctrl-C.

    Everything is real but the carrier, which is the pocket phone: web, workers, clock, PostgreSQL and Redis of our own
    below var/. The day is driven by signed webhooks only and printed as a transcript. It begins afresh each time, in a
    database of its own; nothing else is touched. Afterwards the demonstration's clock runs, and the pocket phone's page
    has everybody's phone to text from. Logs are in var/log.
    """
    var = own_folder(var_folder(), 0o755)
    environ = {**_without_settings(), "DUTYLINE_MODE": "demo"}
    click.echo("Starting the demonstration ...", err=True)
    with house(
        var,
        lambda: make_plan(var, environ, port=port, database=DATABASE),
        echo=False,
        furnish=partial(begin_afresh, var),
    ) as (supervisor, plan):
        day = _Day(plan, once=once)
        day.start()
        supervisor.watch(until=day.is_to_end)
        day.leave()
    if day.failure is not None:
        raise click.ClickException(day.failure)
    ctx.exit(0 if day.went_well else 1)


class _Day:
    """The day, played beside the supervisor: its thread must keep house."""

    def __init__(self, plan: Plan, *, once: bool) -> None:
        self.went_well = False
        self.failure: str | None = None
        self._plan = plan
        self._once = once
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._play, name="day", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def is_to_end(self) -> bool:
        """Whether there is nothing more to serve for."""
        return self._is_over.is_set() and (self._once or self.failure is not None)

    def leave(self) -> None:
        """The house goes: one who still plays is cut off, and has not gone well."""
        if not self._is_over.is_set():
            self.failure = "The demonstration was ended in the middle of its day."
        elif not self._once and self.failure is None:
            self.went_well = True

    def _play(self) -> None:
        try:
            played = play_day(self._plan, click.echo)
            self.went_well = played.went_well
            click.echo(_outcome(played))
            if not self._once:
                click.echo(_where(self._plan))
        except Exception as error:  # whatever it was, the house must not stand there as if all were well
            self.failure = f"The day could not be played: {error}"
        finally:
            self._is_over.set()


def play_day(plan: Plan, echo: Callable[[str], object], day: Path = DAY) -> Played:
    """Set the departments up on the running installation and play `day`, telling it as it goes."""
    transcript = parse(day.read_text(encoding="utf-8"), day.name)
    bundles = list(read_bundles(transcript.bundles, day.parent).values())
    bell = Bell(redis_for_bells(plan.environment["REDIS_URL"]))
    database = Database(plan.environment["DATABASE_URL"], demo_clock=True, ring=bell.ring, pool_size=2, mails=True)
    with closing(PocketPhoneClient(plan.environment["TWILIO_API_BASE"])) as phone:
        try:
            _set_up(database, phone, transcript, bundles)
            cast = cast_of(bundles)
            pins = pins_for(database, transcript, cast)
            stage = OverHttp(database, phone, Idleness(database, bell, phone), cast, pins)
            stage.mind_phones()
            stage.settle()
            # That PINs were drawn for those who call is no part of the day.
            stage.messages()
            echo(transcript.title)
            played = play(transcript, Teller(stage, transcript, echo))
            stage.mind_phones("nobody")
            move(database, clock_of(database)[0], running=True)
            return played
        finally:
            database.dispose()


def _set_up(database: Database, phone: PocketPhoneClient, transcript: Transcript, bundles: list[Bundle]) -> None:
    """The clock, the phones, and the departments, imported as `department import` does it."""
    move(database, transcript.starts_at, running=False)
    phone.clear(contacts=True, lines=True)
    for bundle in bundles:
        for number in bundle.department.lines:
            phone.add_line(number, bundle.department.name)
        for officer in bundle.officers:
            for number in officer.phones:
                phone.add_contact(number, officer.name)
        load(database, bundle, f"{bundle.department.slug}.yaml")
    hurry(database)


def begin_afresh(var: Path, plan: Plan) -> None:
    """Drop the last demonstration, and what its carrier still had on its way; nothing else. Nothing of it runs yet."""
    if plan.postgres is None or plan.redis is None:
        raise ServerError("The demonstration runs on servers of its own, and var/env names others: move var/env away.")
    drop_database(plan.postgres, DATABASE)
    create_database(plan.postgres, DATABASE)
    with Redis.from_url(plan.redis.url()) as redis:
        redis.flushdb()
    for file in var.glob(f"{POCKET_PHONE}*"):
        file.unlink()


def _without_settings() -> dict[str, str]:
    """The environment without settings of ours: no real database and no real carrier must be reached from here."""
    ours = {*NAMES, *(f"{name}_FILE" for name in NAMES)} - {"PORT"}
    return {name: value for name, value in os.environ.items() if name not in ours}


def _outcome(played: Played) -> str:
    """Whether all of it was as the transcript has it."""
    if played.went_well:
        told = sum(not isinstance(step, Note) for step in played.steps)
        return f"\nAll {told} steps of the day went as written in {DAY.relative_to(ROOT)}."
    return "\n".join(["\nThe day did not go as written:", *map(str, played.differences)])


def _where(plan: Plan) -> str:
    """Where to look and what to try, once the day is over."""
    return (
        "\nThe demonstration goes on, and its clock runs.\n"
        f"  Phones to text from, and the clock:  {plan.environment['TWILIO_API_BASE']}/\n"
        f"  The web server:                      {plan.environment['PUBLIC_URL']}/\n"
        "  The clock by hand:                   .venv/bin/dutyline clock advance 2h\n"
        "Ctrl-C ends it."
    )
