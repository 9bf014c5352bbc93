"""Penalties: steps of a ladder, bars by hand, appeals."""

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

PENALTIES = """
alter table penalty
    alter column assignment_id drop not null,
    add column step integer not null default 0,
    add column imposed_by text,
    add column words text,
    add column appealed_at timestamptz,
    add column appeal text,
    add column upheld_at timestamptz,
    drop constraint penalty_kind_known,
    add constraint penalty_kind_known check (kind in ('late_drop', 'no_show', 'same_day', 'by_hand')),
    drop constraint penalty_until_after_from,
    add constraint penalty_until_not_before_from check (until_at >= from_at),
    add constraint penalty_follows_from_something check (assignment_id is not null or imposed_by is not null);
comment on column penalty.step is 'which step of the ladder of the handbook it was, from 1; 0: there was none';
comment on column penalty.until_at is 'equal to from_at: a warning, which bars from nothing and counts as a step';
"""


def upgrade() -> None:
    op.execute(PENALTIES)


def downgrade() -> None:
    raise RuntimeError("bars by hand and appeals are part of the record: restore a backup instead")
