"""`dutyline clock`: shows and moves the demonstration's clock. Production has none."""

import json
import re
from datetime import datetime, timedelta
from functools import reduce

import click
import requests

from bot.bell import Bell, redis_for_bells
from bot.cli.stages.idle import Idleness, NotIdle
from bot.cli.stepping import NoClock, clock_of, step_to
from bot.config import Config
from bot.pocket_phone.client import PocketPhoneClient, PocketPhoneError
from models.session import Database

_PART = re.compile(r"(\d+(?:\.\d+)?)\s*(s|sec|second|m|min|minute|h|hour|d|day|w|week)s?(?![a-z])\s*(?:,|and)?\s*")
_UNITS = {
    "s": timedelta(seconds=1),
    "m": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "w": timedelta(weeks=1),
}
LONGEST = timedelta(days=366)


class Duration(click.ParamType[timedelta]):
    """A length of time as people write it: 45m, 2h30m, "3 hours", 1d."""

    name = "duration"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> timedelta:
        """The length; fails on what is none, or is negative, or longer than a year."""
        if isinstance(value, timedelta):
            return value
        text = str(value).strip().lower()
        parts = _PART.findall(text)
        if not parts or _PART.sub("", text):
            self.fail(f"{value!r} is no length of time; write 45m, 2h30m, 3 hours or 1d.", param, ctx)
        length = reduce(lambda total, part: total + float(part[0]) * _UNITS[part[1][0]], parts, timedelta())
        if length > LONGEST:
            self.fail("At most a year at a time.", param, ctx)
        return length


@click.group("clock")
def clock() -> None:
    """The demonstration's clock (DUTYLINE_MODE=demo only)."""


@clock.command("show")
@click.option("--json", "as_json", is_flag=True, help="One JSON object: now, running.")
def show(as_json: bool) -> None:
    """Say what time it is in the demonstration."""
    database = _database(_demo())
    try:
        _say(database, as_json=as_json)
    finally:
        database.dispose()


@clock.command("advance")
@click.argument("duration", type=Duration())
@click.option("--json", "as_json", is_flag=True, help="One JSON object: now, running.")
def advance(duration: timedelta, as_json: bool) -> None:
    """Move the clock on by DURATION: 45m, 2h30m, "3 hours", 1d.

    It stops at every time at which something is due, waits until that is done, and goes on. Workers must be running
    (dutyline up, dutyline demo). What does not get done is named, and the clock stays there.
    """
    config = _demo()
    bell = Bell(redis_for_bells(config.redis_url or ""))
    database = _database(config, bell)
    phone = _pocket_phone(config)
    try:
        target = _now(database) + duration
        step_to(database, target, Idleness(database, bell, phone).wait)
        _say(database, as_json=as_json)
        _tell(phone, _now(database))
    except (NoClock, NotIdle) as error:
        raise click.ClickException(str(error)) from None
    finally:
        database.dispose()


def _demo() -> Config:
    config = Config.load()
    if not config.is_demo:
        raise click.ClickException("Only a demonstration has a clock that can be moved: production runs on real time.")
    config.require()
    if config.database_url is None or config.redis_url is None:
        raise click.ClickException("There is no demonstration here; dutyline demo sets one up.")
    return config


def _database(config: Config, bell: Bell | None = None) -> Database:
    return Database(config.database_url or "", demo_clock=True, ring=bell.ring if bell else None, pool_size=2)


def _pocket_phone(config: Config) -> PocketPhoneClient | None:
    """The pocket phone, if that is what stands in for the carrier, and it is there."""
    base = config.twilio_api_base
    try:
        with requests.Session() as http:
            http.trust_env = False
            found = base is not None and http.get(f"{base}/pocket/idle", timeout=5).ok
    except requests.RequestException:
        return None
    return PocketPhoneClient(base) if base and found else None


def _now(database: Database) -> datetime:
    try:
        return clock_of(database)[0]
    except NoClock as error:
        raise click.ClickException(str(error)) from None


def _say(database: Database, *, as_json: bool) -> None:
    now = _now(database)
    running = clock_of(database)[1]
    if as_json:
        click.echo(json.dumps({"now": now.isoformat(), "running": running}))
    else:
        click.echo(f"{now:%a %b %d %Y %H:%M:%S} UTC, {'running' if running else 'standing still'}")


def _tell(phone: PocketPhoneClient | None, now: datetime) -> None:
    """The page need not ask; that it does not answer is no failure of the clock."""
    if phone is None:
        return
    try:
        phone.tell_clock(now.isoformat())
    except PocketPhoneError:
        return
