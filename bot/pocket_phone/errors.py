"""Twilio's refusals: number, words and HTTP status, as its error dictionary has them."""

from typing import Any


class ApiError(Exception):
    """An error that the REST API answers with."""

    def __init__(self, code: int, message: str, status: int = 400, *, detail: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.status = status
        self.detail = detail

    def as_json(self) -> dict[str, Any]:
        body = {
            "code": self.code,
            "message": self.message,
            "more_info": f"https://www.twilio.com/docs/errors/{self.code}",
            "status": self.status,
        }
        return body | {"detail": self.detail} if self.detail else body


def not_authenticated() -> ApiError:
    return ApiError(
        20003,
        "Authentication Error - invalid username",
        401,
        detail="Your AccountSid or AuthToken was incorrect.",
    )


def not_found(path: str) -> ApiError:
    return ApiError(20404, f"The requested resource {path} was not found", 404)


def too_many_requests() -> ApiError:
    return ApiError(20429, "Too Many Requests", 429)


def internal_error() -> ApiError:
    return ApiError(20500, "An internal server error has occurred", 500)


def to_required() -> ApiError:
    return ApiError(21604, "A 'To' phone number is required.")


def from_required() -> ApiError:
    return ApiError(21603, "A 'From' phone number is required.")


def body_required() -> ApiError:
    return ApiError(21602, "Message body is required.")


def body_or_media_required() -> ApiError:
    return ApiError(21619, "A text message body or media urls must be specified.")


def body_too_long() -> ApiError:
    return ApiError(21617, "The concatenated message body exceeds the 1600 character limit")


def invalid_to(number: str) -> ApiError:
    return ApiError(21211, f"Invalid 'To' Phone Number: {number}")


def invalid_from(number: str) -> ApiError:
    return ApiError(21212, f"Invalid From Number (caller ID): {number}")


def from_not_ours(number: str) -> ApiError:
    return ApiError(
        21606,
        f"The 'From' phone number provided ({number}) is not a valid message-capable Twilio phone number"
        " for this destination/account",
    )


def to_is_from() -> ApiError:
    return ApiError(21266, "'To' and 'From' number cannot be the same")


def no_such_service() -> ApiError:
    return ApiError(21701, "The Messaging Service does not exist", 404)


def in_another_pool(sid: str) -> ApiError:
    return ApiError(21712, f"Phone Number or Short Code is associated with another Messaging Service: {sid}", 409)


def invalid_callback(url: str) -> ApiError:
    return ApiError(21609, f"The 'StatusCallback' URL {url} is not a valid URL.")


def opted_out() -> ApiError:
    return ApiError(21610, "Attempt to send to unsubscribed recipient")


def not_final() -> ApiError:
    return ApiError(20009, "Cannot delete message because delivery hasn't been completed.", 409)


def bad_parameter(name: str, value: str) -> ApiError:
    return ApiError(20001, f"Invalid Parameter {name}: {value}")


# --- calls


def call_to_required() -> ApiError:
    return ApiError(21201, "No 'To' number is specified")


def call_from_required() -> ApiError:
    return ApiError(21213, "No 'From' number is specified")


def caller_not_ours(number: str) -> ApiError:
    return ApiError(
        21210,
        f"The source phone number provided, {number}, is not yet verified for your account. You may only make calls"
        " from phone numbers that you've verified or purchased from Twilio.",
    )


def url_required() -> ApiError:
    return ApiError(21205, "Url parameter is required.")


def invalid_url(url: str) -> ApiError:
    return ApiError(21205, f"Url is not a valid url: {url}")


def invalid_timeout(text: str) -> ApiError:
    return ApiError(21208, f"Invalid Timeout: {text}")


def invalid_digits(text: str) -> ApiError:
    return ApiError(21214, f"Invalid SendDigits: {text}")


def twiml_too_long() -> ApiError:
    return ApiError(32018, "Twiml size exceeded maximum allowed value of 4000 characters")


def not_in_progress() -> ApiError:
    return ApiError(21220, "Call is not in-progress. Cannot redirect.")


def not_recordable() -> ApiError:
    return ApiError(21220, "Requested resource is not eligible for recording")


def too_many_queued() -> ApiError:
    return ApiError(22005, "Call Queue Full")


def queue_name_taken(name: str) -> ApiError:
    return ApiError(22003, f"Queue with friendly name {name} already exists")


def queue_not_empty() -> ApiError:
    return ApiError(22002, "Queue is not empty")
