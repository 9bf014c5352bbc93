"""Since when a number is its person's: from a new one nothing is given away."""

from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("alter table phone add column added_at timestamptz")
    op.execute(
        "comment on column phone.added_at is 'null for his first numbers and for those from before this was kept'"
    )


def downgrade() -> None:
    op.execute("alter table phone drop column added_at")
