# ruff: noqa: E501 - SQL is read by its own lines
"""Where tours come from: files, feeds and systems that push."""

from alembic import op

from models.migrations.policies import seal_off_departments

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

SOURCES = """
create table tour_source (
    department_id bigint not null,
    id bigint generated always as identity,
    name text not null,
    mapping jsonb not null default '{}',
    url text,
    every_minutes integer,
    fetch_at timestamptz,
    fetched_at timestamptz,
    etag text,
    last_modified text,
    trouble text,
    token_digest text,
    constraint tour_source_pk primary key (department_id, id),
    constraint tour_source_department foreign key (department_id) references department (id),
    constraint tour_source_name_unique unique (department_id, name),
    constraint tour_source_every_positive check (every_minutes > 0),
    constraint tour_source_feed_is_fetched check ((url is null) = (fetch_at is null))
);
comment on column tour_source.fetch_at is 'when the feed is asked next';
comment on column tour_source.token_digest is 'SHA-256 of the secret part of the token with which a system may push';

alter table tour add column source_id bigint;
alter table tour add constraint tour_source_of_tour foreign key (department_id, source_id) references tour_source (department_id, id);
comment on column tour.source_id is 'who brought it; none for tours of a bundle';

alter table event drop constraint event_actor_known;
alter table event add constraint event_actor_known check (actor_kind in ('officer', 'contractor', 'agent', 'system', 'carrier', 'operator', 'department_system'));

grant select, insert, update, delete on tour_source to dutyline_app;
"""


def upgrade() -> None:
    op.execute(SOURCES)
    seal_off_departments("tour_source")


def downgrade() -> None:
    raise RuntimeError("events may name a department's own system by now: restore a backup instead")
