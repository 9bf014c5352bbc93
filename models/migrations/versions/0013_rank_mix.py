"""Supervisors' openings, whose slots turn ordinary when nobody of their ranks is to be had."""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("alter table opening add column turns_ordinary_at timestamptz")
    op.execute(
        "comment on column opening.turns_ordinary_at is"
        " 'when slots nobody of its ranks has signed up for are for anybody; never if null'"
    )


def downgrade() -> None:
    op.execute("alter table opening drop column turns_ordinary_at")
