"""Standing orders, and when officers want to be told of new details."""

from alembic import op

from models.migrations.policies import seal_off_departments

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

TABLES = """
create table standing_order (
    department_id bigint not null,
    id bigint generated always as identity,
    officer_id bigint not null,
    kinds text[] not null default '{}',
    weekdays integer[] not null default '{}',
    least_minutes integer,
    most_minutes integer,
    from_minute integer,
    until_minute integer,
    placed_at timestamptz not null,
    ended_at timestamptz,
    constraint standing_order_pk primary key (department_id, id),
    constraint standing_order_officer foreign key (department_id, officer_id) references officer (department_id, id),
    constraint standing_order_weekdays_known check (weekdays <@ array[0, 1, 2, 3, 4, 5, 6])
);
create index standing_order_stands on standing_order (department_id, officer_id) where ended_at is null;
comment on column standing_order.weekdays is 'Monday 0; empty for every day';
comment on column standing_order.from_minute is 'of the local day, the earliest start';

create table telling_choice (
    department_id bigint not null,
    officer_id bigint not null,
    quiet_from integer,
    quiet_until integer,
    digest integer,
    urgent_only boolean not null default false,
    constraint telling_choice_pk primary key (department_id, officer_id),
    constraint telling_choice_officer foreign key (department_id, officer_id) references officer (department_id, id),
    constraint telling_choice_quiet_whole check ((quiet_from is null) = (quiet_until is null))
);
comment on column telling_choice.quiet_from is 'minute of the local day; the same as quiet_until where he wants none';
comment on column telling_choice.digest is 'minute of the local day; -1 for each detail as it is posted';

create table news_waiting (
    department_id bigint not null,
    officer_id bigint not null,
    opening_id bigint not null,
    constraint news_waiting_pk primary key (department_id, officer_id, opening_id),
    constraint news_waiting_officer foreign key (department_id, officer_id) references officer (department_id, id),
    constraint news_waiting_opening foreign key (department_id, opening_id) references opening (department_id, id)
);

grant select, insert, update, delete on standing_order, telling_choice, news_waiting to dutyline_app;
"""


def upgrade() -> None:
    op.execute(TABLES)
    for table in ("standing_order", "telling_choice", "news_waiting"):
        seal_off_departments(table)


def downgrade() -> None:
    op.execute("drop table news_waiting, telling_choice, standing_order")
