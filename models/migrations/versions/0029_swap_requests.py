"""Swap requests, which wait for a person; and invitations of neighbours that may be made again."""

from alembic import op

from models.migrations.policies import seal_off_departments

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

REQUESTS = """
create table swap_request (
    department_id bigint not null,
    id bigint generated always as identity,
    assignment_id bigint not null,
    officer_id bigint not null,
    colleague_id bigint not null,
    asked_at timestamptz not null,
    state text not null default 'open',
    ended_at timestamptz,
    decided_by text,
    words text,
    constraint swap_request_pk primary key (department_id, id),
    constraint swap_request_assignment foreign key (department_id, assignment_id)
        references assignment (department_id, id),
    constraint swap_request_officer foreign key (department_id, officer_id) references officer (department_id, id),
    constraint swap_request_colleague foreign key (department_id, colleague_id) references officer (department_id, id),
    constraint swap_request_state_known check (state in ('open', 'granted', 'refused')),
    constraint swap_request_decided_by_somebody check ((state = 'open') = (decided_by is null))
);
create unique index swap_request_one_open on swap_request (department_id, assignment_id) where state = 'open';
grant select, insert, update, delete on swap_request to dutyline_app;

alter table invitation add column times integer not null default 1;
comment on column invitation.times is 'how often it was made';
"""


def upgrade() -> None:
    op.execute(REQUESTS)
    seal_off_departments("swap_request")


def downgrade() -> None:
    raise RuntimeError("what officers asked for is part of the record: restore a backup instead")
