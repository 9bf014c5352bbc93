"""A caller without a PIN may show who he is by his own phone, his badge and a code that was texted to it."""

from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

KNOWN = "identified_by in ('pin', 'badge_and_pin', 'badge_and_code')"


def upgrade() -> None:
    op.execute("alter table call drop constraint call_identified_known")
    op.execute(f"alter table call add constraint call_identified_known check ({KNOWN})")


def downgrade() -> None:
    raise RuntimeError("calls are part of the record: restore a backup instead")
