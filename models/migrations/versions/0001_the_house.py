# ruff: noqa: E501 - SQL is read by its own lines
"""The house: every record of the main job, its constraints, its policies.

Written as SQL because what matters here (exclusion constraints, composite keys, policies, triggers, grants) is what
autogenerate cannot see.
"""

from alembic import op

from models.migrations.policies import append_only, seal_off_departments

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ROLES = """
do $$ begin create role dutyline_app nologin; exception when duplicate_object or unique_violation then null; end $$;
do $$ begin create role dutyline_busy nologin; exception when duplicate_object or unique_violation then null; end $$;
do $$ begin execute format('grant dutyline_app to %I', current_user); end $$;
-- Not inherited: the owner may make things over to this role, and is not let through its policy himself.
do $$ begin execute format('grant dutyline_busy to %I with inherit false, set true', current_user); end $$;
"""

PEOPLE = """
create table department (
    id bigint generated always as identity,
    slug text not null,
    name text not null,
    time_zone text not null,
    codes_drawn bigint not null default 0,
    contact text,
    constraint department_pk primary key (id),
    constraint department_slug_unique unique (slug),
    constraint department_slug_form check (slug ~ '^[a-z0-9][a-z0-9-]*$')
);
comment on column department.contact is 'whom to ask for help, as the public pages say it: an office, a phone, an address';

create table line (
    id bigint generated always as identity,
    number text not null,
    department_id bigint not null,
    messages_per_minute integer not null default 240,
    free_at timestamptz not null default 'epoch',
    heard_until timestamptz,
    constraint line_pk primary key (id),
    constraint line_number_unique unique (number),
    constraint line_number_e164 check (number ~ '^[+][1-9][0-9]{6,14}$'),
    constraint line_pace_positive check (messages_per_minute > 0),
    constraint line_home_department foreign key (department_id) references department (id)
);
comment on column line.department_id is 'the department at home on this line; others it serves are in line_department';
comment on column line.free_at is 'real time at which the next message may go out: the carrier''s pace, kept per line';
comment on column line.heard_until is 'the carrier''s time up to which its list of incoming texts was compared with ours';

create table line_department (
    line_id bigint not null,
    department_id bigint not null,
    constraint line_department_pk primary key (line_id, department_id),
    constraint line_department_line foreign key (line_id) references line (id) on delete cascade,
    constraint line_department_department foreign key (department_id) references department (id)
);

create table person (
    id bigint generated always as identity,
    name text not null,
    language text not null default 'en',
    constraint person_pk primary key (id)
);

create table phone (
    number text not null,
    person_id bigint not null,
    place integer not null default 1,
    state text not null default 'good',
    constraint phone_pk primary key (number),
    constraint phone_number_e164 check (number ~ '^[+][1-9][0-9]{6,14}$'),
    constraint phone_person foreign key (person_id) references person (id) on delete cascade,
    constraint phone_place_unique unique (person_id, place),
    constraint phone_state_known check (state in ('good', 'bad', 'landline'))
);
comment on column phone.place is '1 is where we text first';

create table opt_out (
    line_id bigint not null,
    number text not null,
    opted_out_at timestamptz not null,
    wording text not null,
    constraint opt_out_pk primary key (line_id, number),
    constraint opt_out_line foreign key (line_id) references line (id) on delete cascade
);

create table consent (
    department_id bigint not null,
    id bigint generated always as identity,
    number text not null,
    person_id bigint not null,
    way text not null,
    attested text,
    wording text not null,
    given_at timestamptz not null,
    withdrawn_at timestamptz,
    constraint consent_pk primary key (department_id, id),
    constraint consent_department foreign key (department_id) references department (id),
    constraint consent_person foreign key (person_id) references person (id),
    constraint consent_way_known check (way in ('paper', 'roster', 'texted', 'enrolled'))
);
comment on table consent is 'that a number may be texted of our own accord; withdrawn consents stay, as proof of what was agreed when';
comment on column consent.attested is 'what whoever brought it says about how it was given';
comment on column consent.wording is 'the version of the words that were agreed to';
create unique index consent_holds_once on consent (department_id, number) where withdrawn_at is null;

create table handbook (
    department_id bigint not null,
    id bigint generated always as identity,
    version integer not null,
    effective_on date not null,
    rules jsonb not null,
    constraint handbook_pk primary key (department_id, id),
    constraint handbook_department foreign key (department_id) references department (id),
    constraint handbook_version_unique unique (department_id, version)
);

create table officer (
    department_id bigint not null,
    id bigint generated always as identity,
    person_id bigint not null,
    ref text not null,
    badge text not null,
    rank text not null,
    seniority_on date not null,
    rank_on date,
    unit text,
    status text not null default 'active',
    constraint officer_pk primary key (department_id, id),
    constraint officer_department foreign key (department_id) references department (id),
    constraint officer_person foreign key (person_id) references person (id),
    constraint officer_badge_unique unique (department_id, badge),
    constraint officer_ref_unique unique (department_id, ref),
    constraint officer_person_unique unique (department_id, person_id),
    constraint officer_is_person unique (department_id, id, person_id)
);

create table qualification (
    department_id bigint not null,
    officer_id bigint not null,
    name text not null,
    expires_on date,
    constraint qualification_pk primary key (department_id, officer_id, name),
    constraint qualification_officer foreign key (department_id, officer_id) references officer (department_id, id)
        on delete cascade
);
"""

