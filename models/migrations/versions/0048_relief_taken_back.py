"""A relief that was asked for may be taken back while nobody has taken it."""

from alembic import op

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None

STATES = """
alter table relief drop constraint relief_state_known;
alter table relief add constraint relief_state_known
    check (state in ('asked', 'taken', 'handed_over', 'unfilled', 'withdrawn'));
"""


def upgrade() -> None:
    op.execute(STATES)


def downgrade() -> None:
    raise RuntimeError("who stayed after all is part of the record: restore a backup instead")
