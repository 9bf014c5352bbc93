"""A backup brings back every record, on another server too; sealing and the workers go on where they stood."""

import time
from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result

from bot.cli.main import main
from bot.servers import archives
from bot.servers.databases import create_database, drop_database
from bot.servers.folders import ServerError
from bot.servers.keeper import SCRATCH
from bot.servers.postgres import EmbeddedPostgres
from bot.servers.scratch import Scratch, scratch
from models.line import message_delivery, message_out
from models.line.clock import set_clock
from models.line.duty import queues_due
from models.line.line import line_of
from models.people.phone import number_of
from models.proof import event
from models.proof.seal import NotOfThisServer, seal_events, verify
from models.session import Database
from tests.cast import MONDAY, Cast, assemble, assigns, at, post_detail, signs_up
from tests.conftest import TEST_HOME
from tests.demo.digest import digest
from tests.servers.homes import remove_home

# The records' own server has counted this many transactions more than the one they come to.
AHEAD = 4_000_000_000
_SERIAL = count(1)


@pytest.fixture
def source(scratch_servers: Scratch) -> Iterator[str]:
    """A database of this test's own: what is backed up is all there is in it."""
    with scratch(TEST_HOME) as servers:
        yield servers.database_url


@pytest.fixture
def target(scratch_servers: Scratch) -> Iterator[str]:
    """An empty database."""
    server = EmbeddedPostgres(TEST_HOME / "pg", keep=False)
    name = f"{SCRATCH}target_{time.time_ns()}_{next(_SERIAL)}"
    yield create_database(server, name)
    drop_database(server, name)


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[str]:
    """An empty database on a server of its own that has never heard of our roles."""
    home = tmp_path / "elsewhere" / "pg"
    server = EmbeddedPostgres(home, keep=False)
    server.start()
    yield create_database(server, "records")
    server.stop()
    remove_home(home)


@pytest.fixture
def cast(source: str) -> Cast:
    """Everybody, with a detail that is signed up for, one that is held, and a text still to be sent."""
    database = _open(source)
    with database.engine.begin() as conn:
        set_clock(conn, MONDAY)
    made = assemble(database)
    with at(database, made.millbrook) as work:
        signs_up(work, made.millbrook, made.alvarez, post_detail(work, made.millbrook, MONDAY + timedelta(days=3)))
        assigns(work, made.millbrook, made.brooks, post_detail(work, made.millbrook, MONDAY + timedelta(days=4)))
        number = number_of(work, made.alvarez.person_id)
        assert number is not None
        line = line_of(work, made.millbrook.id)
        message_out.write(
            work,
            made.millbrook.id,
            line,
            number,
            "Detail 4821 is yours.",
            prompt="test.text",
            person_id=made.alvarez.person_id,
        )
    database.dispose()
    return made


def _open(url: str) -> Database:
    return Database(url, demo_clock=True, pool_size=2)


def _run(url: str, *arguments: str) -> Result:
    environment = {"DATABASE_URL": url, "DUTYLINE_MODE": "demo"}
    return CliRunner().invoke(main, list(arguments), env=environment, catch_exceptions=False)


def _backed_up(url: str, folder: Path) -> str:
    file = folder / "records.backup"
    done = _run(url, "backup", str(file))
    assert done.exit_code == 0, done.output
    return str(file)


def _seal_all(database: Database, cast: Cast) -> tuple[int, int | None, int]:
    """Seal until nothing is left; what the audit says then. Other tests' transactions are waited for."""
    patience = time.monotonic() + 20
    while True:
        with at(database, cast.millbrook) as work:
            seal_events(work, cast.millbrook.id)
            found = verify(work, cast.millbrook.id)
        if not found.unsealed or time.monotonic() > patience:
            return found.checked, found.broken_at, found.unsealed
        time.sleep(0.05)


def _happens(database: Database, cast: Cast, name: str) -> None:
    with at(database, cast.millbrook) as work:
        event.record(work, cast.millbrook.id, name, "officer", cast.alvarez.id)


