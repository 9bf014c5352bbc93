"""What minimum numbers of officers go by: whether alcohol is served, and how many people are expected."""

from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None

KNOWN = """
alter table detail
    add column serves_alcohol boolean,
    add column attendance integer,
    add constraint detail_attendance_not_negative check (attendance >= 0);
comment on column detail.serves_alcohol is 'whether alcohol is served there; null: nobody said';
comment on column detail.attendance is 'how many people are expected; null: nobody said';
"""


def upgrade() -> None:
    op.execute(KNOWN)


def downgrade() -> None:
    raise RuntimeError("what was known of details is part of the record: restore a backup instead")
