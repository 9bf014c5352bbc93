"""What counters count beside hours: turns, points, hours refused and hours offered; and what an assignment took."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

COUNTED = """
alter table hours_count
    add column turns integer not null default 0,
    add column points integer not null default 0,
    add column refused_minutes integer not null default 0,
    add column offered_minutes integer not null default 0,
    add constraint hours_count_others_not_negative
        check (turns >= 0 and refused_minutes >= 0 and offered_minutes >= 0);
comment on column hours_count.minutes is 'hours counted: what fewest hours goes by';
comment on column hours_count.turns is 'details that came to the officer and cost him his turn';
comment on column hours_count.points is 'as the handbook gives them for outcomes; may be less than nothing';
alter table assignment
    add column charged_turns integer not null default 0,
    add column charged_points integer not null default 0;
comment on column assignment.charged_turns is 'what it added to the officer''s turns, as charged_minutes to his hours';
"""


def upgrade() -> None:
    op.execute(COUNTED)


def downgrade() -> None:
    raise RuntimeError("what was counted is not thrown away: restore a backup instead")
