"""What departments have brought: lines, officers, time zones, consent, whom to ask."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from zoneinfo import ZoneInfoNotFoundError

import sqlalchemy as sa

from bot.cli.examination.finding import Finding, bad, well
from bot.cli.examination.house import application_database
from ivr_prompts.audio import folders_of_departments
from models.line.consent import lacking
from models.people.department import department_id_of, zone
from models.people.pin import without_pin
from models.session import Database

_NAMED = 10
"""So many badges are named at most."""


def examine_people(url: str | None, *, has_service: bool) -> Iterator[Finding]:
    """Each department that there is; nothing where the database does not answer, which is said elsewhere."""
    if url is None:
        return
    try:
        with application_database(url) as database:
            yield from _departments(database, has_service=has_service)
    except sa.exc.SQLAlchemyError:
        return


def examine_recordings(url: str | None, installation: Sequence[Path]) -> Iterator[Finding]:
    """Whether each folder of a department's own recordings is named by a department that there is."""
    folders = folders_of_departments(installation)
    if url is None or not folders:
        return
    try:
        with application_database(url) as database, database.engine.connect() as connection:
            strange = [folder for folder, slug in folders.items() if department_id_of(connection, slug) is None]
    except sa.exc.SQLAlchemyError:
        return
    for folder in strange:
        yield bad(
            "recordings",
            f"{folder} is named by no department.",
            "Nobody hears what is recorded there.",
            "Name the folder by the department's slug, as dutyline prompts audio add --department does.",
            is_needed=False,
        )


def _departments(database: Database, *, has_service: bool) -> Iterator[Finding]:
    with database.engine.connect() as connection:
        rows = connection.execute(sa.text(_DEPARTMENTS)).all()
    if not rows:
        yield bad(
            "department",
            "There is no department yet.",
            "Texts are answered for a department, by its rules.",
            'dutyline department create SLUG --name "…" --timezone America/New_York --line +1…',
        )
    lines = sum(row.lines for row in rows)
    if lines:
        yield well("line", f"There {'are' if lines > 1 else 'is'} {lines} line{'s' if lines > 1 else ''} to text from.")
    elif not has_service or rows:
        yield bad(
            "line",
            "There is no line to text from: import a department, or set TWILIO_MESSAGING_SERVICE_SID.",
            "Officers text to a line, and are texted from it.",
            "Name the number in dutyline department create --line, or in the bundle's department.lines.",
        )
    for row in rows:
        yield from _department(database, row)


def _department(database: Database, row: sa.Row[tuple[object, ...]]) -> Iterator[Finding]:
    yield _time_zone(row.slug, row.time_zone)
    if row.contact is None:
        yield bad(
            "contact",
            f"{row.slug} has no contact for its public pages.",
            "Carriers want a contact for help on the pages /terms and /privacy.",
            "Set department.contact in its bundle, and import that.",
            is_needed=False,
        )
    with database.begin([row.id]) as work:
        count = work.conn.execute(sa.text(_REACHABLE), {"d": row.id}).scalar_one()
        without = lacking(work, row.id)
        lacking_pins = without_pin(work, row.id) if row.lines else []
    if count == 0:
        yield bad(
            "officers",
            f"{row.slug} has no officer with a phone.",
            "There is nobody to text.",
            f'dutyline department roster FILE --department {row.slug} --consent "…"',
        )
        return
    yield well("officers", f"{row.slug}: {count} officer{'s' if count > 1 else ''} with a phone.")
    yield from _pins(row.slug, lacking_pins)
    if not without:
        yield well("consent", f"{row.slug}: every one of them agreed to be texted.")
        return
    yield bad(
        "consent",
        f"{row.slug}: {len(without)} of {count} with a phone have not agreed to be texted: "
        f"{_named([each.badge for each in without])}.",
        "They are answered when they text, but not told of new details.",
        "Have them text START to the line, or import the roster again with --consent. Who texted STOP must text START.",
        is_needed=len(without) == count,
    )


def _pins(slug: str, badges: list[str]) -> Iterator[Finding]:
    """A note and no more: who calls without a PIN sets one in that call."""
    if not badges:
        yield well("pins", f"{slug}: every officer has a PIN for calls.")
        return
    yield bad(
        "pins",
        f"{slug}: {len(badges)} officers have no PIN for calls yet: {_named(badges)}.",
        "Nothing is told or done in a call before its caller has keyed his PIN.",
        "They call from their own phone and set one, or dutyline officer pin BADGE --one-time makes a first one.",
        is_needed=False,
    )


def _named(badges: list[str]) -> str:
    return ", ".join(badges[:_NAMED]) + (", …" if len(badges) > _NAMED else "")


def _time_zone(slug: str, name: str) -> Finding:
    try:
        zone(name)
    except (ZoneInfoNotFoundError, ValueError):
        return bad(
            "time zone",
            f"This machine does not know {slug}'s time zone {name}.",
            "Its rules and its texts go by its own clock.",
            "Install the system's tzdata, or the Python package tzdata.",
        )
    return well("time zone", f"{slug} goes by {name}.")


_DEPARTMENTS = """
select d.id, d.slug, d.time_zone, d.contact, (select count(*) from line l where l.department_id = d.id) as lines
  from department d order by d.id
"""
_REACHABLE = """
select count(distinct o.id) from officer o join phone p on p.person_id = o.person_id and p.state = 'good'
 where o.department_id = :d and o.status <> 'separated'
"""
