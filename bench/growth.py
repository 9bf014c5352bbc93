"""
What a text costs with years behind it: in a department without history, and in one with up to a million events.

Two departments alike in one database, asked in turns, so that whatever slows the machine slows both. One of them has a
past: texts, turns, replies, reports, done duties, sealed events, and details long over, of a hundred and thirty
officers. Through the web application in this process down to the commit, as the application's role.
`python -m bench.growth` is fifty thousand events, `--long` a million; --events says another number.
"""

import argparse
import itertools
import statistics
import time
import uuid
from dataclasses import dataclass

import sqlalchemy as sa
from flask.testing import FlaskClient
from twilio.request_validator import RequestValidator

from bench.turn import BUNDLE, HOME, STANDS_AT, TOKEN, config_for
from bot.app import create_app, services_for
from bot.bell import Bell
from bot.config import Config
from bot.servers.scratch import scratch
from models.bundle.load import load
from models.bundle.reading import read
from models.bundle.schema import Bundle
from models.line.clock import set_clock
from models.line.duty import queues_due
from models.proof.seal import seal_events
from models.session import Database
from workers.drain import drain
from workers.tools import Tools, use

EVENTS, LONG_EVENTS = 50_000, 1_000_000
ROUNDS, LONG_ROUNDS, WARM_UP = 60, 200, 30
CREW = 125

# :n is the number of events; each statement makes its share of them, two minutes apart, the newest yesterday.
_WHEN = "timestamptz '2026-11-23 15:00+00' - (:n - i) * interval '2 minutes'"
_HISTORY = {
    "message_in": (
        "insert into message_in (department_id, line_id, person_id, sid, from_number, body, raw, received_at)"
        " select :d, :line, people[1 + i % cardinality(people)], 'old' || i, '+13515550101', 'LIST', '{}',"
        f" {_WHEN} from generate_series(1, :n, 4) i, someone"
    ),
    "message_out": (
        "insert into message_out (department_id, line_id, person_id, to_number, prompt, body, segments, state, due_at,"
        " made_at, accepted_at, settled_at, sid) select :d, :line, people[1 + i % cardinality(people)], '+13515550101',"
        f" 'list.open', 'Nothing is open.', 1, 'delivered', {_WHEN}, {_WHEN}, {_WHEN}, {_WHEN}, 'sent' || i"
        " from generate_series(1, :n, 4) i, someone"
    ),
    "message_status": (
        "insert into message_status (department_id, message_out_id, sid, status)"
        " select :d, id, sid, s from message_out, unnest(array['sent', 'delivered']) s"
        " where department_id = :d and state = 'delivered'"
    ),
    "turn": (
        "insert into turn (department_id, conversation_id, number, understood, flow, happened_at)"
        f" select :d, c.id, 1000000 + i, '{{}}', 'list', {_WHEN} from generate_series(1, :n, 4) i,"
        " (select id from conversation where department_id = :d order by id limit 1) c"
    ),
    "duty": (
        "insert into duty (department_id, queue, kind, subject_id, fence, due_at, done_at)"
        f" select :d, 'reminders', 'remind_hour_before', i, 'old', {_WHEN}, {_WHEN} from generate_series(1, :n, 4) i"
    ),
    "detail": (
        "insert into detail (department_id, site_id, ref, pool, state) select :d, (select min(id) from site where"
        " department_id = :d), 'old' || i, 'details', 'finished' from generate_series(1, :n, 200) i"
    ),
    "posting": (
        "insert into posting (department_id, detail_id, posted_at, closes_at, award_at, state)"
        " select :d, id, timestamptz '2020-01-01', timestamptz '2020-01-02', timestamptz '2020-01-02', 'awarded'"
        " from detail where department_id = :d and ref like 'old%'"
    ),
    "opening": (
        "insert into opening (department_id, detail_id, code, code_retired_at, starts_at, ends_at)"
        f" select :d, t.id, '000000', now(), {_WHEN}, {_WHEN} + interval '90 minutes'"
        " from (select id, substr(ref, 4)::integer as i from detail where department_id = :d and ref like 'old%') t"
    ),
    "slot": (
        "insert into slot (department_id, opening_id, number, state) select :d, id, 1, 'held' from opening"
        " where department_id = :d and code = '000000'"
    ),
    "assignment": (
        "insert into assignment (department_id, slot_id, opening_id, officer_id, person_id, handbook_id, during, state,"
        " given_at) select :d, s.id, o.id, f.id, f.person_id, (select max(id) from handbook where department_id = :d),"
        " tstzrange(o.starts_at, o.ends_at), 'paid', o.starts_at from opening o"
        " join slot s on s.department_id = o.department_id and s.opening_id = o.id"
        " join (select id, person_id, row_number() over (order by id) - 1 as place, count(*) over () as many"
        "         from officer where department_id = :d) f on o.id % f.many = f.place"
        " where o.department_id = :d and o.code = '000000'"
    ),
    "signup": (
        "insert into signup (department_id, opening_id, officer_id, signed_up_at)"
        " select :d, o.id, f.id, o.starts_at - interval '3 days' from opening o"
        " join (select id, row_number() over (order by id) as place from officer where department_id = :d) f"
        "   on (o.id + f.place) % 13 = 0"
        " where o.department_id = :d and o.code = '000000'"
    ),
    "event": (
        "insert into event (department_id, name, happened_at, actor_kind, actor_id, channel, subject_kind, subject_id,"
        " officer_id, opening_id) select :d, 'officer_signed_up', "
        f"{_WHEN}, 'officer', people[1 + i % cardinality(people)], 'sms', 'signup', i,"
        " officers[1 + i % cardinality(officers)], first_opening + i % 5000 from generate_series(1, :n) i, someone"
    ),
}
_SOMEONE = (
    "with someone as (select array_agg(person_id order by id) as people, array_agg(id order by id) as officers,"
    " (select min(id) from opening where department_id = :d) as first_opening from officer where department_id = :d) "
)


