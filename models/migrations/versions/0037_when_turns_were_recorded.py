"""When a turn of a call was written down, in real time: what came first while a demonstration's clock stands still."""

from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

RECORDED = """
alter table call_turn add column recorded_at timestamptz not null default clock_timestamp();
comment on column call_turn.recorded_at is 'real time; of turns from before this was kept, that of the change';
"""


def upgrade() -> None:
    op.execute(RECORDED)


def downgrade() -> None:
    raise RuntimeError("the order of what was said is part of the record: restore a backup instead")
