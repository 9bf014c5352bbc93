"""A number that asks to be put on the line is a record of its own, which a person settles."""

from alembic import op

from models.migrations.policies import seal_off_departments

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ENROLMENT = """
create table enrolment (
    department_id bigint not null,
    id bigint generated always as identity,
    line_id bigint not null,
    number text not null,
    words text not null,
    language text not null,
    asked_at timestamptz not null,
    state text not null default 'asked',
    officer_id bigint,
    settled_at timestamptz,
    settled_by text,
    constraint enrolment_pk primary key (department_id, id),
    constraint enrolment_department foreign key (department_id) references department (id),
    constraint enrolment_line foreign key (line_id) references line (id),
    constraint enrolment_officer foreign key (department_id, officer_id) references officer (department_id, id),
    constraint enrolment_state_known check (state in ('asked', 'enrolled', 'refused')),
    constraint enrolment_is_settled_by_somebody
        check ((state = 'asked') = (settled_at is null) and (settled_at is null) = (settled_by is null)),
    constraint enrolment_names_its_officer check ((state = 'enrolled') = (officer_id is not null))
);
comment on table enrolment is 'a number that is nobody''s asked to be put on the line; a person settles it';
comment on column enrolment.words is 'what its text said: the name and badge to be checked';
comment on column enrolment.settled_by is 'who settled it, as the desk calls him';
create unique index enrolment_asked_once on enrolment (department_id, number) where state = 'asked';
grant select, insert, update, delete on enrolment to dutyline_app;
"""


def upgrade() -> None:
    op.execute(ENROLMENT)
    seal_off_departments("enrolment")


def downgrade() -> None:
    raise RuntimeError("who asked to join is not thrown away: restore a backup instead")
