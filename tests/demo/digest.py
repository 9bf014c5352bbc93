"""What the records came to, without ids and real times, so that two runs of the same day can be compared."""

import sqlalchemy as sa

from models.session import Database

QUERIES = {
    "signups": "select d.ref, f.ref, r.preference, r.signed_up_at, r.withdrawn_at from signup r {opening} {officer}",
    "verdicts": "select d.ref, f.ref, r.outcome, r.place, r.reason, r.figures from verdict r {opening} {officer}",
    "assignments": "select d.ref, f.ref, r.state, r.given_at, r.ended_at from assignment r {opening} {officer}",
    "offers": "select d.ref, f.ref, r.state, r.made_at, r.ended_at from offer r {opening} {officer}",
    "drops": "select zone, state, dropped_at, ended_at from assignment_drop",
    "penalties": "select kind, from_at, until_at from penalty",
    "attendance": "select kind, stated_at, happened_at from attendance",
    "rotation": "select f.ref, r.place from rotation r {officer}",
    "hours": "select f.ref, r.minutes from hours_count r {officer}",
    # A one-time code that was mailed is another in each run.
    "texts in": "select from_number, regexp_replace(body, '^[0-9]{{6}}$', 'a code'), received_at from message_in",
    "texts out": "select to_number, prompt, body, state, made_at, failure from message_out",
    "mails": "select to_address, prompt, title, state, made_at, failure from mail_out",
    "turns": "select flow, step, number, happened_at from turn",
    "hand-offs": "select reason, urgent, handed_at from hand_off",
    # Whether one was taken back and handed over again is a matter of the carrier; what became of it stands above.
    "events": "select name, happened_at, actor_kind, subject_kind from event"
    " where subject_kind not in ('message_out', 'mail_out')",
}
OPENING = (
    "join opening o on o.department_id = r.department_id and o.id = r.opening_id"
    " join detail d on d.department_id = o.department_id and d.id = o.detail_id"
)
OFFICER = "join officer f on f.department_id = r.department_id and f.id = r.officer_id"


def digest(url: str) -> dict[str, list[str]]:
    """Every record of the main job, a line each, sorted, by what it is."""
    database = Database(url, demo_clock=True, pool_size=1)
    try:
        return {
            name: sorted(line for department in database.departments() for line in _lines(database, department, query))
            for name, query in QUERIES.items()
        }
    finally:
        database.dispose()


def _lines(database: Database, department_id: int, query: str) -> list[str]:
    statement = sa.text(query.format(opening=OPENING, officer=OFFICER))
    with database.begin([department_id]) as work:
        return [f"{department_id}: {tuple(map(str, row))}" for row in work.conn.execute(statement)]
