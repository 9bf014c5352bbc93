"""Every list by which somebody was asked: later ones as what differs from the first, and which list an offer is of."""

from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

EVERY_LIST = """
alter table listing
    add column base_id bigint,
    add constraint listing_base foreign key (department_id, base_id) references listing (department_id, id);
create index listing_of_opening on listing (department_id, opening_id, id);
comment on column listing.base_id is 'the list of the same opening from which facts says only what differs';

alter table offer
    add column listing_id bigint,
    add constraint offer_listing foreign key (department_id, listing_id) references listing (department_id, id);
comment on column offer.listing_id is 'the list by which he was asked; null: the first of its call-out, or none';
"""


def upgrade() -> None:
    op.execute(EVERY_LIST)


def downgrade() -> None:
    raise RuntimeError("what was decided by is part of the record: restore a backup instead")
