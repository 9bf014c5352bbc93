"""Owed details: who was wrongly passed over is offered the next detail he can take."""

from alembic import op

from models.migrations.policies import seal_off_departments

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

OWED = """
create table owed_detail (
    department_id bigint not null,
    id bigint generated always as identity,
    officer_id bigint not null,
    opening_id bigint not null,
    handbook_id bigint not null,
    owed_at timestamptz not null,
    until_at timestamptz not null,
    decided_by text not null,
    words text not null,
    offer_id bigint,
    state text not null default 'owed',
    ended_at timestamptz,
    constraint owed_detail_pk primary key (department_id, id),
    constraint owed_detail_officer foreign key (department_id, officer_id) references officer (department_id, id),
    constraint owed_detail_opening foreign key (department_id, opening_id) references opening (department_id, id),
    constraint owed_detail_handbook foreign key (department_id, handbook_id) references handbook (department_id, id),
    constraint owed_detail_offer foreign key (department_id, offer_id) references offer (department_id, id),
    constraint owed_detail_state_known check (state in ('owed', 'offered', 'used', 'refused', 'run_out')),
    constraint owed_detail_once unique (department_id, officer_id, opening_id)
);
comment on column owed_detail.opening_id is 'what he should have had';
comment on column owed_detail.offer_id is 'the offer by which it was last put to him';
create index owed_detail_to_offer on owed_detail (department_id, id) where state = 'owed';

alter table offer add column is_owed boolean not null default false;
comment on column offer.is_owed is 'it is put to an officer who was wrongly passed over, before the award';
grant select, insert, update, delete on owed_detail to dutyline_app;
"""


def upgrade() -> None:
    op.execute(OWED)
    seal_off_departments("owed_detail")


def downgrade() -> None:
    raise RuntimeError("what is owed to officers is part of the record: restore a backup instead")
