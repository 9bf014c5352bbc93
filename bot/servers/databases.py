"""Databases inside the embedded cluster: made, cloned, renamed and dropped by their owner."""

import time

from psycopg import sql
from psycopg.errors import InsufficientPrivilege, ObjectInUse

from bot.servers.postgres import SUPERUSER, EmbeddedPostgres

PATIENCE_SECONDS = 20.0


def create_database(server: EmbeddedPostgres, name: str, template: str | None = None) -> str:
    """Make database `name`, empty or as a copy of `template` (which nobody may be connected to); returns
    its URL.
    """
    create = sql.SQL("create database {}").format(sql.Identifier(name))
    if template is not None:
        create += sql.SQL(" template {}").format(sql.Identifier(template))
    _execute(server, create)
    return server.url(name)


def ensure_database(server: EmbeddedPostgres, name: str) -> None:
    """Make database `name`, empty, if there is none."""
    if name not in databases_like(server, name):
        create_database(server, name)


def rename_database(server: EmbeddedPostgres, name: str, new_name: str) -> None:
    """Give database `name`, which nobody may be connected to, another name."""
    rename = sql.SQL("alter database {} rename to {}")
    _execute(server, rename.format(sql.Identifier(name), sql.Identifier(new_name)))


def drop_database(server: EmbeddedPostgres, name: str) -> None:
    """Drop database `name` if there is one, whoever is connected to it.

    PostgreSQL's own housekeeping may be at work in it, which only a superuser may end: it is soon over.
    """
    statement = sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name))
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            _execute(server, statement)
        except (InsufficientPrivilege, ObjectInUse):
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
        else:
            return


# Rows alone: what truncating makes anew, and dropping takes away, is hundreds of files.
_EMPTY = """
do $$ declare one record; begin
    perform pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid();
    set local session_replication_role = replica;
    for one in select tablename from pg_tables where schemaname = 'public' and tablename <> 'alembic_version' loop
        execute format('delete from %I', one.tablename);
    end loop;
    perform setval(format('%I.%I', schemaname, sequencename), start_value, false) from pg_sequences;
end $$
"""


def empty_database(server: EmbeddedPostgres, name: str) -> None:
    """Take every row out of database `name`, append-only tables included, whoever is connected; numbers begin anew.

    For scratch databases: nobody but the superuser gets past the triggers and policies.
    """
    with server.connect(name, SUPERUSER) as connection:
        connection.execute(_EMPTY)


def databases_like(server: EmbeddedPostgres, prefix: str) -> list[str]:
    """The names of the databases that begin with `prefix`."""
    with server.connect("postgres") as connection:
        found = connection.execute("select datname from pg_database where starts_with(datname, %s)", [prefix])
        return [name for (name,) in found]


def _execute(server: EmbeddedPostgres, statement: sql.Composed) -> None:
    with server.connect("postgres") as connection:
        connection.execute(statement)
