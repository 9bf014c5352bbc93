"""Invitations: what officers may work for a neighbouring department, as their own department's rows."""

from alembic import op

from models.migrations.policies import seal_off_departments

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

INVITATIONS = """
create table invitation (
    department_id bigint not null,
    id bigint generated always as identity,
    asking_id bigint not null,
    asking_opening_id bigint not null,
    code text not null,
    starts_at timestamptz not null,
    ends_at timestamptz not null,
    place text not null,
    pay_cents_per_hour integer,
    minimum_minutes integer not null,
    ranks text[] not null default '{}',
    qualifications text[] not null default '{}',
    invited_at timestamptz not null,
    answer_due_at timestamptz not null,
    constraint invitation_pk primary key (department_id, id),
    constraint invitation_department foreign key (department_id) references department (id),
    constraint invitation_asking foreign key (asking_id) references department (id),
    constraint invitation_once unique (department_id, asking_id, asking_opening_id),
    constraint invitation_of_another check (asking_id <> department_id)
);
create index invitation_by_code on invitation (department_id, code, answer_due_at);
comment on table invitation is
    'that another department asks for an officer: all that crosses the wall to the department invited';
comment on column invitation.code is 'as the department invited knows it: the asking one''s, unless it is taken here';
grant select, insert, update, delete on invitation to dutyline_app;
"""


def upgrade() -> None:
    op.execute(INVITATIONS)
    seal_off_departments("invitation")


def downgrade() -> None:
    op.execute("drop table invitation")
