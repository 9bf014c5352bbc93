"""Call-outs: officers asked down a list for an opening's slots, and which step of it an offer stands at."""

from alembic import op

from models.migrations.policies import seal_off_departments

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

CALL_OUTS = """
create table call_out (
    department_id bigint not null,
    id bigint generated always as identity,
    opening_id bigint not null,
    handbook_id bigint not null,
    kind text not null,
    band text not null default '',
    began_at timestamptz not null,
    ends_at timestamptz,
    asked_at timestamptz,
    state text not null default 'running',
    ended_at timestamptz,
    constraint call_out_pk primary key (department_id, id),
    constraint call_out_opening foreign key (department_id, opening_id) references opening (department_id, id),
    constraint call_out_handbook foreign key (department_id, handbook_id) references handbook (department_id, id),
    constraint call_out_kind_known check (kind in ('posting', 'replacement', 'emergency')),
    constraint call_out_state_known check (state in ('running', 'filled', 'exhausted', 'over'))
);
comment on column call_out.asked_at is 'when somebody was asked last: the next may have to wait';
create unique index call_out_one_running on call_out (department_id, opening_id) where state = 'running';
create index call_out_of_opening on call_out (department_id, opening_id);

alter table offer
    add column call_out_id bigint,
    add column step integer not null default 0,
    add constraint offer_call_out foreign key (department_id, call_out_id) references call_out (department_id, id);
create index offer_of_opening on offer (department_id, opening_id, officer_id);
grant select, insert, update, delete on call_out to dutyline_app;
"""


def upgrade() -> None:
    op.execute(CALL_OUTS)
    seal_off_departments("call_out")


def downgrade() -> None:
    raise RuntimeError("offers would lose the call-out they belong to: restore a backup instead")
