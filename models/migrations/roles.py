"""Roles belong to the server and not to the database, so no backup holds them: what a restore puts right itself."""

import sqlalchemy as sa

_ROLES = """
do $$ begin create role dutyline_app nologin; exception when duplicate_object or unique_violation then null; end $$;
do $$ begin create role dutyline_busy nologin; exception when duplicate_object or unique_violation then null; end $$;
do $$ begin execute format('grant dutyline_app to %I', current_user); end $$;
do $$ begin execute format('grant dutyline_busy to %I with inherit false, set true', current_user); end $$;
"""

# As in the first migration: the function looks over the departments' walls with a role's eyes that sees three columns.
_HAND_OVER = """
grant create on schema public to dutyline_busy;
alter function committed_elsewhere(bigint[], tstzrange) owner to dutyline_busy;
revoke create on schema public from dutyline_busy;
"""


def ensure_roles(owner: sa.Connection) -> None:
    """Make the roles that the records' policies and grants name, where this server does not have them."""
    owner.exec_driver_sql(_escaped(_ROLES))


def hand_over(owner: sa.Connection) -> None:
    """Give back to their roles what came out of a backup as the owner's."""
    owner.exec_driver_sql(_escaped(_HAND_OVER))


def _escaped(script: str) -> str:
    return script.replace("%", "%%")
