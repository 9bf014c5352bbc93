"""What a transcript may say about the records: `record: KIND of WHO for {REF} is STATE`.

An event is asked for by its name: `record: event assignment_confirmed of Alvarez for {harbor-sat} is written`. Every
kind is one query; whoever adds a kind adds it here and to docs/transcripts.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from bot.cli.stages.codes import Coded, openings_by_ref
from bot.transcripts.playing import StageError
from bot.transcripts.script import Record
from models.session import Database


@dataclass(frozen=True, slots=True)
class _Kind:
    """Where the records of a kind are, what their state is, and by what a line may name one.

    The query's `o` is an opening and its `p` a person, so far as the kind has them.
    """

    state: str
    tables: str
    has_person: bool = True
    has_opening: bool = True


def _opening(of: str) -> str:
    return f"join opening o on o.department_id = {of}.department_id and o.id = {of}.opening_id"


def _officer(of: str) -> str:
    return (
        f"join officer f on f.department_id = {of}.department_id and f.id = {of}.officer_id"
        " join person p on p.id = f.person_id"
    )


_BOTH = f"{_opening('r')} {_officer('r')}"
_BY_ASSIGNMENT = (
    f"join assignment a on a.department_id = r.department_id and a.id = r.assignment_id {_opening('a')} {_officer('a')}"
)

KINDS = {
    "signup": _Kind("case when r.withdrawn_at is null then 'live' else 'withdrawn' end", f"signup r {_BOTH}"),
    "verdict": _Kind("r.outcome", f"verdict r {_BOTH}"),
    "assignment": _Kind("r.state", f"assignment r {_BOTH}"),
    "offer": _Kind("r.state", f"offer r {_BOTH}"),
    "drop": _Kind("r.state", f"assignment_drop r {_BY_ASSIGNMENT}"),
    "swap request": _Kind("r.state", f"swap_request r {_BY_ASSIGNMENT}"),
    "penalty": _Kind(
        "case when r.lifted_at is null then r.kind else 'lifted' end",
        f"penalty r {_BY_ASSIGNMENT}",
    ),
    "attendance": _Kind("r.kind", f"(select * from attendance where superseded_at is null) r {_BY_ASSIGNMENT}"),
    "slot": _Kind("r.state", f"slot r {_opening('r')}", has_person=False),
    "posting": _Kind(
        "r.state",
        "posting r join opening o on o.department_id = r.department_id and o.detail_id = r.detail_id",
        has_person=False,
    ),
    "detail": _Kind(
        "r.state",
        "detail r join opening o on o.department_id = r.department_id and o.detail_id = r.id",
        has_person=False,
    ),
    "hand-off": _Kind("r.reason", "hand_off r left join person p on p.id = r.person_id", has_opening=False),
    "enrolment": _Kind("r.state", "enrolment r", has_opening=False),
    "opt-out": _Kind("'live'", "opt_out r", has_opening=False),
    "text": _Kind("r.state", "message_out r left join person p on p.id = r.person_id", has_opening=False),
    "recording": _Kind(
        "r.state",
        "(select distinct on (department_id, call_id) * from recording order by department_id, call_id, id desc) r"
        " join person p on p.id = r.person_id",
        has_opening=False,
    ),
    "consent": _Kind("r.word", "recording_consent r left join person p on p.id = r.person_id", has_opening=False),
    "event": _Kind(
        "r.name",
        "event r left join opening o on o.department_id = r.department_id and o.id = r.opening_id"
        " left join officer f on f.department_id = r.department_id and f.id = r.officer_id"
        " left join person p on p.id = f.person_id",
    ),
}


def opening_named(database: Database, ref: str) -> Coded | None:
    """The opening a line names by ref; None when it names none. Raises `StageError`."""
    if not ref:
        return None
    known = openings_by_ref(database)
    if ref not in known:
        raise StageError(f"no detail here is called {ref}")
    return known[ref]


def states(database: Database, record: Record, number: str | None, opening: Coded | None) -> Sequence[str]:
    """The states of the records a line speaks of: of whoever has the phone, for the opening.

    A state that is the line's own but for spaces, dashes or underscores is given in the line's spelling.
    """
    named, _, event = record.kind.partition("event ")
    kind = KINDS.get("event" if event else named.replace(" ", "-"))
    if kind is None:
        raise StageError(f"there is no kind of record {record.kind!r}; there are {', '.join(KINDS)}")
    if number is not None and not kind.has_person:
        raise StageError(f"a {record.kind} is nobody's: leave out who")
    if opening is not None and not kind.has_opening:
        raise StageError(f"a {record.kind} is for no detail: leave it out")
    found = _rows(database, kind, number, opening)
    if event:
        return ["written" for name in found if _plain(name) == _plain(event)]
    return [record.state if _plain(state) == _plain(record.state) else state.replace("_", " ") for state in found]


def _rows(database: Database, kind: _Kind, number: str | None, opening: Coded | None) -> list[str]:
    conditions = ["true"]
    if number is not None:
        conditions.append(_of_number(kind))
    if opening is not None:
        conditions.append("o.department_id = :d and o.id = :opening")
    query = sa.text(f"select {kind.state} as state from {kind.tables} where {' and '.join(conditions)}")
    bound = {
        "number": number,
        "d": opening.department_id if opening else None,
        "opening": opening.opening_id if opening else None,
    }
    found: list[str] = []
    for department_id in database.departments():
        with database.begin([department_id]) as work:
            found += work.conn.execute(query, bound).scalars()
        if kind.tables.startswith("opt_out"):
            break  # opt-outs belong to lines, not to departments
    return found


def _of_number(kind: _Kind) -> str:
    """Texts and opt-outs have the number itself, strangers' too; all else is somebody's by his phone."""
    if kind.tables.startswith("message_out"):
        return "r.to_number = :number"
    if kind.tables.startswith(("opt_out", "enrolment")):
        return "r.number = :number"
    return "p.id = (select person_id from phone where number = :number)"


def _plain(state: str) -> str:
    return state.replace("-", " ").replace("_", " ").strip()