def _count_far_ahead(url: str, cast: Cast) -> None:
    """As if the server had been busy for years: nobody but the owner with the guards down could do this."""
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    with engine.begin() as owner:
        owner.execute(sa.text("select set_config('dutyline.departments', :d, true)"), {"d": f"{{{cast.millbrook.id}}}"})
        for table, column in (("event", "xid"), ("seal", "event_xid")):
            owner.exec_driver_sql(f"alter table {table} disable trigger user")
            owner.exec_driver_sql(f"update {table} set {column} = ({column}::text::bigint + {AHEAD})::text::xid8")
            owner.exec_driver_sql(f"alter table {table} enable trigger user")


def test_every_record_comes_back(source: str, target: str, cast: Cast, tmp_path: Path) -> None:
    before = digest(source)
    restored = _run(target, "restore", _backed_up(source, tmp_path))
    assert restored.exit_code == 0, restored.output
    after = digest(target)
    assert before["signups"]
    assert before["assignments"]
    # What the restore itself did: it said so, and the text that was queued is looked up before it is sent.
    said = [line for line in after["events"] if "records_restored" in line]
    assert len(said) == 2
    after["events"] = [line for line in after["events"] if line not in said]
    assert [line.replace("'sending'", "'queued'") for line in after.pop("texts out")] == before.pop("texts out")
    assert after == before


def test_a_server_without_our_roles_gets_them_and_keeps_departments_apart(
    source: str, elsewhere: str, cast: Cast, tmp_path: Path
) -> None:
    owner = sa.create_engine(elsewhere, poolclass=sa.NullPool)
    ours = sa.text("select rolname from pg_roles where rolname like 'dutyline\\_%' order by 1")
    with owner.connect() as conn:
        assert list(conn.execute(ours).scalars()) == []
    restored = _run(elsewhere, "restore", _backed_up(source, tmp_path))
    assert restored.exit_code == 0, restored.output
    with owner.connect() as conn:
        assert list(conn.execute(ours).scalars()) == ["dutyline_app", "dutyline_busy"]
    database = _open(elsewhere)
    with at(database, cast.harbor) as work:
        assert work.conn.execute(sa.text("select count(*) from signup")).scalar_one() == 0
    with at(database, cast.millbrook) as work:
        assert work.conn.execute(sa.text("select count(*) from signup")).scalar_one() == 1
        busy = sa.text("select count(*) from committed_elsewhere(array[:p], '[,]')")
        assert work.conn.execute(busy, {"p": cast.brooks.person_id}).scalar_one() == 1
    assert _seal_all(database, cast)[1] is None
    database.dispose()


def test_what_was_due_is_due_and_what_was_to_be_sent_is_looked_up_first(
    source: str, target: str, cast: Cast, tmp_path: Path
) -> None:
    _run(target, "restore", _backed_up(source, tmp_path))
    database = _open(target)
    with at(database, cast.millbrook, MONDAY + timedelta(hours=2)) as work:
        assert "awarding" in queues_due(work, cast.millbrook.id)
        assert not message_delivery.OUTBOX.is_due(work, cast.millbrook.id)
        assert work.conn.execute(sa.text("select state from message_out")).scalars().all() == ["sending"]
        assert message_delivery.OUTBOX.is_stuck(work, cast.millbrook.id, timedelta(0))
    database.dispose()


def test_departments_stay_walled_off_and_the_record_stays_append_only(
    source: str, target: str, cast: Cast, tmp_path: Path
) -> None:
    _run(target, "restore", _backed_up(source, tmp_path))
    database = _open(target)
    with at(database, cast.harbor) as work:
        assert work.conn.execute(sa.text("select count(*) from signup")).scalar_one() == 0
        elsewhere = sa.text("select count(*) from committed_elsewhere(:people, tstzrange(null, null))")
        assert work.conn.execute(elsewhere, {"people": [cast.brooks.person_id]}).scalar_one() == 1
    with pytest.raises(sa.exc.DBAPIError, match="permission denied"), at(database, cast.harbor) as work:
        work.conn.execute(sa.text("delete from event"))
    database.dispose()


