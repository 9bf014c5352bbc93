"""`dutyline backup`: every record in one file, out of one moment, while everything goes on."""

import os
import secrets
import sys
from pathlib import Path

import click

from bot.config import Config
from bot.servers.archives import dump


@click.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, allow_dash=True, path_type=Path))
def backup(file: Path) -> None:
    """Write every record to FILE, which must not exist yet; - writes to standard output.

    Connects with DATABASE_OWNER_URL, or DATABASE_URL when that is not set. Nothing has to be stopped: the file
    holds one moment. It holds names, numbers and messages, and only you may read it: keep it where you would keep
    the records. `dutyline restore FILE` reads it.
    """
    url = Config.load().release_url
    if url is None:
        raise click.ClickException("DATABASE_URL is not set.")
    if str(file) == "-":
        dump(url, sys.stdout.buffer)
        return
    size = _write(url, file)
    click.echo(
        f"{file}: {size / 1_000_000:.1f} MB. Try it now and then: dutyline restore into an empty database.", err=True
    )


def _write(url: str, file: Path) -> int:
    """Under its own name the file is whole: a backup that failed leaves nothing."""
    if file.exists():
        raise click.ClickException(f"{file} exists already; nothing is overwritten.")
    fresh = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as to:
            dump(url, to)
            os.fsync(to.fileno())
        # A link, because it refuses where a rename would replace.
        file.hardlink_to(fresh)
        return file.stat().st_size
    except FileExistsError:
        raise click.ClickException(f"{file} exists already; nothing is overwritten.") from None
    except OSError as error:
        raise click.ClickException(f"{file} cannot be written: {error.strerror}.") from None
    finally:
        fresh.unlink(missing_ok=True)
