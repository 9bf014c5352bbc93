"""Where offers and contacts count: a sign-up round may count in another pool than its detail's."""

from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

COUNTED_IN = """
alter table offer add column counted_in text;
comment on column offer.counted_in is 'the pool that what he says counts in, where that is not the pool of its detail';
alter table contact add column counted_in text;
comment on column contact.counted_in is 'the pool that it counts in; of those that do not say, the pool of its detail';
"""


def upgrade() -> None:
    op.execute(COUNTED_IN)


def downgrade() -> None:
    raise RuntimeError("where offers and contacts were counted is part of the record: restore a backup instead")