DETAILS = """
create table contractor (
    department_id bigint not null,
    id bigint generated always as identity,
    ref text not null,
    name text not null,
    contact_name text,
    phones text[] not null default '{}',
    constraint contractor_pk primary key (department_id, id),
    constraint contractor_department foreign key (department_id) references department (id),
    constraint contractor_ref_unique unique (department_id, ref)
);

create table site (
    department_id bigint not null,
    id bigint generated always as identity,
    contractor_id bigint not null,
    ref text not null,
    name text not null,
    address text,
    contact_name text,
    contact_number text,
    constraint site_pk primary key (department_id, id),
    constraint site_contractor foreign key (department_id, contractor_id) references contractor (department_id, id),
    constraint site_ref_unique unique (department_id, ref)
);

create table rate (
    department_id bigint not null,
    id bigint generated always as identity,
    ref text not null,
    name text not null,
    pay_cents_per_hour integer not null,
    constraint rate_pk primary key (department_id, id),
    constraint rate_department foreign key (department_id) references department (id),
    constraint rate_ref_unique unique (department_id, ref),
    constraint rate_not_negative check (pay_cents_per_hour >= 0)
);

create table detail (
    department_id bigint not null,
    id bigint generated always as identity,
    site_id bigint not null,
    rate_id bigint,
    ref text not null,
    kind text,
    pool text not null,
    minimum_minutes integer not null default 0,
    instructions text not null default '',
    state text not null default 'planned',
    constraint detail_pk primary key (department_id, id),
    constraint detail_site foreign key (department_id, site_id) references site (department_id, id),
    constraint detail_ref_unique unique (department_id, ref),
    constraint detail_rate foreign key (department_id, rate_id) references rate (department_id, id),
    constraint detail_minimum_not_negative check (minimum_minutes >= 0),
    constraint detail_state_known check (state in ('planned', 'posted', 'awarded', 'finished', 'cancelled'))
);

create table opening (
    department_id bigint not null,
    id bigint generated always as identity,
    detail_id bigint not null,
    code text not null,
    code_retired_at timestamptz,
    starts_at timestamptz not null,
    ends_at timestamptz not null,
    ranks text[] not null default '{}',
    qualifications text[] not null default '{}',
    unit text,
    constraint opening_pk primary key (department_id, id),
    constraint opening_detail foreign key (department_id, detail_id) references detail (department_id, id),
    constraint opening_ends_after_start check (ends_at > starts_at),
    constraint opening_code_digits check (code ~ '^[0-9]{4,6}$')
);
create unique index opening_code_live on opening (department_id, code) where code_retired_at is null;
create index opening_starts on opening (department_id, starts_at);
create index opening_of_detail on opening (department_id, detail_id);

create table slot (
    department_id bigint not null,
    id bigint generated always as identity,
    opening_id bigint not null,
    number integer not null,
    state text not null default 'open',
    constraint slot_pk primary key (department_id, id),
    constraint slot_opening foreign key (department_id, opening_id) references opening (department_id, id),
    constraint slot_number_unique unique (department_id, opening_id, number),
    constraint slot_state_known check (state in ('open', 'held', 'unfilled', 'cancelled'))
);
comment on column slot.number is 'n of the detail''s slots, counted from 1 over all its openings';

create table posting (
    department_id bigint not null,
    id bigint generated always as identity,
    detail_id bigint not null,
    posted_at timestamptz not null,
    closes_at timestamptz not null,
    award_at timestamptz not null,
    state text not null default 'planned',
    award_id bigint,
    constraint posting_pk primary key (department_id, id),
    constraint posting_detail foreign key (department_id, detail_id) references detail (department_id, id),
    constraint posting_closes_after_posted check (closes_at > posted_at),
    constraint posting_award_after_close check (award_at >= closes_at),
    constraint posting_state_known check (state in ('planned', 'open', 'closed', 'awarded', 'withdrawn'))
);
create unique index posting_one_live on posting (department_id, detail_id) where state <> 'withdrawn';
create index posting_under_way on posting (department_id, award_at, detail_id) where state in ('open', 'closed');
"""

