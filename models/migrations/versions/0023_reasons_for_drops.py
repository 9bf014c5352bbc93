"""Why a detail was given back, and bars for drops of any kind and for coming late."""

from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

REASONS = """
alter table assignment_drop
    add column reason text,
    add column note text,
    add constraint assignment_drop_reason_known check (reason in
        ('sick', 'injured', 'family', 'court', 'called_to_duty', 'other')),
    add constraint assignment_drop_note_of_reason check (note is null or reason is not null);
comment on column assignment_drop.reason is 'as the officer said, where the handbook of the assignment asks';
alter table penalty
    drop constraint penalty_kind_known,
    add constraint penalty_kind_known check (kind in
        ('late_drop', 'no_show', 'same_day', 'by_hand', 'drop', 'late'));
"""


def upgrade() -> None:
    op.execute(REASONS)


def downgrade() -> None:
    raise RuntimeError("reasons of drops are part of the record: restore a backup instead")
