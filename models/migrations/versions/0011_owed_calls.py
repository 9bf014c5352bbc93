"""Owed calls: who keeps his turn in a rotation that is a circle is called first next time."""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

OWED = """
alter table rotation
    add column owed integer not null default 0,
    add constraint rotation_owed_not_negative check (owed >= 0);
comment on column rotation.owed is 'calls that the officer is owed where the pool''s rotation is a circle';
"""


def upgrade() -> None:
    op.execute(OWED)


def downgrade() -> None:
    op.execute("alter table rotation drop column owed")