AWARDING = """
create table signup (
    department_id bigint not null,
    id bigint generated always as identity,
    opening_id bigint not null,
    officer_id bigint not null,
    preference integer,
    signed_up_at timestamptz not null,
    withdrawn_at timestamptz,
    constraint signup_pk primary key (department_id, id),
    constraint signup_opening foreign key (department_id, opening_id) references opening (department_id, id),
    constraint signup_officer foreign key (department_id, officer_id) references officer (department_id, id),
    constraint signup_preference_positive check (preference > 0)
);
create unique index signup_once on signup (department_id, opening_id, officer_id) where withdrawn_at is null;
create index signup_of_officer on signup (department_id, officer_id, opening_id) where withdrawn_at is null;

create table award (
    department_id bigint not null,
    id bigint generated always as identity,
    handbook_id bigint not null,
    awarded_at timestamptz not null,
    facts jsonb not null,
    result jsonb not null,
    constraint award_pk primary key (department_id, id),
    constraint award_handbook foreign key (department_id, handbook_id) references handbook (department_id, id)
);
alter table posting add constraint posting_award foreign key (department_id, award_id) references award (department_id, id);

create table verdict (
    department_id bigint not null,
    id bigint generated always as identity,
    award_id bigint not null,
    opening_id bigint not null,
    officer_id bigint not null,
    outcome text not null,
    place integer,
    reason text not null,
    figures jsonb not null,
    constraint verdict_pk primary key (department_id, id),
    constraint verdict_award foreign key (department_id, award_id) references award (department_id, id),
    constraint verdict_opening foreign key (department_id, opening_id) references opening (department_id, id),
    constraint verdict_officer foreign key (department_id, officer_id) references officer (department_id, id),
    constraint verdict_outcome_known check (outcome in ('awarded', 'standby', 'not_awarded', 'ineligible')),
    constraint verdict_once unique (department_id, opening_id, officer_id, award_id)
);

create table offer (
    department_id bigint not null,
    id bigint generated always as identity,
    slot_id bigint not null,
    opening_id bigint not null,
    officer_id bigint not null,
    drop_id bigint,
    handbook_id bigint not null,
    made_at timestamptz not null,
    expires_at timestamptz not null,
    state text not null default 'open',
    ended_at timestamptz,
    constraint offer_pk primary key (department_id, id),
    constraint offer_slot foreign key (department_id, slot_id) references slot (department_id, id),
    constraint offer_opening foreign key (department_id, opening_id) references opening (department_id, id),
    constraint offer_officer foreign key (department_id, officer_id) references officer (department_id, id),
    constraint offer_handbook foreign key (department_id, handbook_id) references handbook (department_id, id),
    constraint offer_expires_later check (expires_at > made_at),
    constraint offer_state_known check (state in
        ('open', 'accepted', 'declined', 'expired', 'unreachable', 'withdrawn'))
);
create unique index offer_one_open on offer (department_id, slot_id, officer_id) where state = 'open';
create unique index offer_one_accepted on offer (department_id, slot_id, drop_id) where state = 'accepted';
create index offer_open_of_officer on offer (department_id, officer_id) where state = 'open';
create index offer_of_slot on offer (department_id, slot_id);

create table rotation (
    department_id bigint not null,
    pool text not null,
    officer_id bigint not null,
    place bigint not null,
    constraint rotation_pk primary key (department_id, pool, officer_id),
    constraint rotation_place_unique unique (department_id, pool, place) deferrable initially deferred,
    constraint rotation_officer foreign key (department_id, officer_id) references officer (department_id, id)
);
comment on column rotation.place is 'lower is sooner; the bottom is one more than the highest, so a place once left stays free to return to';

create table hours_count (
    department_id bigint not null,
    pool text not null,
    officer_id bigint not null,
    minutes integer not null default 0,
    constraint hours_count_pk primary key (department_id, pool, officer_id),
    constraint hours_count_not_negative check (minutes >= 0),
    constraint hours_count_officer foreign key (department_id, officer_id) references officer (department_id, id)
);
"""

