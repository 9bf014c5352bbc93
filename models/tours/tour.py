"""Tours: an officer's regular duty hours and leave; for conflict and rest rules only."""

import sqlalchemy as sa

from models.tables import Span, of_department

tours = of_department(
    "tour",
    sa.Column("officer_id", sa.BigInteger),
    sa.Column("kind", sa.Text),
    sa.Column("during", Span),
    sa.Column("source_id", sa.BigInteger),
    sa.Column("leave_kind", sa.Text),
    sa.Column("may_be_called", sa.Boolean),
)
