"""Listings: the facts by which officers were asked down a list, told of what goes first come, or refused it."""

from alembic import op

from models.migrations.policies import append_only, seal_off_departments

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

LISTING = """
create table listing (
    department_id bigint not null,
    id bigint generated always as identity,
    kind text not null,
    opening_id bigint not null,
    call_out_id bigint,
    handbook_id bigint not null,
    listed_at timestamptz not null,
    facts jsonb not null,
    standby_ids bigint[] not null default '{}',
    never bigint[] not null default '{}',
    constraint listing_pk primary key (department_id, id),
    constraint listing_opening foreign key (department_id, opening_id) references opening (department_id, id),
    constraint listing_call_out foreign key (department_id, call_out_id) references call_out (department_id, id),
    constraint listing_handbook foreign key (department_id, handbook_id) references handbook (department_id, id),
    constraint listing_kind_known check (kind in ('call_out', 'announced', 'refused')),
    constraint listing_of_call_out check ((kind = 'call_out') = (call_out_id is not null))
);
comment on table listing is 'where no award is made: the facts by which officers were asked, told or refused';
comment on column listing.standby_ids is 'the standbys of the award, who were asked first';
comment on column listing.never is 'who was not to be asked';
create index listing_at on listing (department_id, listed_at);
grant select, insert on listing to dutyline_app;
"""


def upgrade() -> None:
    op.execute(LISTING)
    seal_off_departments("listing")
    append_only("listing")


def downgrade() -> None:
    raise RuntimeError("what was decided by is part of the record: restore a backup instead")
