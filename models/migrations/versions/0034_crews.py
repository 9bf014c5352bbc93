"""Check-outs that somebody else vouched for, and the reason that belongs to a check-out."""

from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

VOUCHING = """
alter table attendance
    add column vouched_by_id bigint,
    add column reason text,
    add constraint attendance_voucher foreign key (department_id, vouched_by_id)
        references officer (department_id, id),
    add constraint attendance_only_check_outs_vouched check (vouched_by_id is null or kind = 'check_out'),
    add constraint attendance_vouched_for_a_reason check (vouched_by_id is null or reason is not null);
comment on column attendance.vouched_by_id is 'the officer who wrote it for him; never his own check-out';
comment on column attendance.reason is 'why it is not the end of the detail, or why another wrote it';
"""


def upgrade() -> None:
    op.execute(VOUCHING)


def downgrade() -> None:
    raise RuntimeError("who vouched for whom is part of the record: restore a backup instead")