WORKING = """
create table assignment (
    department_id bigint not null,
    id bigint generated always as identity,
    slot_id bigint not null,
    opening_id bigint not null,
    officer_id bigint not null,
    person_id bigint not null,
    handbook_id bigint not null,
    award_id bigint,
    offer_id bigint,
    during tstzrange not null,
    state text not null,
    given_at timestamptz not null,
    answer_due_at timestamptz,
    charged_minutes integer not null default 0,
    place_before bigint,
    place_after bigint,
    ended_at timestamptz,
    constraint assignment_pk primary key (department_id, id),
    constraint assignment_slot foreign key (department_id, slot_id) references slot (department_id, id),
    constraint assignment_opening foreign key (department_id, opening_id) references opening (department_id, id),
    constraint assignment_officer foreign key (department_id, officer_id, person_id)
        references officer (department_id, id, person_id) on update cascade,
    constraint assignment_handbook foreign key (department_id, handbook_id) references handbook (department_id, id),
    constraint assignment_award foreign key (department_id, award_id) references award (department_id, id),
    constraint assignment_offer foreign key (department_id, offer_id) references offer (department_id, id),
    constraint assignment_during_bounded check (not isempty(during) and not lower_inf(during) and not upper_inf(during)),
    constraint assignment_state_known check (state in ('awarded', 'confirmed', 'checked_in', 'checked_out', 'verified',
        'paid', 'declined', 'lapsed', 'unreachable', 'dropped', 'no_show', 'released', 'cancelled')),
    constraint assignment_one_place_at_a_time exclude using gist (int8range(person_id, person_id, '[]') with &&, during with &&)
        where (state in ('awarded', 'confirmed', 'checked_in', 'checked_out', 'verified', 'paid'))
);
comment on constraint assignment_one_place_at_a_time on assignment is
    'a person is never in two places: over the person, so that it holds across departments too';
create unique index assignment_one_holder on assignment (department_id, slot_id)
    where state in ('awarded', 'confirmed', 'checked_in', 'checked_out', 'verified', 'paid');
create index assignment_of_officer on assignment (department_id, officer_id, ended_at);
create index assignment_of_person on assignment (person_id, upper(during))
    where state in ('awarded', 'confirmed', 'checked_in', 'checked_out', 'verified', 'paid');
create index assignment_of_opening on assignment (department_id, opening_id);

create table attendance (
    department_id bigint not null,
    id bigint generated always as identity,
    assignment_id bigint not null,
    kind text not null,
    happened_at timestamptz not null,
    stated_at timestamptz not null,
    channel text not null,
    by_person_id bigint not null,
    superseded_at timestamptz,
    constraint attendance_pk primary key (department_id, id),
    constraint attendance_assignment foreign key (department_id, assignment_id) references assignment (department_id, id),
    constraint attendance_by foreign key (by_person_id) references person (id),
    constraint attendance_kind_known check (kind in ('check_in', 'check_out'))
);
comment on column attendance.happened_at is 'when the officer told us';
comment on column attendance.stated_at is 'the time that counts: the same, or the one the officer gave instead';
create unique index attendance_once on attendance (department_id, assignment_id, kind) where superseded_at is null;

create table assignment_drop (
    department_id bigint not null,
    id bigint generated always as identity,
    assignment_id bigint not null,
    zone text not null,
    dropped_at timestamptz not null,
    state text not null default 'looking',
    ended_at timestamptz,
    bar_days integer not null default 0,
    constraint assignment_drop_pk primary key (department_id, id),
    constraint assignment_drop_assignment foreign key (department_id, assignment_id) references assignment (department_id, id),
    constraint assignment_drop_zone_known check (zone in ('free', 'needs_replacement')),
    constraint assignment_drop_state_known check (state in
        ('looking', 'freed', 'replaced', 'unfilled', 'withdrawn'))
);
create unique index assignment_drop_one_open on assignment_drop (department_id, assignment_id) where state <> 'withdrawn';
alter table offer add constraint offer_drop foreign key (department_id, drop_id)
    references assignment_drop (department_id, id);

create table penalty (
    department_id bigint not null,
    id bigint generated always as identity,
    officer_id bigint not null,
    assignment_id bigint not null,
    kind text not null,
    from_at timestamptz not null,
    until_at timestamptz not null,
    lifted_at timestamptz,
    constraint penalty_pk primary key (department_id, id),
    constraint penalty_officer foreign key (department_id, officer_id) references officer (department_id, id),
    constraint penalty_assignment foreign key (department_id, assignment_id) references assignment (department_id, id),
    constraint penalty_kind_known check (kind in ('late_drop', 'no_show', 'same_day')),
    constraint penalty_until_after_from check (until_at > from_at),
    constraint penalty_once unique (department_id, assignment_id, kind)
);
create index penalty_of_officer on penalty (department_id, officer_id, until_at);

create table tour (
    department_id bigint not null,
    id bigint generated always as identity,
    officer_id bigint not null,
    kind text not null default 'duty',
    during tstzrange not null,
    constraint tour_pk primary key (department_id, id),
    constraint tour_officer foreign key (department_id, officer_id) references officer (department_id, id),
    constraint tour_during_bounded check (not isempty(during) and not lower_inf(during) and not upper_inf(during)),
    constraint tour_once unique (department_id, officer_id, kind, during)
);
create index tour_of_officer on tour (department_id, officer_id, upper(during));
"""

