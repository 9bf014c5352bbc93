"""Contacts: every time an officer was asked, or passed over, and what came of it; what kind of leave a leave is."""

from alembic import op

from models.migrations.policies import append_only, seal_off_departments

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

CONTACTS = """
create table contact (
    department_id bigint not null,
    id bigint generated always as identity,
    officer_id bigint not null,
    opening_id bigint not null,
    slot_id bigint,
    offer_id bigint,
    assignment_id bigint,
    message_out_id bigint,
    step text not null,
    channel text not null,
    outcome text not null,
    contacted_at timestamptz not null,
    reason text,
    turn text,
    charged_minutes integer not null default 0,
    charged_points integer not null default 0,
    refused_minutes integer not null default 0,
    constraint contact_pk primary key (department_id, id),
    constraint contact_officer foreign key (department_id, officer_id) references officer (department_id, id),
    constraint contact_opening foreign key (department_id, opening_id) references opening (department_id, id),
    constraint contact_slot foreign key (department_id, slot_id) references slot (department_id, id),
    constraint contact_offer foreign key (department_id, offer_id) references offer (department_id, id),
    constraint contact_assignment foreign key (department_id, assignment_id) references assignment (department_id, id),
    constraint contact_channel_known check (channel in ('sms', 'voice', 'web')),
    constraint contact_turn_known check (turn in ('spent', 'kept')),
    constraint contact_outcome_known check (outcome in ('considered', 'skipped', 'not_attempted', 'sent', 'unreachable',
        'busy', 'no_answer', 'machine', 'left_message', 'heard_and_hung_up', 'hung_up_before_input', 'declined',
        'accepted'))
);
comment on table contact is 'declined, no answer, unreachable and not attempted are facts apart; none is ever changed';
comment on column contact.message_out_id is 'the text by which he was told, where the outcome is that it was sent';
comment on column contact.reason is 'of one who was skipped: the rule that kept him from it';
comment on column contact.turn is 'whether it cost him his turn; null where nothing is priced';
create unique index contact_of_message on contact (department_id, message_out_id) where message_out_id is not null;
create index contact_of_opening on contact (department_id, opening_id, officer_id, id);
create index contact_of_officer on contact (department_id, officer_id, id);
alter table tour
    add column leave_kind text,
    add column may_be_called boolean not null default false,
    add constraint tour_leave_kind_known check (leave_kind in ('vacation', 'sick', 'injured', 'military',
        'bereavement', 'training', 'union', 'other')),
    add constraint tour_leave_kind_of_leave check (leave_kind is null or kind = 'leave');
comment on column tour.leave_kind is 'what kind of leave it is; null of leave: nobody said';
comment on column tour.may_be_called is 'the officer''s own choice to be asked while on leave';
"""


def upgrade() -> None:
    op.execute(CONTACTS)
    seal_off_departments("contact")
    append_only("contact")
    op.execute("grant select, insert on contact to dutyline_app")


def downgrade() -> None:
    raise RuntimeError("what came of contacts is not thrown away: restore a backup instead")
