"""Proof of place: a site's own telephone, the code of a detail, and what a check-in was shown by."""

from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

PLACE = """
alter table site
    add column phone text,
    add column asks_proof boolean not null default false;
comment on column site.phone is 'its own telephone, on the spot: a call from it shows that somebody is there';
comment on column site.asks_proof is 'whether officers show that they are there, where the handbook leaves it to sites';
alter table detail
    add column place_code text;
comment on column detail.place_code is 'what the site contact reads out to officers; no secret after the day';
alter table attendance
    add column place_proof text,
    add constraint attendance_place_proof_known check (place_proof in ('none', 'site_phone', 'code'));
comment on column attendance.place_proof is 'what showed that he was there; null: nothing was asked';
"""


def upgrade() -> None:
    op.execute(PLACE)


def downgrade() -> None:
    raise RuntimeError("what showed that officers were there is part of the record: restore a backup instead")
