"""When an officer whom we called, or were about to call, rang back and heard what it was about."""

from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

RANG_BACK = """
alter table outbound_call add column rang_back_at timestamptz;
comment on column outbound_call.rang_back_at is 'when he called us and heard it: he is not called about it again';
create index outbound_call_of_subject on outbound_call (department_id, why, subject_id);
drop index outbound_call_of_person;
"""


def upgrade() -> None:
    op.execute(RANG_BACK)


def downgrade() -> None:
    raise RuntimeError("who rang back is part of the record of who was asked: restore a backup instead")
