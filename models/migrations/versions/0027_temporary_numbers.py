"""Numbers that are somebody's for a while, and the codes by which whoever holds them agrees."""

from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

CODES = """
alter table phone add column until_at timestamptz;
comment on column phone.until_at is 'null for a number that is his for good';

create table one_time_code (
    id bigint generated always as identity,
    person_id bigint not null,
    purpose text not null,
    number text not null,
    code text not null,
    until_at timestamptz,
    made_at timestamptz not null default clock_timestamp(),
    tries integer not null default 0,
    used_at timestamptz,
    constraint one_time_code_pk primary key (id),
    constraint one_time_code_person foreign key (person_id) references person (id) on delete cascade,
    constraint one_time_code_purpose_known check (purpose in ('pin', 'temporary')),
    constraint one_time_code_is_six_figures check (code ~ '^[0-9]{6}$')
);
create index one_time_code_of_person on one_time_code (person_id, purpose, id);
comment on table one_time_code is 'texted to a number, and given back by whoever has it; good for minutes';
comment on column one_time_code.until_at is 'of a temporary number: until when it is asked for';
grant select, insert, update, delete on one_time_code to dutyline_app;
"""


def upgrade() -> None:
    op.execute(CODES)


def downgrade() -> None:
    op.execute("drop table one_time_code")
    op.execute("alter table phone drop column until_at")
