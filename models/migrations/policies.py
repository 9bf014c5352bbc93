"""What every migration that adds a table says about it: who may see its rows, and whether they may change."""

from alembic import op


def seal_off_departments(table: str) -> None:
    """Let a transaction see only rows of the departments it named; naming none is an error, not an empty answer.

    FORCE binds the owner too. The setting is read without a second argument so that forgetting it raises.
    """
    op.execute(f"alter table {table} enable row level security")
    op.execute(f"alter table {table} force row level security")
    op.execute(
        f"create policy {table}_of_department on {table} "
        "using (department_id = any (current_setting('dutyline.departments')::bigint[]))"
    )


def append_only(table: str) -> None:
    """Refuse update and delete on `table`, for everyone, its owner included."""
    op.execute(
        "create or replace function refuse_change() returns trigger language plpgsql as $$ begin "
        "raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation'; end $$"
    )
    op.execute(
        f"create trigger {table}_append_only before update or delete or truncate on {table} "
        "for each statement execute function refuse_change()"
    )
