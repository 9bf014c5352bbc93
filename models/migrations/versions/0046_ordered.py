"""Which assignments officers were ordered to: limits may count those alone."""

from alembic import op

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None

ORDERED = """
alter table assignment add column is_ordered boolean not null default false;
comment on column assignment.is_ordered is 'he was ordered in or called back, and has not volunteered';
alter table assignment no force row level security;
alter table verdict no force row level security;
update assignment a set is_ordered = true from verdict v
 where v.department_id = a.department_id and v.award_id = a.award_id and v.opening_id = a.opening_id
   and v.officer_id = a.officer_id and v.reason in ('ordered_in', 'recalled');
set constraints all immediate;
alter table verdict force row level security;
alter table assignment force row level security;
"""


def upgrade() -> None:
    op.execute(ORDERED)


def downgrade() -> None:
    raise RuntimeError("who was ordered is part of the record: restore a backup instead")
