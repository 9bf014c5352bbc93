"""What the pocket phone is told at its start."""

import dataclasses
from collections.abc import Mapping
from pathlib import Path


class OutsideDemo(Exception):
    """The pocket phone was asked for where real phones are served."""


@dataclasses.dataclass(frozen=True)
class Settings:
    """Whose side the pocket phone plays: the account it answers for, and where that account's webhooks go."""

    account_sid: str
    auth_token: str
    public_url: str
    api_key: str = ""
    api_secret: str = ""
    messaging_service_sid: str = ""
    state: str = ":memory:"
    delivery_threads: int = 16

    @property
    def sms_url(self) -> str:
        return f"{self.public_url}/twilio/sms"

    @property
    def sms_fallback_url(self) -> str:
        return f"{self.public_url}/twilio/sms/fallback"


def settings_from(environ: Mapping[str, str], *, state: str, webhook_base: str | None = None) -> Settings:
    """The settings that the environment gives; OutsideDemo unless DUTYLINE_MODE is demo.

    `webhook_base` stands in for PUBLIC_URL when the web answers its webhooks under another name.
    """
    if environ.get("DUTYLINE_MODE") != "demo":
        raise OutsideDemo("The pocket phone is for demonstrations: it runs only with DUTYLINE_MODE=demo.")
    return Settings(
        account_sid=_needed(environ, "TWILIO_ACCOUNT_SID"),
        auth_token=_needed(environ, "TWILIO_AUTH_TOKEN"),
        public_url=(webhook_base or _needed(environ, "PUBLIC_URL")).rstrip("/"),
        api_key=_given(environ, "TWILIO_API_KEY"),
        api_secret=_given(environ, "TWILIO_API_SECRET"),
        messaging_service_sid=_given(environ, "TWILIO_MESSAGING_SERVICE_SID"),
        state=state,
    )


def _needed(environ: Mapping[str, str], name: str) -> str:
    value = _given(environ, name)
    if not value:
        raise OutsideDemo(f"The pocket phone needs {name}; `make demo` writes it to var/env.")
    return value


def _given(environ: Mapping[str, str], name: str) -> str:
    file = environ.get(f"{name}_FILE")
    return Path(file).read_text().strip() if file else environ.get(name, "").strip()
