"""PINs of persons, and the tries of them that are counted; both are the person's, in all his departments."""

from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

PINS = """
create table pin (
    person_id bigint not null,
    hash text,
    must_change boolean not null default false,
    expires_at timestamptz,
    set_at timestamptz,
    proposed_hash text,
    constraint pin_pk primary key (person_id),
    constraint pin_person foreign key (person_id) references person (id) on delete cascade,
    constraint pin_is_hashed check (hash like '$argon2id$%' and proposed_hash like '$argon2id$%')
);
comment on column pin.must_change is 'somebody else knows it: it is for one call, in which he chooses another';
comment on column pin.proposed_hash is 'a new one that was keyed once and waits to be keyed again';
grant select, insert, update, delete on pin to dutyline_app;

create table pin_try (
    id bigint generated always as identity,
    person_id bigint,
    number text not null,
    tried_at timestamptz not null default clock_timestamp(),
    was_right boolean not null default false,
    constraint pin_try_pk primary key (id)
);
create index pin_try_of_person on pin_try (person_id, tried_at);
create index pin_try_of_number on pin_try (number, tried_at);
create index pin_try_by_age on pin_try (tried_at);
comment on table pin_try is 'a PIN was keyed; written aside, so that a turn that is undone does not undo it';
comment on column pin_try.person_id is 'null for a badge that nobody wears; no key, because it is written aside';
grant select, insert, update, delete on pin_try to dutyline_app;
"""


def upgrade() -> None:
    op.execute(PINS)


def downgrade() -> None:
    op.execute("drop table pin_try; drop table pin")
