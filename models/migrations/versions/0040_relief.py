"""Relief: the rest of a detail that an officer hands over while he is on it."""

from alembic import op

from models.migrations.policies import seal_off_departments

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

RELIEF = """
create table relief (
    department_id bigint not null,
    id bigint generated always as identity,
    assignment_id bigint not null,
    colleague_id bigint,
    reason text not null,
    asked_at timestamptz not null,
    state text not null default 'asked',
    ended_at timestamptz,
    constraint relief_pk primary key (department_id, id),
    constraint relief_assignment foreign key (department_id, assignment_id) references assignment (department_id, id),
    constraint relief_colleague foreign key (department_id, colleague_id) references officer (department_id, id),
    constraint relief_state_known check (state in ('asked', 'taken', 'handed_over', 'unfilled'))
);
comment on column relief.colleague_id is 'whom he named to be asked first';
create unique index relief_one_open on relief (department_id, assignment_id) where state in ('asked', 'taken');
grant select, insert, update, delete on relief to dutyline_app;

alter table opening
    add column relief_id bigint,
    add constraint opening_relief foreign key (department_id, relief_id) references relief (department_id, id);
comment on column opening.relief_id is 'the rest of a detail that somebody hands over: nothing the contractor ordered';
create index opening_of_relief on opening (department_id, relief_id) where relief_id is not null;
"""


def upgrade() -> None:
    op.execute(RELIEF)
    seal_off_departments("relief")


def downgrade() -> None:
    raise RuntimeError("who relieved whom is part of the record: restore a backup instead")
