create table if not exists counter (name text primary key, value integer not null) without rowid;
insert or ignore into counter (name, value) values ('change', 0);
-- Another number after each clearing, so that a page open meanwhile knows that it holds the past.
insert or ignore into counter (name, value) values ('era', abs(random()) % 1000000000);

create table if not exists line (
    number text primary key,
    sid text not null unique,
    name text not null,
    service_sid text,
    sms_url text,
    sms_fallback_url text,
    advanced_opt_out integer not null default 0,
    created_at real not null
) without rowid;

-- What else was set of a number or a messaging service, by its sid and the API's own name, as JSON.
create table if not exists setting (
    sid text not null,
    name text not null,
    value text not null,
    primary key (sid, name)
) without rowid;

create table if not exists contact (
    number text primary key,
    name text not null,
    place integer not null
) without rowid;

create table if not exists message (
    id integer primary key autoincrement,
    change_id integer not null,
    sid text not null unique,
    direction text not null,
    from_number text,
    to_number text not null,
    body text not null,
    media text not null default '[]',
    status text not null,
    error_code integer,
    num_segments integer not null,
    service_sid text,
    status_callback text,
    by_carrier integer not null default 0,
    clock_at text,
    created_at real not null,
    sent_at real,
    updated_at real not null
);
create index if not exists message_by_change on message (change_id);
create index if not exists message_by_from on message (from_number, id);
create index if not exists message_by_to on message (to_number, id);

-- Sender is a line's number or, for lines in a messaging service, the service's sid.
create table if not exists opt_out (
    sender text not null,
    number text not null,
    primary key (sender, number)
) without rowid;

create table if not exists fault (
    id integer primary key autoincrement,
    kind text not null,
    number text,
    remaining integer,
    code integer,
    seconds real not null default 0,
    taken integer not null default 0
);

create table if not exists job (
    id integer primary key autoincrement,
    kind text not null,
    message_sid text not null,
    detail text not null,
    due_at real not null
);

create table if not exists alert (
    id integer primary key autoincrement,
    code integer not null,
    text text not null,
    url text not null,
    message_sid text,
    created_at real not null
);

create table if not exists call (
    id integer primary key autoincrement,
    change_id integer not null,
    sid text not null unique,
    parent_sid text,
    direction text not null,
    from_number text not null,
    to_number text not null,
    status text not null,
    answered_by text,
    verstat text,
    -- Whether time passes for it as for a person, or only as its person says.
    is_timed integer not null default 0,
    -- The addresses and wishes it was placed with, as JSON.
    orders text not null default '{}',
    callbacks_sent integer not null default 0,
    waiting_for text,
    queue_ms integer not null default 0,
    clock_at text,
    created_at real not null,
    answered_at real,
    ended_at real,
    duration_seconds integer
);
create index if not exists call_by_change on call (change_id);
create index if not exists call_by_from on call (from_number, id);
create index if not exists call_by_to on call (to_number, id);

-- What was heard on a call and what was done there by whoever holds the phone, in order.
create table if not exists call_line (
    id integer primary key autoincrement,
    call_sid text not null,
    kind text not null,
    text text not null,
    ssml text,
    language text,
    voice text,
    confidence real,
    created_at real not null
);
create index if not exists call_line_by_call on call_line (call_sid, id);

-- What a phone does when it rings; one that is not here is not minded by anyone.
create table if not exists phone_habit (
    number text primary key,
    answering text not null,
    verstat text,
    is_timed integer not null default 0
) without rowid;

create table if not exists recording (
    sid text primary key,
    call_sid text not null,
    source text not null,
    text text not null,
    duration_seconds integer not null,
    created_at real not null
) without rowid;

-- What the REST API has recorded of a live call: spans are the lines of the call that are on it.
create table if not exists tape (
    recording_sid text primary key,
    status text not null,
    channels integer not null,
    track text not null,
    callback text not null,
    callback_events text not null,
    spans text not null,
    seconds real not null,
    runs_since real
) without rowid;