LINE = """
create table message_in (
    department_id bigint not null,
    id bigint generated always as identity,
    line_id bigint not null,
    person_id bigint,
    sid text not null,
    from_number text not null,
    body text not null,
    media jsonb not null default '[]',
    raw jsonb not null,
    received_at timestamptz not null,
    recorded_at timestamptz not null default clock_timestamp(),
    constraint message_in_pk primary key (department_id, id),
    constraint message_in_line foreign key (line_id) references line (id),
    constraint message_in_person foreign key (person_id) references person (id),
    constraint message_in_once unique (department_id, sid)
);
create index message_in_of_person on message_in (department_id, person_id, received_at);

create table conversation (
    department_id bigint not null,
    id bigint generated always as identity,
    person_id bigint not null,
    line_id bigint not null,
    channel text not null,
    state text not null default 'idle',
    dialog jsonb not null,
    turns integer not null default 0,
    last_turn_at timestamptz not null,
    constraint conversation_pk primary key (department_id, id),
    constraint conversation_person foreign key (person_id) references person (id),
    constraint conversation_line foreign key (line_id) references line (id),
    constraint conversation_once unique (department_id, person_id, line_id, channel),
    constraint conversation_channel_known check (channel in ('sms', 'voice', 'web')),
    constraint conversation_state_known check (state in ('idle', 'waiting', 'with_agent'))
);
comment on column conversation.department_id is 'the home department of the line';

create table message_out (
    department_id bigint not null,
    id bigint generated always as identity,
    line_id bigint not null,
    person_id bigint,
    to_number text not null,
    prompt text not null,
    body text not null,
    segments integer not null,
    subject_kind text,
    subject_id bigint,
    state text not null default 'queued',
    due_at timestamptz not null,
    retry_at timestamptz not null default 'epoch',
    made_at timestamptz not null,
    claimed_at timestamptz,
    accepted_at timestamptz,
    sid text,
    attempts integer not null default 0,
    failure text,
    error_code integer,
    settled_at timestamptz,
    constraint message_out_pk primary key (department_id, id),
    constraint message_out_line foreign key (line_id) references line (id),
    constraint message_out_person foreign key (person_id) references person (id),
    constraint message_out_sid_unique unique (department_id, sid),
    constraint message_out_state_known check (state in
        ('queued', 'sending', 'accepted', 'sent', 'delivered', 'undelivered', 'failed', 'withheld'))
);
comment on column message_out.accepted_at is 'when the carrier took it: an answer''s time runs from here';
comment on column message_out.retry_at is 'real time before which the carrier is not asked again';
create index message_out_due on message_out (department_id, line_id, due_at, id) where state = 'queued';
create index message_out_unsettled on message_out (department_id, claimed_at)
    where state in ('accepted', 'sent') and subject_kind in ('assignment', 'offer');
create index message_out_sending on message_out (department_id, claimed_at) where state = 'sending';
create index message_out_of_person on message_out (department_id, person_id, made_at);
create index message_out_of_subject on message_out (department_id, subject_kind, subject_id);

create table message_status (
    department_id bigint not null,
    id bigint generated always as identity,
    message_out_id bigint not null,
    sid text not null,
    status text not null,
    error_code integer,
    recorded_at timestamptz not null default clock_timestamp(),
    constraint message_status_pk primary key (department_id, id),
    constraint message_status_message foreign key (department_id, message_out_id) references message_out (department_id, id),
    constraint message_status_once unique (department_id, sid, status)
);
create index message_status_of_message on message_status (department_id, message_out_id);

create table turn (
    department_id bigint not null,
    id bigint generated always as identity,
    conversation_id bigint not null,
    number integer not null,
    message_in_id bigint,
    message_out_id bigint,
    understood jsonb not null,
    flow text,
    step text,
    happened_at timestamptz not null,
    constraint turn_pk primary key (department_id, id),
    constraint turn_conversation foreign key (department_id, conversation_id) references conversation (department_id, id),
    constraint turn_message_in foreign key (department_id, message_in_id) references message_in (department_id, id),
    constraint turn_message_out foreign key (department_id, message_out_id) references message_out (department_id, id),
    constraint turn_number_unique unique (department_id, conversation_id, number)
);

create table hand_off (
    department_id bigint not null,
    id bigint generated always as identity,
    person_id bigint,
    conversation_id bigint,
    reason text not null,
    urgent boolean not null default false,
    handed_at timestamptz not null,
    constraint hand_off_pk primary key (department_id, id),
    constraint hand_off_person foreign key (person_id) references person (id),
    constraint hand_off_conversation foreign key (department_id, conversation_id) references conversation (department_id, id)
);
create index hand_off_by_time on hand_off (department_id, handed_at);

create table duty (
    department_id bigint not null,
    id bigint generated always as identity,
    queue text not null,
    kind text not null,
    subject_id bigint not null,
    fence text not null default '',
    due_at timestamptz not null,
    attempts integer not null default 0,
    not_before timestamptz not null default 'epoch',
    failure text,
    done_at timestamptz,
    constraint duty_pk primary key (department_id, id),
    constraint duty_once unique (department_id, kind, subject_id, fence),
    constraint duty_department foreign key (department_id) references department (id)
);
comment on column duty.not_before is 'real time before which a failed duty is not tried again';
create index duty_due on duty (department_id, queue, due_at, id) where done_at is null;

create table retention (
    department_id bigint not null,
    kind text not null,
    days integer,
    up_to_id bigint not null default 0,
    constraint retention_pk primary key (department_id, kind),
    constraint retention_department foreign key (department_id) references department (id),
    constraint retention_days_positive check (days > 0)
);
comment on column retention.days is 'how long this department keeps it; null: as long as everybody (models/line/retention.py)';
comment on column retention.up_to_id is 'what has this id or a lower one was dealt with';

create table clock (
    id integer not null default 1,
    stands_at timestamptz not null,
    running_since timestamptz,
    constraint clock_pk primary key (id),
    constraint clock_only_one check (id = 1)
);
comment on table clock is 'demonstration only: what time it is. Running: stands_at plus the real time since running_since';
"""