def test_sealing_goes_on_where_transactions_are_counted_anew(
    source: str, target: str, cast: Cast, tmp_path: Path
) -> None:
    first = _open(source)
    sealed, _, _ = _seal_all(first, cast)
    _happens(first, cast, "not sealed yet when the backup was made")
    first.dispose()
    _count_far_ahead(source, cast)
    assert _run(target, "restore", _backed_up(source, tmp_path)).exit_code == 0
    second = _open(target)
    _happens(second, cast, "after the restore")
    with at(second, cast.millbrook) as slow:
        event.record(slow, cast.millbrook.id, "written first, committed last", "officer", cast.alvarez.id)
        slow.flush()
        _happens(second, cast, "written later, committed first")
        with at(second, cast.millbrook) as work:
            seal_events(work, cast.millbrook.id)
    # Besides the four: that a text was put in doubt, and that the records were restored.
    assert _seal_all(second, cast) == (sealed + 6, None, 0)
    second.dispose()


def test_records_restored_by_other_means_say_so_until_somebody_does(source: str, cast: Cast) -> None:
    database = _open(source)
    sealed, _, _ = _seal_all(database, cast)
    database.dispose()
    _count_far_ahead(source, cast)
    _happens(database, cast, "after the restore")
    with at(database, cast.millbrook) as work, pytest.raises(NotOfThisServer, match="--by-hand"):
        seal_events(work, cast.millbrook.id)
    database.dispose()
    assert _run(source, "restore", "--by-hand").exit_code == 0
    assert _seal_all(database, cast) == (sealed + 3, None, 0)
    database.dispose()


def test_a_backup_overwrites_nothing_and_only_its_owner_reads_it(source: str, cast: Cast, tmp_path: Path) -> None:
    file = Path(_backed_up(source, tmp_path))
    assert file.stat().st_mode & 0o777 == 0o600
    written = file.read_bytes()
    again = _run(source, "backup", str(file))
    assert (again.exit_code, file.read_bytes()) == (1, written)
    assert "exists already" in again.stderr
    assert [path.name for path in tmp_path.iterdir()] == [file.name]


def test_a_backup_of_nothing_is_refused_and_leaves_nothing(target: str, tmp_path: Path) -> None:
    refused = _run(target, "backup", str(tmp_path / "records.backup"))
    assert refused.exit_code == 1
    assert "never migrated" in refused.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_restore_replaces_records_only_when_forced(source: str, cast: Cast, tmp_path: Path) -> None:
    before, file = digest(source)["signups"], _backed_up(source, tmp_path)
    database = _open(source)
    with at(database, cast.millbrook) as work:
        work.conn.execute(sa.text("delete from signup"))
    database.dispose()
    refused = _run(source, "restore", file)
    assert refused.exit_code == 1
    assert "not empty" in refused.stderr
    assert digest(source)["signups"] == []
    forced = _run(source, "restore", file, "--force")
    assert forced.exit_code == 0, forced.output
    assert digest(source)["signups"] == before


def test_a_forced_restore_that_fails_leaves_what_was_there(
    source: str, cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, file = digest(source), _backed_up(source, tmp_path)
    monkeypatch.setattr(archives, "load", _fail)
    broken = _run(source, "restore", file, "--force")
    assert broken.exit_code == 1
    assert "in the middle" in broken.stderr
    assert digest(source) == before


def _fail(url: str, archive: Path) -> None:
    with sa.create_engine(url, poolclass=sa.NullPool).begin() as owner:
        owner.exec_driver_sql("create table half (id integer)")
    raise ServerError("in the middle")


@pytest.mark.parametrize("harm", ["cut short", "changed", "another file"])
def test_what_is_no_whole_backup_is_refused_before_anything_is_touched(
    source: str, cast: Cast, tmp_path: Path, harm: str
) -> None:
    before, file = digest(source), Path(_backed_up(source, tmp_path))
    whole = file.read_bytes()
    middle = len(whole) // 2
    harmed = {
        "cut short": whole[: middle * 2 - 100],
        "changed": whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :],
        "another file": b"Dear department,",
    }
    file.write_bytes(harmed[harm])
    refused = _run(source, "restore", str(file), "--force")
    assert refused.exit_code == 1
    assert "no backup, or not the whole of one" in refused.stderr
    assert digest(source) == before


def test_nothing_is_restored_while_processes_work_on_the_database(source: str, cast: Cast, tmp_path: Path) -> None:
    file, working = _backed_up(source, tmp_path), _open(source)
    with at(working, cast.millbrook):
        refused = _run(source, "restore", file, "--force")
    working.dispose()
    assert refused.exit_code == 1
    assert "Stop web, workers and clock first" in refused.stderr
