"""Calls and their turns."""

from alembic import op

from models.migrations.policies import seal_off_departments

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

CALLS = """
create table call (
    department_id bigint not null,
    id bigint generated always as identity,
    line_id bigint not null,
    person_id bigint,
    direction text not null,
    sid text not null,
    from_number text not null,
    to_number text not null,
    state text not null,
    identified_by text,
    language text not null default 'en',
    dialog jsonb not null default '{}',
    turns integer not null default 0,
    began_at timestamptz not null,
    last_turn_at timestamptz not null,
    ended_at timestamptz,
    ending text,
    constraint call_pk primary key (department_id, id),
    constraint call_department foreign key (department_id) references department (id),
    constraint call_line foreign key (line_id) references line (id),
    constraint call_person foreign key (person_id) references person (id),
    constraint call_once unique (department_id, sid),
    constraint call_direction_known check (direction in ('in', 'out')),
    constraint call_state_known check (state in ('under_way', 'with_agent', 'ended')),
    constraint call_identified_known check (identified_by in ('pin', 'badge_and_pin')),
    constraint call_identified_person check (identified_by is null or person_id is not null),
    constraint call_ended check ((state = 'ended') = (ended_at is not null))
);
create index call_of_person on call (department_id, person_id, began_at);
create index call_under_way on call (department_id, state, began_at) where state <> 'ended';
comment on table call is 'a conversation by telephone; department_id is that of the line''s home';
comment on column call.person_id is 'who was identified; null until then, whatever the number says';
comment on column call.turns is 'how many turns it has had: the token of the next';

create table call_turn (
    department_id bigint not null,
    id bigint generated always as identity,
    call_id bigint not null,
    token text not null,
    kind text not null,
    came_in jsonb not null,
    understood jsonb not null,
    answer jsonb not null,
    flow text,
    step text,
    happened_at timestamptz not null,
    constraint call_turn_pk primary key (department_id, id),
    constraint call_turn_call foreign key (department_id, call_id) references call (department_id, id)
        on delete cascade,
    constraint call_turn_once unique (department_id, call_id, token)
);
comment on column call_turn.came_in is 'the carrier''s parameters; what is keyed where a PIN is asked for is masked';
comment on column call_turn.answer is 'what was answered, for a second delivery of the same turn';

alter table hand_off add column call_id bigint;
comment on column hand_off.call_id is 'the call it came from; on a shared line it may be another department''s row';
grant select, insert, update, delete on call, call_turn to dutyline_app;
"""


def upgrade() -> None:
    op.execute(CALLS)
    seal_off_departments("call")
    seal_off_departments("call_turn")


def downgrade() -> None:
    raise RuntimeError("calls are part of the record: restore a backup instead")