PROOF = """
create table event (
    department_id bigint not null,
    id bigint generated always as identity,
    name text not null,
    happened_at timestamptz not null,
    recorded_at timestamptz not null default clock_timestamp(),
    actor_kind text not null,
    actor_id bigint,
    behalf_of_id bigint,
    channel text not null,
    subject_kind text not null,
    subject_id bigint not null,
    officer_id bigint,
    opening_id bigint,
    data jsonb not null default '{}',
    era integer not null default 0,
    xid xid8 not null default pg_current_xact_id(),
    constraint event_pk primary key (department_id, id),
    constraint event_department foreign key (department_id) references department (id),
    constraint event_actor_known check (actor_kind in ('officer', 'contractor', 'agent', 'system', 'carrier', 'operator'))
);
comment on column event.era is 'the database''s life the xid was counted in: every restore begins the next, because xids begin anew';
create index event_to_seal on event (department_id, era, xid, id);
create index event_of_subject on event (department_id, subject_kind, subject_id);
create index event_of_opening on event (department_id, opening_id) where opening_id is not null;
create index event_of_officer on event (department_id, officer_id, id) where officer_id is not null;

create table seal (
    department_id bigint not null,
    position bigint not null,
    event_id bigint not null,
    event_era integer not null,
    event_xid xid8 not null,
    hash text not null,
    constraint seal_pk primary key (department_id, position),
    constraint seal_event_once unique (department_id, event_id),
    constraint seal_event foreign key (department_id, event_id) references event (department_id, id)
);

create table restoration (
    era integer not null,
    backed_up_at timestamptz not null,
    restored_at timestamptz not null default clock_timestamp(),
    constraint restoration_pk primary key (era),
    constraint restoration_era_positive check (era > 0)
);
comment on table restoration is 'every time the records came back out of a backup; the highest era is the present one';

create function committed_elsewhere(people bigint[], span tstzrange)
    returns table (person_id bigint, during tstzrange)
    language sql stable security definer set search_path = pg_catalog, public
    as $$
        select a.person_id, a.during from public.assignment a
        where a.person_id = any (people) and a.during && span
          and a.state in ('awarded', 'confirmed', 'checked_in', 'checked_out', 'verified', 'paid')
    $$;
comment on function committed_elsewhere is
    'when people are taken, in any department, and nothing more: departments cannot see each other''s details';
"""

