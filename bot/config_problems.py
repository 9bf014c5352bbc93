"""What can be wrong with a single setting: each check returns a plain sentence, or None."""

import re
from urllib.parse import urlsplit

_SENDER = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,253}")
_OBVIOUS = re.compile(r"change.?me|default|example|password|secret|insecure|replace|dev.?key", re.IGNORECASE)


def database_problem(name: str, url: str | None) -> str | None:
    """Anything that is not PostgreSQL."""
    if url is None or url.startswith("postgresql+psycopg://"):
        return None
    return f"{name} must begin with postgres:// or postgresql://."


def scheme_problem(name: str, url: str | None, schemes: tuple[str, ...]) -> str | None:
    """Another kind of address than the part it is for can speak."""
    if url is None or (_scheme(url) in schemes and "://" in url and len(url.partition("://")[2]) > 0):
        return None
    return f"{name} must begin with {' or '.join(f'{scheme}://' for scheme in schemes)} and name a host."


def public_url_problem(url: str | None, is_demo: bool) -> str | None:
    """Not the bare https address that Twilio signs and officers tap; http only in a demo or on this machine."""
    if url is None:
        return None
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return "PUBLIC_URL is not an address."
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        return "PUBLIC_URL must look like https://line.example.org."
    if parts.path or parts.query or parts.fragment or parts.username:
        return "PUBLIC_URL is the bare address: scheme and host, no path, question mark or user."
    if parts.scheme == "http" and not is_demo and not is_on_this_machine(url):
        return "PUBLIC_URL must begin with https://; texts and sign-ins would travel in the open."
    return None


def sid_problem(name: str, sid: str | None, prefix: str) -> str | None:
    """One Twilio identifier given where another belongs."""
    if sid is None or re.fullmatch(prefix + r"[0-9a-zA-Z]{16,}", sid):
        return None
    return f"{name} must begin with {prefix}, as Twilio's console shows it."


def pair_problem(key: str | None, secret: str | None) -> str | None:
    """Half of an API key."""
    if (key is None) == (secret is None):
        return None
    return "TWILIO_API_KEY and TWILIO_API_SECRET are set together or not at all."


def mail_problem(sender: str | None) -> str | None:
    """Something else than an address to mail from."""
    if sender is not None and not _SENDER.fullmatch(sender):
        return "DUTYLINE_MAIL_FROM must be a bare e-mail address, like details@example.org."
    return None


def weakness(name: str, value: str | None, shortest: int) -> str | None:
    """A secret that somebody could guess."""
    if value is None:
        return None
    if len(value) < shortest:
        return f"{name} is too short: at least {shortest} characters."
    # A random value of any usual alphabet has far more different characters than a typed placeholder.
    if len(set(value)) < 8 or _OBVIOUS.search(value):
        return f"{name} does not look random; make one with: openssl rand -hex 32"
    return None


def _scheme(url: str) -> str:
    return url.partition("://")[0].lower()


def is_on_this_machine(url: str) -> bool:
    """Whether `url` names this machine's own loopback address."""
    return _host(url) in {"127.0.0.1", "localhost", "::1"}


def _host(url: str) -> str | None:
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None
