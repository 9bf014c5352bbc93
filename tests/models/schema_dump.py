"""The database's whole catalog as text, made comparable: pg_dump without what differs from one machine to the next.

After a new migration: `python -m tests.models.schema_dump` writes models/migrations/schema.sql anew.
"""

import os
import re
import subprocess
from pathlib import Path

import sqlalchemy as sa

from bot.servers.installation import postgres_programs
from bot.servers.scratch import scratch

SCHEMA = Path(__file__).parents[2] / "models" / "migrations" / "schema.sql"
TEST_HOME = Path(__file__).parents[2] / "var" / "test"

_HEADER = "-- The catalog after all migrations, as pg_dump tells it. Made by python -m tests.models.schema_dump\n\n"
_NOISE = re.compile(r"^(--.*|SET .*|SELECT pg_catalog\.set_config.*|\\(un)?restrict .*)$", re.MULTILINE)


def dump(url: str) -> str:
    """The schema of the database at `url`, its owner called `owner`."""
    parts = sa.make_url(url)
    done = subprocess.run(
        [
            *(str(postgres_programs() / "pg_dump"), "--schema-only", "--schema", "public", "--no-password"),
            *("-h", str(parts.query.get("host", parts.host)), "-p", str(parts.port or 5432)),
            *("-U", str(parts.username), str(parts.database)),
        ],
        capture_output=True,
        check=True,
        text=True,
        env={**os.environ, "PGPASSWORD": parts.password or "", "PGTZ": "UTC"},
    )
    return _HEADER + _comparable(done.stdout, str(parts.username))


def _comparable(text: str, owner: str) -> str:
    told = _NOISE.sub("", text)
    told = re.sub(rf"^ALTER .* OWNER TO {re.escape(owner)};$", "", told, flags=re.MULTILINE)
    told = re.sub(rf"\b(TO|FROM|ROLE) {re.escape(owner)}\b", r"\1 owner", told)
    return re.sub(r"\n{3,}", "\n\n", told).strip() + "\n"


if __name__ == "__main__":
    with scratch(TEST_HOME) as servers:
        SCHEMA.write_text(dump(servers.database_url))
