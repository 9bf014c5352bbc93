"""Notice bands: when a detail became known, the band its posting fell into, how its slots are given out, and why."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

NOTICE = """
alter table detail add column known_at timestamptz;
comment on column detail.known_at is 'when the department learnt of it; null: when it was posted';
alter table posting
    add column band text not null default '',
    add column method text not null default 'batch',
    add column notice jsonb not null default '{}',
    add constraint posting_method_known check (method in ('batch', 'first_come', 'ladder', 'phone_tree'));
comment on column posting.band is 'the notice band it fell into, by the handbook of the day it was planned';
comment on column posting.notice is 'the figures that put it there';
"""


def upgrade() -> None:
    op.execute(NOTICE)


def downgrade() -> None:
    raise RuntimeError("what was posted by another method than a batch would be lost: restore a backup instead")
