"""Hand-offs that stand open until somebody at the desk has dealt with them; callers who go before others."""

from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

OPEN = """
alter table hand_off
    add column claimed_person_id bigint,
    add column identified_by text,
    add column language text,
    add column told jsonb not null default '{}',
    add column done_at timestamptz,
    add constraint hand_off_claimed foreign key (claimed_person_id) references person (id);
create index hand_off_open on hand_off (department_id, urgent, handed_at) where done_at is null;
comment on column hand_off.claimed_person_id is 'whose number or badge it was, where nobody has shown that he is he';
comment on column hand_off.identified_by is 'pin, badge_and_pin, code; badge_alone: no PIN to it; null: a number';
comment on column hand_off.told is 'ids and figures: the flow and step he was in, the assignment it is about';
comment on column hand_off.done_at is 'when somebody at the desk had dealt with it';

alter table waiting add column urgent boolean not null default false;
comment on column waiting.urgent is 'before whoever is not: a detail of his is near or goes on, or an emergency';
"""


def upgrade() -> None:
    op.execute(OPEN)


def downgrade() -> None:
    raise RuntimeError("what the desk dealt with is part of the record: restore a backup instead")
