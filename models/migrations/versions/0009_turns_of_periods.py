"""The turn of a pool's period: which were made, since when a count counts, the order a rotation began with."""

from alembic import op

from models.migrations.policies import append_only, seal_off_departments

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

TURNS = """
create table counter_turn (
    department_id bigint not null,
    pool text not null,
    starts_on date not null,
    handbook_id bigint not null,
    turned_at timestamptz not null,
    constraint counter_turn_pk primary key (department_id, pool, starts_on),
    constraint counter_turn_handbook foreign key (department_id, handbook_id) references handbook (department_id, id)
);
comment on table counter_turn is 'a pool began to count anew on that day; once, however often it is tried';
alter table hours_count add column since_at timestamptz not null default 'epoch';
comment on column hours_count.since_at is 'what was charged before is of a period that ended, and is not given back';
alter table rotation add column base_place bigint;
-- Nobody's rows are seen while a migration runs; for this one statement the owner sees them all.
alter table rotation no force row level security;
update rotation set base_place = place;
set constraints all immediate;
alter table rotation force row level security;
comment on column rotation.base_place is 'the order in which officers came into the rotation; a reset may return to it';
"""


def upgrade() -> None:
    op.execute(TURNS)
    seal_off_departments("counter_turn")
    append_only("counter_turn")
    op.execute("grant select, insert on counter_turn to dutyline_app")


def downgrade() -> None:
    raise RuntimeError("which turns were made is not thrown away: restore a backup instead")
