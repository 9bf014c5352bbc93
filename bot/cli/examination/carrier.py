"""The carrier's side: does our address answer, does what the carrier signs get in, is the account set up."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

import requests
import sqlalchemy as sa
from twilio.request_validator import RequestValidator

from bot.cli.examination.finding import Finding, bad, well
from bot.cli.examination.house import application_database
from bot.config import Config
from bot.delivery.account import AccountError, TwilioAccount
from bot.delivery.setup import differences, look
from bot.dialog.rendering import RenderError
from bot.pages.public import LANGUAGES
from bot.pages.samples import samples
from models.line.line import numbers

TIMEOUT_SECONDS = 8

_REACHABLE_WHY = "The carrier brings every incoming text to this address."


def examine_address(config: Config) -> Iterator[Finding]:
    """Ask for PUBLIC_URL as the carrier would, and knock with its signature."""
    if config.public_url is None:
        return
    reached = _health(config.public_url)
    yield reached
    if reached.is_well and config.twilio_auth_token:
        yield _signed(config.public_url, config.twilio_auth_token)
    yield _pages()


def examine_carrier(config: Config) -> Iterator[Finding]:
    """The account, and each thing in it that is not as it must be."""
    if not (config.twilio_account_sid and config.twilio_auth_token and config.public_url):
        return
    account = TwilioAccount(
        config.twilio_account_sid, config.twilio_auth_token, config.twilio_api_base, config.api_key
    )  # fmt: skip
    try:
        seen = look(account, _lines(config.database_url), config.twilio_messaging_service_sid)
    except AccountError as error:
        yield bad(
            "carrier",
            str(error),
            "No text goes out, and nothing can be said of how the numbers are set up.",
            "Compare TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN with the carrier's console; let this machine out to"
            " api.twilio.com and messaging.twilio.com by https.",
        )
        return
    finally:
        account.close()
    yield well("carrier", f"The carrier knows the account {seen.account.name}.")
    found = differences(seen, config.public_url)
    yield from (bad("carrier", each.what, each.why, each.remedy, is_needed=each.is_needed) for each in found)
    if seen.numbers and not found:
        yield well("carrier", "Numbers and messaging service are set up as needed.")


def _health(public_url: str) -> Finding:
    address = f"{public_url}/healthz"
    try:
        answer = requests.get(address, timeout=TIMEOUT_SECONDS, allow_redirects=False)
    except requests.exceptions.SSLError as error:
        return _unreached(address, f"its certificate is not accepted ({error})", "Renew or complete the certificate.")
    except requests.RequestException as error:
        remedy = "Start the web process and the TLS proxy, and check name, port and firewall."
        return _unreached(address, f"it cannot be reached from here ({type(error).__name__})", remedy)
    if answer.status_code == 200 and answer.text.strip() == "ok":
        return well("address", f"{address} answers.")
    said = f"it answers {answer.status_code}, which is not Dutyline's answer"
    return _unreached(address, said, "Let the proxy hand this address to Dutyline's web process unchanged.")


def _unreached(address: str, how: str, remedy: str) -> Finding:
    more = " Where only this machine cannot reach its own public address, look from another one."
    return bad("address", f"{address}: {how}.", _REACHABLE_WHY, remedy + more)


def _signed(public_url: str, token: str) -> Finding:
    """A status report that names no text, signed as the carrier signs: it is counted, and changes nothing."""
    address, form = f"{public_url}/twilio/message-status", {"MessageStatus": "probe"}
    headers = {"X-Twilio-Signature": RequestValidator(token).compute_signature(address, form)}
    try:
        status = requests.post(address, form, headers=headers, timeout=TIMEOUT_SECONDS, allow_redirects=False)
    except requests.RequestException as error:
        return bad("webhooks", f"{address} cannot be reached ({type(error).__name__}).", _REACHABLE_WHY,
                   "Let the proxy hand every path to Dutyline's web process.")  # fmt: skip
    if status.status_code == 200:
        return well("webhooks", "What the carrier signs gets in.")
    return bad(
        "webhooks",
        f"{address} answers {status.status_code} to what the carrier would sign.",
        "Every incoming text would be refused.",
        "Give the web process the same PUBLIC_URL and TWILIO_AUTH_TOKEN as this command, start it again, and let the"
        " proxy change neither path nor form.",
    )


def _pages() -> Finding:
    try:
        said = [sample for language in LANGUAGES for sample in samples(language, ZoneInfo("America/New_York"))]
    except RenderError as error:
        return bad("pages", f"The sample messages cannot be said: {error}.", "Carriers ask for them.",
                   "Mend the prompt; dutyline prompts check names what is wrong.")  # fmt: skip
    return well("pages", f"/terms, /privacy and /opt-in stand in {len(LANGUAGES)} languages, with {len(said)} samples.")


def _lines(url: str | None) -> list[str]:
    if url is None:
        return []
    try:
        with application_database(url) as database, database.engine.connect() as connection:
            return numbers(connection)
    except sa.exc.SQLAlchemyError:
        return []  # said elsewhere
