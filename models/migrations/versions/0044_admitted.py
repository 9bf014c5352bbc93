"""Call-outs of a slot that more ranks may take now: a kind of its own."""

from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None

KINDS = """
alter table call_out drop constraint call_out_kind_known;
alter table call_out add constraint call_out_kind_known
    check (kind in ('posting', 'replacement', 'admitted', 'emergency'));
"""


def upgrade() -> None:
    op.execute(KINDS)


def downgrade() -> None:
    raise RuntimeError("why officers were asked is part of the record: restore a backup instead")