@dataclass(frozen=True, slots=True)
class Town:
    """A department, its line, an officer's phone and the code of a detail that is open."""

    id: int
    line: str
    phone: str
    code: str


def main() -> None:
    """Print the medians with and without history, their ratio, and what sealing costs."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").strip().splitlines()[0])
    parser.add_argument("--long", action="store_true")
    parser.add_argument("--events", type=int)
    asked = parser.parse_args()
    events = asked.events or (LONG_EVENTS if asked.long else EVENTS)
    rounds = LONG_ROUNDS if asked.long else ROUNDS
    with scratch(HOME) as servers:
        config = config_for(servers.database_url, servers.redis_url)
        young, old = _furnish(config)
        client = create_app(config).test_client()
        for town in (young, old):
            _text(config, client, town, "LIST")
        _grow(config, old, events)
        texts = ["LIST", "MINE", "S{code}", "A{code}", "W{code}", "HELLO"]
        times = _measure(config, client, (young, old), texts, rounds)
        print(f"text       no history   {events:,} events   ratio    (median ms of {rounds})")
        for text in texts:
            without, with_it = (statistics.median(times[text, town.id]) for town in (young, old))
            print(f"{text:9} {without:11.2f} {with_it:18.2f} {with_it / without:7.2f}")
        total = [sum(statistics.median(times[text, town.id]) for text in texts) for town in (young, old)]
        print(f"{'all':9} {total[0]:11.2f} {total[1]:18.2f} {total[1] / total[0]:7.2f}")


def _furnish(config: Config) -> tuple[Town, Town]:
    owner = sa.create_engine(config.database_url or "")
    with owner.begin() as conn:
        set_clock(conn, STANDS_AT)
    owner.dispose()
    services = services_for(config)
    use(Tools(services.database, Bell(services.redis), None))  # type: ignore[arg-type]  # nothing is sent here
    written = BUNDLE.read_text(encoding="utf-8")
    elsewhere = written.replace("slug: millbrook", "slug: oldtown").replace("+1978", "+1351")
    towns = [_found(services.database, text) for text in (written, elsewhere)]
    services.database.dispose()
    return towns[0], towns[1]


def _found(database: Database, text: str) -> Town:
    bundle = _with_crew(read(text, BUNDLE.name))
    department_id = load(database, bundle, BUNDLE.name).department_id
    drain("awarding", department_id)
    with database.begin([department_id]) as work:
        code = work.conn.execute(sa.text("select code from opening order by starts_at desc limit 1")).scalar_one()
    return Town(department_id, bundle.department.lines[0], bundle.officers[0].phones[0], code)


def _with_crew(bundle: Bundle) -> Bundle:
    """Officers who are there, and among whom the past is spread as in life; they have no phones and are not told."""
    crew = tuple(
        bundle.officers[0].model_copy(
            update={"ref": f"crew{place}", "badge": f"9{place:03}", "name": f"Crew {place}", "phones": ()}
        )
        for place in range(CREW)
    )
    return bundle.model_copy(update={"officers": (*bundle.officers, *crew)})


def _grow(config: Config, town: Town, events: int) -> None:
    """Years, made at once by the owner, sealed by the application, and looked over as autovacuum does."""
    owner = sa.create_engine(config.database_url or "")
    with owner.begin() as conn:
        conn.execute(sa.text("select set_config('dutyline.departments', :d, true)"), {"d": f"{{{town.id}}}"})
        line = conn.execute(sa.text("select id from line where number = :n"), {"n": town.line}).scalar_one()
        for statement in _HISTORY.values():
            bound = {"d": town.id, "line": line, "n": events}
            conn.execute(sa.text((_SOMEONE if "someone" in statement else "") + statement), bound)
    with owner.connect().execution_options(isolation_level="AUTOCOMMIT") as conn:
        conn.execute(sa.text("vacuum analyze"))
    owner.dispose()
    _seal(config, town, events)


def _seal(config: Config, town: Town, events: int) -> None:
    """What sealing costs at the chain's beginning and at its end."""
    database = Database(config.database_url or "", demo_clock=True, pool_size=1)
    paces = []
    for _ in itertools.count():
        begun_at = time.perf_counter()
        with database.begin([town.id]) as work:
            sealed = seal_events(work, town.id, 5000)
            queues_due(work, town.id)
        if sealed < 5000:
            break
        paces.append(sealed / (time.perf_counter() - begun_at))
    database.dispose()
    if len(paces) > 20:
        first, last = statistics.median(paces[:10]), statistics.median(paces[-10:])
        print(f"sealed {events:,} events: {first:,.0f} a second at the beginning, {last:,.0f} at the end")


def _measure(
    config: Config, client: FlaskClient, towns: tuple[Town, Town], texts: list[str], rounds: int
) -> dict[tuple[str, int], list[float]]:
    times: dict[tuple[str, int], list[float]] = {(text, town.id): [] for text in texts for town in towns}
    for number in range(WARM_UP + rounds):
        for text in texts:
            # Whoever goes second finds a warmer cache: they take turns.
            for town in towns if number % 2 else towns[::-1]:
                begun_at = time.perf_counter()
                _text(config, client, town, text.format(code=town.code))
                if number >= WARM_UP:
                    times[text, town.id].append(1000 * (time.perf_counter() - begun_at))
    return times


def _text(config: Config, client: FlaskClient, town: Town, body: str) -> None:
    form = {"MessageSid": f"SM{uuid.uuid4().hex}", "From": town.phone, "To": town.line, "Body": body, "NumMedia": "0"}
    signature = RequestValidator(TOKEN).compute_signature(f"{config.public_url}/twilio/sms", form)
    answer = client.post("/twilio/sms", data=form, headers={"X-Twilio-Signature": signature})
    if answer.status_code != 200:
        raise SystemExit(f"{body} answered {answer.status_code}")


if __name__ == "__main__":
    main()
