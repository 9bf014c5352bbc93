"""Departments of all sizes share kept plans: the policies no longer let a plan depend on who asked first."""

from models.migrations.policies import plan_alike_for_all_departments

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    plan_alike_for_all_departments()


def downgrade() -> None:
    raise RuntimeError("plans that depend on who asked first are not brought back: restore a backup instead")
