"""What the pocket phone is told at its start."""

import dataclasses

from bot.config import Config


class OutsideDemo(Exception):
    """The pocket phone was asked for where no demonstration has been set up."""


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
    # Where the REST API is said to be in what is told of recordings.
    api_url: str = "https://api.twilio.com"
    # Calls that the REST API begins, a second; more wait their turn. 0 is no limit.
    calls_per_second: float = 1
    # An open socket at which mails are taken, by its descriptor.
    mail_fd: int | None = None

    @property
    def sms_url(self) -> str:
        return f"{self.public_url}/twilio/sms"

    @property
    def sms_fallback_url(self) -> str:
        return f"{self.public_url}/twilio/sms/fallback"

    @property
    def voice_url(self) -> str:
        return f"{self.public_url}/twilio/voice"

    @property
    def voice_fallback_url(self) -> str:
        return f"{self.public_url}/twilio/voice/fallback"

    @property
    def call_status_url(self) -> str:
        return f"{self.public_url}/twilio/call-status"


def settings_from(
    config: Config,
    *,
    state: str,
    webhook_base: str | None = None,
    calls_per_second: float = 1,
    mail_fd: int | None = None,
) -> Settings:
    """The settings that the configuration gives; OutsideDemo unless DUTYLINE_MODE is demo.

    `webhook_base` stands in for PUBLIC_URL when the web answers its webhooks under another name; 0 calls a second is no
    limit.
    """
    if not config.is_demo:
        raise OutsideDemo("The pocket phone is for demonstrations: it runs only with DUTYLINE_MODE=demo.")
    return Settings(
        account_sid=_needed("TWILIO_ACCOUNT_SID", config.twilio_account_sid),
        auth_token=_needed("TWILIO_AUTH_TOKEN", config.twilio_auth_token),
        public_url=_needed("PUBLIC_URL", webhook_base or config.public_url).rstrip("/"),
        api_key=config.twilio_api_key or "",
        api_secret=config.twilio_api_secret or "",
        messaging_service_sid=config.twilio_messaging_service_sid or "",
        state=state,
        calls_per_second=calls_per_second,
        mail_fd=mail_fd,
        api_url=(config.twilio_api_base or "https://api.twilio.com").rstrip("/"),
    )


def _needed(name: str, value: str | None) -> str:
    if not value:
        raise OutsideDemo(f"The pocket phone needs {name}; a demonstration writes it to var/env.")
    return value
