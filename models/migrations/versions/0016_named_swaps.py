"""Named swaps: a drop for the one colleague whom the officer named, and nobody else."""

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

SWAPS = """
alter table assignment_drop
    drop constraint assignment_drop_zone_known,
    add constraint assignment_drop_zone_known check (zone in ('free', 'needs_replacement', 'swap'));
"""


def upgrade() -> None:
    op.execute(SWAPS)


def downgrade() -> None:
    raise RuntimeError("swaps are part of the record of assignments: restore a backup instead")
