"""What an hour of an opening pays at its start, where the handbook makes it other than the detail's rate."""

from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

PAY_TOLD = """
alter table opening
    add column pay_cents_per_hour integer,
    add constraint opening_pay_not_negative check (pay_cents_per_hour >= 0);
comment on column opening.pay_cents_per_hour is 'what officers are told, if it is not the rate of the detail';
"""


def upgrade() -> None:
    op.execute(PAY_TOLD)


def downgrade() -> None:
    raise RuntimeError("officers were told this pay: restore a backup instead")
