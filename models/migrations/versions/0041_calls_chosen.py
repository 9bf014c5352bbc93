"""Officers choose whether the line calls them."""

from alembic import op

from models.migrations.policies import seal_off_departments

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

CALL_CHOICE = """
create table call_choice (
    department_id bigint not null,
    officer_id bigint not null,
    calls text not null,
    chosen_at timestamptz not null,
    constraint call_choice_pk primary key (department_id, officer_id),
    constraint call_choice_officer foreign key (department_id, officer_id) references officer (department_id, id),
    constraint call_choice_known check (calls in ('all', 'urgent', 'none'))
);
comment on table call_choice is 'whether the line may call him; who has no row is called. Each change is an event';
grant select, insert, update, delete on call_choice to dutyline_app;
"""


def upgrade() -> None:
    op.execute(CALL_CHOICE)
    seal_off_departments("call_choice")


def downgrade() -> None:
    op.execute("drop table call_choice")
