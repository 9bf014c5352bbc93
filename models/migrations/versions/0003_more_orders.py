"""What more orders go by: an officer's job class."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("alter table officer add column job_class text")


def downgrade() -> None:
    op.execute("alter table officer drop column job_class")
