"""What an officer may work beside his rank and unit: dated statuses, pools he joined, and where he is not placed."""

import sqlalchemy as sa

from models.tables import Timestamp, metadata, of_department

officer_statuses = of_department(
    "officer_status",
    sa.Column("officer_id", sa.BigInteger),
    sa.Column("status", sa.Text),
    sa.Column("from_on", sa.Date),
    sa.Column("until_on", sa.Date),
)

pool_members = sa.Table(
    "pool_member",
    metadata,
    sa.Column("department_id", sa.BigInteger, primary_key=True),
    sa.Column("officer_id", sa.BigInteger, primary_key=True),
    sa.Column("pool", sa.Text, primary_key=True),
    sa.Column("joined_at", Timestamp),
)

exclusions = of_department(
    "exclusion",
    sa.Column("officer_id", sa.BigInteger),
    sa.Column("contractor_id", sa.BigInteger),
    sa.Column("site_id", sa.BigInteger),
    sa.Column("side", sa.Text),
    sa.Column("from_on", sa.Date),
    sa.Column("until_on", sa.Date),
    sa.Column("reason", sa.Text),
)