TABLES_OF_DEPARTMENTS = [
    "consent",
    "handbook",
    "officer",
    "qualification",
    "contractor",
    "site",
    "rate",
    "detail",
    "opening",
    "slot",
    "posting",
    "signup",
    "award",
    "verdict",
    "offer",
    "rotation",
    "hours_count",
    "assignment",
    "attendance",
    "assignment_drop",
    "penalty",
    "tour",
    "message_in",
    "conversation",
    "message_out",
    "message_status",
    "turn",
    "hand_off",
    "duty",
    "retention",
    "event",
    "seal",
]


GRANTS = """
grant usage on schema public to dutyline_app, dutyline_busy;
grant select, insert, update, delete on all tables in schema public to dutyline_app;
revoke update, delete, truncate on event, seal, award, verdict from dutyline_app;
revoke all on alembic_version, restoration from dutyline_app;
grant select on alembic_version, restoration to dutyline_app;
grant select (person_id, during, state) on assignment to dutyline_busy;
create policy assignment_busy on assignment for select to dutyline_busy using (true);
revoke all on function committed_elsewhere(bigint[], tstzrange) from public;
grant execute on function committed_elsewhere(bigint[], tstzrange) to dutyline_app;
grant create on schema public to dutyline_busy;
alter function committed_elsewhere(bigint[], tstzrange) owner to dutyline_busy;
revoke create on schema public from dutyline_busy;
"""


def upgrade() -> None:
    for part in (ROLES, PEOPLE, DETAILS, AWARDING, WORKING, LINE, PROOF):
        op.execute(part)
    for table in TABLES_OF_DEPARTMENTS:
        seal_off_departments(table)
    for table in ("event", "seal", "award", "verdict"):
        append_only(table)
    op.execute(GRANTS)


def downgrade() -> None:
    raise RuntimeError("the first migration is not taken back: restore a backup instead")
