"""What every migration that adds a table says about it: who may see its rows, and whether they may change."""

from alembic import op

_NAMED = "current_setting('dutyline.departments')::bigint[]"
# As a sub-select PostgreSQL asks for it once a statement, and does not look at it while it plans: a plan is kept and
# used for every department of the installation, and one made for a small department would read a large one's years.
# The second half is always true, and weighs the same in every plan; it is looked at while planning, so that forgetting
# to name departments raises even where there is no row to refuse.
_OF_DEPARTMENT = (
    f"department_id = any ((select {_NAMED})::bigint[]) and (department_id <> 0 or department_id = any ({_NAMED}))"
)


def seal_off_departments(table: str) -> None:
    """Let a transaction see only rows of the departments it named; naming none is an error, not an empty answer.

    FORCE binds the owner too. The setting is read without a second argument so that forgetting it raises.
    """
    op.execute(f"alter table {table} enable row level security")
    op.execute(f"alter table {table} force row level security")
    op.execute(f"create policy {table}_of_department on {table} using ({_OF_DEPARTMENT})")


def plan_alike_for_all_departments() -> None:
    """Give tables that were sealed off before the policy that new ones get."""
    op.execute(
        "do $$ declare sealed record; begin"
        " for sealed in select tablename, policyname from pg_policies"
        "  where schemaname = current_schema() and policyname = tablename || '_of_department' loop"
        "  execute format('alter policy %I on %I using (%s)', sealed.policyname, sealed.tablename,"
        f"   $policy${_OF_DEPARTMENT}$policy$);"
        " end loop; end $$"
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
