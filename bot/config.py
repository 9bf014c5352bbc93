"""Everything an operator can set: read once from the environment, checked, and said in plain sentences.

Names are those of the environment, in lower case. Each may also be given as NAME_FILE, the path of a file
that holds the value. In a checkout, `var/env` (KEY=VALUE lines, written by the demo) speaks where the
environment is silent.
"""

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Self
from urllib.parse import urlsplit

from bot.config_problems import (
    database_problem,
    is_on_this_machine,
    mail_problem,
    pair_problem,
    public_url_problem,
    scheme_problem,
    sid_problem,
    weakness,
)

Mode = Literal["production", "demo"]

ROOT = Path(__file__).resolve().parent.parent
IS_CHECKOUT = (ROOT / "pyproject.toml").is_file()
DEFAULT_PORT = 8000

NAMES = (
    "DATABASE_URL",
    "DATABASE_OWNER_URL",
    "REDIS_URL",
    "PUBLIC_URL",
    "EVENTS_URL",
    "SECRET_KEY",
    "TWILIO_ACCOUNT_SID",
    "TWILIO_AUTH_TOKEN",
    "TWILIO_API_BASE",
    "TWILIO_API_KEY",
    "TWILIO_API_SECRET",
    "TWILIO_MESSAGING_SERVICE_SID",
    "SMTP_URL",
    "VAPID_PRIVATE_KEY",
    "DUTYLINE_MAIL_FROM",
    "PROMPT_AUDIO",
    "PORT",
    "DUTYLINE_MODE",
)
NEEDED = ("database_url", "redis_url", "public_url", "secret_key", "twilio_account_sid", "twilio_auth_token")


