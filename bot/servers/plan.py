"""What `dutyline up` is to run, decided before anything is started."""

import socket
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from bot.config import Config, ConfigError, demo_settings, env_file, read_env, write_env, written_settings
from bot.config_problems import is_on_this_machine
from bot.servers.databases import ensure_database
from bot.servers.ports import listen, listen_at_first_free, port_number
from bot.servers.postgres import DATABASE, EmbeddedPostgres
from bot.servers.redis import EmbeddedRedis, is_embedded_redis
from bot.servers.server import EmbeddedServer


@dataclass(frozen=True)
class Plan:
    """The environment of the processes, the doors of the web server, the pocket phone and its mail server, the servers
    of our own.
    """

    environment: dict[str, str]
    door: socket.socket
    postgres: EmbeddedPostgres | None
    redis: EmbeddedRedis | None
    pocket_phone_door: socket.socket | None
    database: str = DATABASE
    mail_door: socket.socket | None = None

    @property
    def servers(self) -> list[EmbeddedServer]:
        """The embedded servers, in the order they are started."""
        return [server for server in (self.postgres, self.redis) if server is not None]

    def close_doors(self) -> None:
        """Let nobody in any more."""
        for door in (self.door, self.pocket_phone_door, self.mail_door):
            if door is not None:
                door.close()

    def with_servers(self) -> "Plan":
        """This plan with the URLs of the embedded servers, once they run; noted in `var/env` for other
        commands.
        """
        urls = {}
        if self.postgres is not None:
            ensure_database(self.postgres, self.database)
            urls["DATABASE_URL"] = self.postgres.url(self.database)
        if self.redis is not None:
            urls["REDIS_URL"] = self.redis.url()
        _note(urls)
        return replace(self, environment={**self.environment, **urls})


def make_plan(
    var: Path,
    environ: Mapping[str, str],
    *,
    embedded: bool = False,
    port: int | None = None,
    host: str | None = None,
    database: str | None = None,
) -> Plan:
    """Decide what to run for the settings in `environ` and `var/env`.

    `database` is the one to use of an embedded server, if not the one that the settings name. Raises ConfigError for
    settings that production refuses, ServerError when the port is taken.
    """
    config = Config.load(environ)
    is_written = not _speaks(environ, "DATABASE_URL")
    postgres, redis = _servers_of_our_own(var, config, is_written=is_written, allowed=embedded or config.is_demo)
    _check(config, postgres, redis)
    # A server answers on every address; a demo, whose passwords are known, on this machine's own only.
    host = host or ("127.0.0.1" if config.is_demo else "0.0.0.0")  # noqa: S104 - production is meant to be reached
    door = _open_door(config, environ, port, host)
    phone_door = _open_pocket_phone(config, environ, port_number(door))
    mail_door = _open_mail(environ, phone_door)
    settings = _settle_demo(door, phone_door, mail_door) if config.is_demo else written_settings(environ)
    environment = {**_with_what_is_silent(environ, settings), "PORT": str(port_number(door))}
    return Plan(environment, door, postgres, redis, phone_door, database or _database_named(config), mail_door)


def _servers_of_our_own(
    var: Path, config: Config, *, is_written: bool, allowed: bool
) -> tuple[EmbeddedPostgres | None, EmbeddedRedis | None]:
    postgres = _own_postgres(var, config, is_written=is_written)
    redis = EmbeddedRedis(var / "redis") if config.redis_url is None or is_embedded_redis(config.redis_url) else None
    if allowed:
        return postgres, redis
    if config.database_url and postgres:
        raise ConfigError(["DATABASE_URL is the embedded server's; say --embedded, or name another."])
    return None, None


def _own_postgres(var: Path, config: Config, *, is_written: bool) -> EmbeddedPostgres | None:
    if config.database_url is None:
        return EmbeddedPostgres(var / "pg")
    # Only a socket on this machine can be ours; anything else is not worth looking for a cluster.
    if "@/" not in config.database_url:
        return None
    server = EmbeddedPostgres(var / "pg")
    # A socket in `var/env` was written by us, perhaps for a cluster that has been thrown away since.
    return server if is_written or server.owns(config.database_url) else None


def _database_named(config: Config) -> str:
    """The database of the embedded server that the settings name: a demo goes on in the one it made."""
    return (config.database_url or "").partition("@/")[2].partition("?")[0] or DATABASE


def _check(config: Config, postgres: EmbeddedPostgres | None, redis: EmbeddedRedis | None) -> None:
    """Refuse what production refuses; what an embedded server is about to provide is not missing."""
    provided = replace(
        config,
        database_url=config.database_url or (None if postgres is None else "postgresql+psycopg://"),
        redis_url=config.redis_url or (None if redis is None else redis.url()),
    )
    provided.require()


def _open_door(config: Config, environ: Mapping[str, str], port: int | None, host: str) -> socket.socket:
    """On the port asked for; a demo that was asked for none moves on from a port that is taken."""
    if config.is_demo and port is None and not environ.get("PORT"):
        return listen_at_first_free(host, config.port)
    return listen(host, port or config.port)


def _open_pocket_phone(config: Config, environ: Mapping[str, str], port: int) -> socket.socket | None:
    """On the first free port after the web server's; None in production, and when somebody else is the carrier."""
    is_elsewhere = config.twilio_api_base is not None and not is_on_this_machine(config.twilio_api_base)
    if not config.is_demo or is_elsewhere or _speaks(environ, "TWILIO_API_BASE"):
        return None
    return listen_at_first_free("127.0.0.1", port + 1)


def _open_mail(environ: Mapping[str, str], phone_door: socket.socket | None) -> socket.socket | None:
    """Where the pocket phone takes mails; None where there is none, or another mail server is named."""
    if phone_door is None or _speaks(environ, "SMTP_URL"):
        return None
    return listen_at_first_free("127.0.0.1", port_number(phone_door) + 1)


def _settle_demo(
    door: socket.socket, phone_door: socket.socket | None, mail_door: socket.socket | None
) -> dict[str, str]:
    """The settings of a demo at these doors, kept in `var/env` from one start to the next."""
    port = port_number(door)
    phone_port = port + 1 if phone_door is None else port_number(phone_door)
    mail_port = None if mail_door is None else port_number(mail_door)
    settings = demo_settings(port, phone_port, read_env(env_file()), mail_port)
    _note(settings)
    return settings


def _note(settings: Mapping[str, str]) -> None:
    path = env_file()
    if path is not None and settings:
        write_env(path, {**read_env(path), **settings})


def _with_what_is_silent(environ: Mapping[str, str], settings: Mapping[str, str]) -> dict[str, str]:
    """`environ`, and from `settings` what it says nothing about."""
    return {**environ, **{name: value for name, value in settings.items() if not _speaks(environ, name)}}


def _speaks(environ: Mapping[str, str], name: str) -> bool:
    name = name.removesuffix("_FILE")
    return any(environ.get(variant, "").strip() for variant in (name, f"{name}_FILE"))
