"""WHY asks whether the officer withdrew, which no index of standing sign-ups answers."""

from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "create index signup_withdrawn on signup (department_id, opening_id, officer_id) where withdrawn_at is not null"
    )


def downgrade() -> None:
    op.execute("drop index signup_withdrawn")
