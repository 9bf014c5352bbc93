"""Calls the line makes: whom, about what, when; how far each came; what the carrier reported of it."""

from alembic import op

from models.migrations.policies import seal_off_departments

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

CALLS = """
create table outbound_call (
    department_id bigint not null,
    id bigint generated always as identity,
    line_id bigint not null,
    officer_id bigint not null,
    person_id bigint not null,
    to_number text not null,
    why text not null,
    subject_id bigint not null,
    fence text not null default '',
    due_at timestamptz not null,
    until_at timestamptz,
    rings_from smallint,
    rings_until smallint,
    ring_seconds smallint not null,
    leaves_message boolean not null,
    state text not null default 'queued',
    made_at timestamptz not null,
    retry_at timestamptz not null default 'epoch',
    claimed_at timestamptz,
    placed_at timestamptz,
    answered_at timestamptz,
    ended_at timestamptz,
    sid text,
    attempts integer not null default 0,
    heard text not null default 'nothing',
    answer text,
    outcome text,
    failure text,
    error_code integer,
    constraint outbound_call_pk primary key (department_id, id),
    constraint outbound_call_line foreign key (line_id) references line (id),
    constraint outbound_call_officer foreign key (department_id, officer_id) references officer (department_id, id),
    constraint outbound_call_person foreign key (person_id) references person (id),
    constraint outbound_call_once unique (department_id, why, subject_id, fence),
    constraint outbound_call_sid_unique unique (department_id, sid),
    constraint outbound_call_why_known check (why in ('award', 'offer', 'reminder', 'late')),
    constraint outbound_call_state_known check (state in ('queued', 'placing', 'ringing', 'answered', 'ended')),
    constraint outbound_call_heard_known check (heard in ('nothing', 'greeting', 'matter', 'message')),
    constraint outbound_call_answer_known check (answer in ('accepted', 'declined', 'answered')),
    constraint outbound_call_outcome_known check (outcome in
        ('accepted', 'declined', 'answered', 'heard_and_hung_up', 'left_message', 'hung_up_before_input', 'machine',
         'no_answer', 'busy', 'failed', 'not_attempted')),
    constraint outbound_call_ends_with_outcome check ((state = 'ended') = (outcome is not null)),
    constraint outbound_call_rings_in_hours check ((rings_from is null) = (rings_until is null))
);
comment on column outbound_call.subject_id is 'the assignment, or for an offer the offer';
comment on column outbound_call.fence is 'which call about that subject: the same twice is one';
comment on column outbound_call.until_at is 'when it is too late to call';
comment on column outbound_call.rings_from is 'minute of the local day from which it may ring; null: any hour';
comment on column outbound_call.retry_at is 'real time before which the carrier is not asked again';
comment on column outbound_call.heard is 'how much was said to whoever answered';
create index outbound_call_due on outbound_call (department_id, line_id, due_at, id) where state = 'queued';
create index outbound_call_placing on outbound_call (department_id, claimed_at) where state = 'placing';
create index outbound_call_under_way on outbound_call (department_id, claimed_at)
    where state in ('ringing', 'answered');
create index outbound_call_of_person on outbound_call (department_id, person_id, made_at);

create table outbound_call_status (
    department_id bigint not null,
    id bigint generated always as identity,
    outbound_call_id bigint not null,
    sid text not null,
    status text not null,
    error_code integer,
    recorded_at timestamptz not null default clock_timestamp(),
    constraint outbound_call_status_pk primary key (department_id, id),
    constraint outbound_call_status_once unique (department_id, sid, status),
    constraint outbound_call_status_call foreign key (department_id, outbound_call_id)
        references outbound_call (department_id, id)
);

alter table line
    add column calls_per_minute integer not null default 60,
    add column calls_free_at timestamptz not null default 'epoch',
    add constraint line_calls_at_some_pace check (calls_per_minute > 0);
comment on column line.calls_per_minute is 'how many calls it may begin a minute';
comment on column line.calls_free_at is 'real time from which it may begin the next';
grant select, insert, update, delete on outbound_call, outbound_call_status to dutyline_app;
"""


def upgrade() -> None:
    op.execute(CALLS)
    seal_off_departments("outbound_call")
    seal_off_departments("outbound_call_status")


def downgrade() -> None:
    raise RuntimeError("calls are part of the record of who was asked: restore a backup instead")
