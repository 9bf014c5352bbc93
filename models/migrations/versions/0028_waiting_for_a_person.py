"""Callers who wait for a person, and the telephones on which a person is reached."""

from alembic import op

from models.migrations.policies import seal_off_departments

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

WAITING = """
create table waiting (
    department_id bigint not null,
    id bigint generated always as identity,
    call_id bigint not null,
    hand_off text not null,
    person_id bigint,
    number text not null,
    language text not null,
    state text not null,
    entered_at timestamptz not null,
    taken_at timestamptz,
    ended_at timestamptz,
    recording_sid text,
    recording_url text,
    recording_seconds integer,
    transcript text,
    constraint waiting_pk primary key (department_id, id),
    constraint waiting_call foreign key (department_id, call_id) references call (department_id, id) on delete cascade,
    constraint waiting_person foreign key (person_id) references person (id),
    constraint waiting_state_known
        check (state in ('waiting', 'leaving_message', 'wants_call', 'message', 'answered', 'left', 'done')),
    constraint waiting_taken check ((state = 'answered') <= (taken_at is not null)),
    constraint waiting_message check ((state = 'message') <= (recording_url is not null))
);
create index waiting_in_line on waiting (department_id, entered_at)
    where state in ('waiting', 'leaving_message', 'wants_call', 'message');
create index waiting_of_call on waiting (department_id, call_id, id);
comment on table waiting is 'a caller who asked for a person; who asks to be called back keeps the place of entered_at';
comment on column waiting.person_id is 'who was identified, else whose number it is: then a hint';
comment on column waiting.hand_off is 'the department and the id of the hand-off that says why';
grant select, insert, update, delete on waiting to dutyline_app;

create table desk_phone (
    number text not null,
    name text not null,
    constraint desk_phone_pk primary key (number),
    constraint desk_phone_number check (number ~ '^[+][1-9][0-9]{6,14}$')
);
comment on table desk_phone is 'telephones that ring when a caller asks for a person, whatever the department';
grant select, insert, update, delete on desk_phone to dutyline_app;
"""


def upgrade() -> None:
    op.execute(WAITING)
    seal_off_departments("waiting")


def downgrade() -> None:
    raise RuntimeError("who waited is part of the record: restore a backup instead")
