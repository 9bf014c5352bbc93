"""Mails: an officer's address and what he wants mailed, the outbox, and each line's pace for them."""

from alembic import op

from models.migrations.policies import seal_off_departments

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None

CHOICE = """
create table mail_choice (
    department_id bigint not null,
    officer_id bigint not null,
    address text not null,
    state text not null,
    wanted text not null,
    source text not null,
    chosen_at timestamptz not null,
    confirmed_at timestamptz,
    constraint mail_choice_pk primary key (department_id, officer_id),
    constraint mail_choice_officer foreign key (department_id, officer_id) references officer (department_id, id),
    constraint mail_choice_state_known check (state in ('listed', 'confirmed', 'bad')),
    constraint mail_choice_wanted_known check (wanted in ('all', 'news', 'backup', 'nothing')),
    constraint mail_choice_source_known check (source in ('roster', 'text', 'call', 'link', 'office')),
    constraint mail_choice_address_bounded check (char_length(address) between 3 and 254),
    constraint mail_choice_only_confirmed check (wanted = 'nothing' or confirmed_at is not null),
    constraint mail_choice_is_confirmed check (state <> 'confirmed' or confirmed_at is not null)
);
comment on table mail_choice is 'his e-mail address and what he wants mailed to it. Each change is an event';
comment on column mail_choice.state is
    'listed: out of a roster, never mailed; confirmed: he gave back a code; bad: its server refused it';
comment on column mail_choice.source is 'how the address, or the latest choice, came to us';
grant select, insert, update, delete on mail_choice to dutyline_app;
"""

OUTBOX = """
create table mail_out (
    department_id bigint not null,
    id bigint generated always as identity,
    line_id bigint not null,
    officer_id bigint not null,
    to_address text not null,
    prompt text not null,
    title text not null,
    body text not null,
    subject_kind text,
    subject_id bigint,
    state text not null default 'queued',
    due_at timestamptz not null,
    retry_at timestamptz not null default 'epoch',
    made_at timestamptz not null,
    claimed_at timestamptz,
    accepted_at timestamptz,
    attempts integer not null default 0,
    failure text,
    error_code integer,
    settled_at timestamptz,
    constraint mail_out_pk primary key (department_id, id),
    constraint mail_out_line foreign key (line_id) references line (id),
    constraint mail_out_officer foreign key (department_id, officer_id) references officer (department_id, id),
    constraint mail_out_state_known check (state in ('queued', 'sending', 'accepted', 'failed', 'withheld'))
);
comment on table mail_out is 'mails: each a row first, then handed to the mail server';
comment on column mail_out.accepted_at is 'when the mail server took it';
comment on column mail_out.retry_at is 'real time before which the mail server is not asked again';
create index mail_out_due on mail_out (department_id, line_id, due_at, id) where state = 'queued';
create index mail_out_sending on mail_out (department_id, claimed_at) where state = 'sending';
create index mail_out_of_officer on mail_out (department_id, officer_id, made_at);
create index mail_out_of_subject on mail_out (department_id, subject_kind, subject_id);
grant select, insert, update on mail_out to dutyline_app;
"""

PACE = """
alter table line
    add column mails_per_minute integer not null default 600,
    add column mails_free_at timestamptz not null default 'epoch',
    add constraint line_mail_pace_positive check (mails_per_minute > 0);
comment on column line.mails_free_at is 'real time at which the next mail may go out';
"""

CODES = """
alter table one_time_code drop constraint one_time_code_purpose_known;
alter table one_time_code
    add constraint one_time_code_purpose_known check (purpose in ('pin', 'temporary', 'email'));
comment on column one_time_code.number is 'where it was sent: a phone number, or an e-mail address';
"""


def upgrade() -> None:
    op.execute(CHOICE)
    seal_off_departments("mail_choice")
    op.execute(OUTBOX)
    seal_off_departments("mail_out")
    op.execute(PACE)
    op.execute(CODES)


def downgrade() -> None:
    raise RuntimeError("what officers were mailed is part of the record: restore a backup instead")
