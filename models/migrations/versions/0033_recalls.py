"""Recalls: an assignment may count in another pool than its detail's."""

from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

COUNTED_IN = """
alter table assignment add column counted_in text;
comment on column assignment.counted_in is 'the pool that it counts in, where that is not the pool of its detail';
"""


def upgrade() -> None:
    op.execute(COUNTED_IN)


def downgrade() -> None:
    raise RuntimeError("where assignments were counted is part of the record: restore a backup instead")
