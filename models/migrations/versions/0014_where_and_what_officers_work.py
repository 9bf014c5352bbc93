# ruff: noqa: E501 - SQL is read by its own lines
"""Statuses with dates, pools that officers joined, where somebody is not placed, and where sites lie."""

from alembic import op

from models.migrations.policies import seal_off_departments

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

STANDING = """
create table officer_status (
    department_id bigint not null,
    id bigint generated always as identity,
    officer_id bigint not null,
    status text not null,
    from_on date not null,
    until_on date,
    constraint officer_status_pk primary key (department_id, id),
    constraint officer_status_officer foreign key (department_id, officer_id) references officer (department_id, id),
    constraint officer_status_once unique (department_id, officer_id, from_on),
    constraint officer_status_in_order check (until_on >= from_on)
);
comment on table officer_status is 'a status for a time, first and last day; officer.status holds on all other days';

create table pool_member (
    department_id bigint not null,
    pool text not null,
    officer_id bigint not null,
    joined_at timestamptz not null,
    constraint pool_member_pk primary key (department_id, officer_id, pool),
    constraint pool_member_officer foreign key (department_id, officer_id) references officer (department_id, id)
);
comment on table pool_member is 'who joined a pool that the handbook keeps for those who did';

create table exclusion (
    department_id bigint not null,
    id bigint generated always as identity,
    officer_id bigint not null,
    contractor_id bigint,
    site_id bigint,
    side text not null,
    from_on date not null,
    until_on date,
    reason text not null default '',
    constraint exclusion_pk primary key (department_id, id),
    constraint exclusion_officer foreign key (department_id, officer_id) references officer (department_id, id),
    constraint exclusion_contractor foreign key (department_id, contractor_id)
        references contractor (department_id, id),
    constraint exclusion_site foreign key (department_id, site_id) references site (department_id, id),
    constraint exclusion_somewhere check ((contractor_id is null) <> (site_id is null)),
    constraint exclusion_side_known check (side in ('officer', 'contractor', 'department')),
    constraint exclusion_once unique nulls not distinct (department_id, officer_id, contractor_id, site_id, side, from_on),
    constraint exclusion_in_order check (until_on >= from_on)
);
comment on table exclusion is 'an officer is not placed with a contractor or at a site, by whose wish (side) and why; officers are told no more than that';

alter table site add column area text;
comment on column site.area is 'what the handbook reckons the way between posts by';
"""


def upgrade() -> None:
    op.execute(STANDING)
    for table in ("officer_status", "pool_member", "exclusion"):
        seal_off_departments(table)
        op.execute(f"grant select, insert, update, delete on {table} to dutyline_app")


def downgrade() -> None:
    raise RuntimeError("who may work where is not thrown away: restore a backup instead")
