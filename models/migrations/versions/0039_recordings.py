"""Recordings of calls: what was announced and agreed to, and what lies with the carrier."""

from alembic import op

from models.migrations.policies import append_only, seal_off_departments

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

RECORDINGS = """
alter table call add column recording text;
alter table call add column quieting smallint not null default 0;
alter table call add constraint call_recording_known check (recording in ('announced', 'agreed', 'refused'));
comment on column call.recording is 'what was said about recording it; empty: nothing, it is not recorded';
comment on column call.quieting is 'how often the caller was asked to wait until nothing is recorded any more';

create table recording_consent (
    department_id bigint not null,
    id bigint generated always as identity,
    call_id bigint not null,
    person_id bigint,
    word text not null,
    announcement text not null,
    wording text not null,
    language text not null,
    given_at timestamptz not null,
    constraint recording_consent_pk primary key (department_id, id),
    constraint recording_consent_call foreign key (department_id, call_id)
        references call (department_id, id) on delete cascade,
    constraint recording_consent_person foreign key (person_id) references person (id),
    constraint recording_consent_word_known check (word in ('announced', 'agreed', 'refused'))
);
create index recording_consent_of_call on recording_consent (department_id, call_id);
comment on table recording_consent is 'announced: he was told; agreed: he went on; refused: he objected. Never changed';
comment on column recording_consent.announcement is 'the name that the department gives the announcement';
comment on column recording_consent.wording is 'the hash of the words that were spoken';
grant select, insert on recording_consent to dutyline_app;

create table recording (
    department_id bigint not null,
    id bigint generated always as identity,
    call_id bigint not null,
    person_id bigint not null,
    state text not null,
    keep_days integer not null,
    sid text,
    seconds integer,
    stop_asked boolean not null default false,
    planned_at timestamptz not null,
    claimed_at timestamptz,
    started_at timestamptz,
    stopped_at timestamptz,
    delete_at timestamptz,
    deleted_at timestamptz,
    delete_because text,
    retry_at timestamptz not null default 'epoch',
    attempts integer not null default 0,
    failure text,
    constraint recording_pk primary key (department_id, id),
    constraint recording_call foreign key (department_id, call_id)
        references call (department_id, id) on delete cascade,
    constraint recording_person foreign key (person_id) references person (id),
    constraint recording_state_known
        check (state in ('wanted', 'starting', 'running', 'stopping', 'stopped', 'deleted', 'unmade', 'failed')),
    constraint recording_sid check ((state in ('running', 'stopping', 'stopped', 'deleted')) <= (sid is not null)),
    constraint recording_kept check ((state = 'stopped') <= (delete_at is not null)),
    constraint recording_sid_once unique (department_id, sid)
);
create unique index recording_one_at_a_time on recording (department_id, call_id)
    where state in ('wanted', 'starting', 'running');
create index recording_of_call on recording (department_id, call_id, id);
create index recording_to_do on recording (department_id, state, delete_at)
    where state in ('wanted', 'starting', 'running', 'stopping', 'stopped');
comment on table recording is 'one stretch of a call that the carrier recorded; the sound lies there, and only there';
comment on column recording.keep_days is 'by the handbook that held when it began';
comment on column recording.delete_because is 'why it goes before its time';
grant select, insert, update, delete on recording to dutyline_app;
"""


def upgrade() -> None:
    op.execute(RECORDINGS)
    seal_off_departments("recording_consent")
    seal_off_departments("recording")
    append_only("recording_consent")


def downgrade() -> None:
    raise RuntimeError("who agreed to be recorded is part of the record: restore a backup instead")
