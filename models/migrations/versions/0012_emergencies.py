"""Emergencies: who declared one, when, by what authority, in what words; filed with all that was given out under it."""

from alembic import op

from models.migrations.policies import seal_off_departments

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

EMERGENCIES = """
create table emergency (
    department_id bigint not null,
    id bigint generated always as identity,
    handbook_id bigint not null,
    declared_at timestamptz not null,
    declared_by text not null,
    authority text not null,
    words text not null,
    ends_at timestamptz not null,
    detail_ids bigint[],
    state text not null default 'declared',
    ended_at timestamptz,
    ended_by text,
    constraint emergency_pk primary key (department_id, id),
    constraint emergency_department foreign key (department_id) references department (id),
    constraint emergency_handbook foreign key (department_id, handbook_id) references handbook (department_id, id),
    constraint emergency_ends_later check (ends_at > declared_at),
    constraint emergency_state_known check (state in ('declared', 'ended'))
);
comment on column emergency.detail_ids is 'the details it is for; null: all that start before it ends';
comment on column emergency.ended_by is 'who ended it; null: its time';
create unique index emergency_one_declared on emergency (department_id) where state = 'declared';

alter table call_out
    add column emergency_id bigint,
    add constraint call_out_emergency foreign key (department_id, emergency_id)
        references emergency (department_id, id);
alter table award
    add column emergency_id bigint,
    add constraint award_emergency foreign key (department_id, emergency_id) references emergency (department_id, id);
grant select, insert, update, delete on emergency to dutyline_app;
"""


def upgrade() -> None:
    op.execute(EMERGENCIES)
    seal_off_departments("emergency")


def downgrade() -> None:
    raise RuntimeError("declarations are part of the record of awards: restore a backup instead")