class ConfigError(Exception):
    """The settings do not allow a start; `problems` says why, one sentence each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Feature:
    """Something that an optional setting switches on."""

    name: str
    is_on: bool
    settings: tuple[str, ...]


@dataclass(frozen=True)
class Config:
    """The settings of one process. None means not set."""

    mode: Mode = "production"
    database_url: str | None = field(default=None, repr=False)
    database_owner_url: str | None = field(default=None, repr=False)
    redis_url: str | None = field(default=None, repr=False)
    public_url: str | None = None
    events_url: str | None = None
    secret_key: str | None = field(default=None, repr=False)
    twilio_account_sid: str | None = None
    twilio_auth_token: str | None = field(default=None, repr=False)
    twilio_api_base: str | None = None
    twilio_api_key: str | None = None
    twilio_api_secret: str | None = field(default=None, repr=False)
    twilio_messaging_service_sid: str | None = None
    smtp_url: str | None = field(default=None, repr=False)
    dutyline_mail_from: str | None = None
    vapid_private_key: str | None = field(default=None, repr=False)
    prompt_audio: str | None = None
    port: int = DEFAULT_PORT
    misread: tuple[str, ...] = ()

    @classmethod
    def load(cls, environ: Mapping[str, str] | None = None) -> Self:
        """Read the settings from `environ` (None: this process's), and from `var/env` where that is silent.

        Never raises: what could not be read is among the `problems()`.
        """
        problems: list[str] = []
        spoken = _values(os.environ if environ is None else environ, problems)
        written = _values(written_settings(spoken), problems)
        values = {**written, **spoken}
        port = _port(values.pop("PORT", None), problems)
        mode = _mode(values.pop("DUTYLINE_MODE", "production"), problems)
        settings = {name.lower(): _normalised(name, value) for name, value in values.items()}
        return cls(mode=mode, port=port, misread=tuple(problems), **settings)

    @property
    def is_demo(self) -> bool:
        """Whether this is for trying out: a clock of its own, the pocket phone, no real carrier."""
        return self.mode == "demo"

    @property
    def release_url(self) -> str | None:
        """Where migrations connect: the owner's URL, or the application's own when no other is given."""
        return self.database_owner_url or self.database_url

    @property
    def api_key(self) -> tuple[str, str] | None:
        """The API key and its secret under which the carrier is asked, where one is set."""
        if self.twilio_api_key and self.twilio_api_secret:
            return self.twilio_api_key, self.twilio_api_secret
        return None

    @property
    def mails(self) -> bool:
        """Whether there is a mail server."""
        return self.smtp_url is not None

    @property
    def mail_from(self) -> str:
        """The address from which mails come: the one that is set, else one of the host that everybody knows us by."""
        return self.dutyline_mail_from or f"details@{urlsplit(self.public_url or '').hostname or 'localhost'}"

    @property
    def audio_folders(self) -> tuple[Path, ...]:
        """The folders of one's own recordings, those that come first are played first."""
        return tuple(Path(folder) for folder in (self.prompt_audio or "").split(os.pathsep) if folder)

    def problems(self) -> list[str]:
        """What is missing, weak or malformed, a sentence each; empty when everything is in order."""
        return [*self.misread, *self._missing(), *self._malformed(), *self._weak()]

    def require(self) -> Self:
        """This configuration, for a process about to start.

        Raises ConfigError when anything is amiss in production. A demo fills in its settings itself and only
        stumbles over what is malformed.
        """
        problems = [*self.misread, *self._malformed()] if self.is_demo else self.problems()
        if problems:
            raise ConfigError(problems)
        return self

    def features(self) -> list[Feature]:
        """What the optional settings switch on, for the doctor to list."""
        return [
            Feature(name, bool(value), settings)
            for name, value, settings in (
                (
                    "texts through a messaging service",
                    self.twilio_messaging_service_sid,
                    ("TWILIO_MESSAGING_SERVICE_SID",),
                ),
                ("the carrier asked under an API key", self.api_key, ("TWILIO_API_KEY", "TWILIO_API_SECRET")),
                ("migrations as a separate owner", self.database_owner_url, ("DATABASE_OWNER_URL",)),
                ("mails to officers who want them", self.mails, ("SMTP_URL",)),
                ("one's own recorded prompts", self.prompt_audio, ("PROMPT_AUDIO",)),
                ("another carrier address than Twilio's", self.twilio_api_base, ("TWILIO_API_BASE",)),
            )
        ]

    def _missing(self) -> list[str]:
        return [f"{name.upper()} is not set." for name in NEEDED if getattr(self, name) is None]

    def _malformed(self) -> list[str]:
        checks = (
            database_problem("DATABASE_URL", self.database_url),
            database_problem("DATABASE_OWNER_URL", self.database_owner_url),
            scheme_problem("REDIS_URL", self.redis_url, ("redis", "rediss", "unix")),
            public_url_problem(self.public_url, self.is_demo),
            scheme_problem("EVENTS_URL", self.events_url, ("https", "http")),
            scheme_problem("TWILIO_API_BASE", self.twilio_api_base, ("https", "http")),
            scheme_problem("SMTP_URL", self.smtp_url, ("smtp", "smtps")),
            sid_problem("TWILIO_ACCOUNT_SID", self.twilio_account_sid, "AC"),
            sid_problem("TWILIO_API_KEY", self.twilio_api_key, "SK"),
            sid_problem("TWILIO_MESSAGING_SERVICE_SID", self.twilio_messaging_service_sid, "MG"),
            pair_problem(self.twilio_api_key, self.twilio_api_secret),
            mail_problem(self.dutyline_mail_from),
        )
        return [problem for problem in checks if problem]

    def _weak(self) -> list[str]:
        checks = (
            weakness("SECRET_KEY", self.secret_key, 32),
            weakness("TWILIO_AUTH_TOKEN", self.twilio_auth_token, 16),
        )
        return [problem for problem in checks if problem]


def env_file() -> Path | None:
    """The file that speaks where the environment is silent; only a checkout has one."""
    return var_folder() / "env" if IS_CHECKOUT else None


def var_folder() -> Path:
    """Where an installation keeps its files: `var/` of the checkout, or of the folder it is started in."""
    return (ROOT if IS_CHECKOUT else Path.cwd()) / "var"


def read_env(path: Path | None) -> dict[str, str]:
    """The KEY=VALUE lines of `path`, without blanks and # comments; empty when there is no such file."""
    if path is None or not path.is_file():
        return {}
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    pairs = (line.partition("=") for line in lines if "=" in line and not line.startswith("#"))
    return {key.strip(): value.strip() for key, _, value in pairs}


def written_settings(environ: Mapping[str, str]) -> dict[str, str]:
    """What `var/env` says beside `environ`; nothing to a production asked for by name, if a demo wrote it."""
    written = read_env(env_file())
    is_a_demos = written.get("DUTYLINE_MODE") == "demo"
    return {} if is_a_demos and environ.get("DUTYLINE_MODE") == "production" else written


def write_env(path: Path, mapping: Mapping[str, str]) -> None:
    """Write `mapping` as KEY=VALUE lines that only we may read, in one step: nobody reads half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.writelines(f"{key}={value}\n" for key, value in mapping.items())
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def demo_settings(
    port: int, pocket_phone_port: int, known: Mapping[str, str], mail_port: int | None = None
) -> dict[str, str]:
    """What a demo needs beyond its servers: `known` settings kept, the rest made up.

    Addresses on this machine follow the ports, so that a demo restarted on others still finds itself.
    """
    made_up = {
        "SECRET_KEY": secrets.token_urlsafe(48),
        "TWILIO_ACCOUNT_SID": f"AC{secrets.token_hex(16)}",
        "TWILIO_AUTH_TOKEN": secrets.token_hex(16),
    }
    addresses = {"PUBLIC_URL": f"http://127.0.0.1:{port}", "TWILIO_API_BASE": f"http://127.0.0.1:{pocket_phone_port}"}
    if mail_port is not None:
        addresses["SMTP_URL"] = f"smtp://127.0.0.1:{mail_port}"
    foreign = {key: value for key, value in known.items() if key in addresses and not is_on_this_machine(value)}
    return {**made_up, **known, **addresses, **foreign, "DUTYLINE_MODE": "demo", "PORT": str(port)}


def _values(source: Mapping[str, str], problems: list[str]) -> dict[str, str]:
    found = ((name, _value(name, source, problems)) for name in NAMES)
    return {name: value for name, value in found if value}


def _value(name: str, source: Mapping[str, str], problems: list[str]) -> str | None:
    direct, path = source.get(name, "").strip(), source.get(f"{name}_FILE", "").strip()
    if direct and path:
        problems.append(f"{name} and {name}_FILE are both set; keep one.")
    if direct or not path:
        return direct or None
    try:
        value = Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        problems.append(f"{name}_FILE cannot be read: {getattr(error, 'strerror', None) or error}.")
        return None
    if not value:
        problems.append(f"{name}_FILE names an empty file.")
    return value or None


def _port(text: str | None, problems: list[str]) -> int:
    if text is None:
        return DEFAULT_PORT
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 65536:
        problems.append("PORT must be a number from 1 to 65535.")
        return DEFAULT_PORT
    return int(text)


def _mode(text: str, problems: list[str]) -> Mode:
    if text == "demo":
        return "demo"
    if text != "production":
        problems.append("DUTYLINE_MODE must be production or demo.")
    return "production"


def _normalised(name: str, value: str) -> str:
    if name in {"DATABASE_URL", "DATABASE_OWNER_URL"}:
        return re.sub(r"^(postgres|postgresql)://", "postgresql+psycopg://", value)
    return value.rstrip("/") if name in {"PUBLIC_URL", "TWILIO_API_BASE"} else value
