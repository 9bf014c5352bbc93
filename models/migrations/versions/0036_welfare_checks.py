"""Welfare checks: whether an officer who is on a detail is all right."""

from alembic import op

from models.migrations.policies import seal_off_departments

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

CHECKS = """
create table welfare_check (
    department_id bigint not null,
    id bigint generated always as identity,
    assignment_id bigint not null,
    officer_id bigint not null,
    asked_at timestamptz not null,
    due_at timestamptz not null,
    state text not null default 'asked',
    ended_at timestamptz,
    constraint welfare_check_pk primary key (department_id, id),
    constraint welfare_check_assignment foreign key (department_id, assignment_id)
        references assignment (department_id, id),
    constraint welfare_check_officer foreign key (department_id, officer_id) references officer (department_id, id),
    constraint welfare_check_state_known check (state in ('asked', 'alarmed', 'answered', 'over')),
    constraint welfare_check_ended check ((state in ('answered', 'over')) = (ended_at is not null))
);
comment on column welfare_check.due_at is 'until when he is waited for before the next thing is tried';
create unique index welfare_check_one_open on welfare_check (department_id, assignment_id)
    where state in ('asked', 'alarmed');
create index welfare_check_of_officer on welfare_check (department_id, officer_id) where state in ('asked', 'alarmed');
grant select, insert, update, delete on welfare_check to dutyline_app;

alter table outbound_call
    drop constraint outbound_call_why_known,
    add constraint outbound_call_why_known check (why in ('award', 'offer', 'reminder', 'late', 'welfare'));
"""


def upgrade() -> None:
    op.execute(CHECKS)
    seal_off_departments("welfare_check")


def downgrade() -> None:
    raise RuntimeError("what was asked and answered is part of the record: restore a backup instead")
