"""What the carrier's error codes mean to us, as data: our word, and whether another try may help.

Codes are explained by Twilio at https://www.twilio.com/docs/api/errors/<code>; the comments say what each means.
"""

from dataclasses import dataclass
from datetime import timedelta

_MINUTE = timedelta(minutes=1)
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Failure:
    """Our word for why a text did not arrive, or a call was not placed.

    `retries` are the waits before it is tried again, the first failure taking the first; none is for good.
    `slows_line` means that the carrier asks for fewer texts from this line, `alerts` that people must look at what we
    send or how we are set up: the officer can do nothing about it.
    """

    word: str
    retries: tuple[timedelta, ...] = ()
    slows_line: bool = False
    alerts: bool = False

    @property
    def is_permanent(self) -> bool:
        """Whether trying again is pointless."""
        return not self.retries


BUSY = Failure("carrier_busy", retries=(_MINUTE,) * 8)
SLOW_DOWN = Failure("slow_down", retries=(_MINUTE,) * 8, slows_line=True)
OPTED_OUT = Failure("opted_out")
UNKNOWN_NUMBER = Failure("unknown_number")
LANDLINE = Failure("landline")
UNREACHABLE = Failure("unreachable")
SET_UP_WRONG = Failure("set_up_wrong", retries=(_MINUTE, 5 * _MINUTE, 30 * _MINUTE, 2 * _HOUR), alerts=True)

OF_CODE = {
    # Refused by the API, before any carrier saw it.
    10004: BUSY,  # as many calls at once as the account may have
    13223: UNKNOWN_NUMBER,  # the number to call is not a phone number
    13224: UNREACHABLE,  # nobody carries calls to that number
    14107: SLOW_DOWN,  # message rate limit exceeded between the two numbers
    20003: SET_UP_WRONG,  # sid and token do not authenticate
    20429: BUSY,  # too many requests to the API at once
    21211: UNKNOWN_NUMBER,  # the number is not a phone number
    21210: SET_UP_WRONG,  # the line is not a number the account may call from
    21212: SET_UP_WRONG,  # the line's number is not one
    21214: UNREACHABLE,  # no way to that number by call
    21215: Failure("region_not_allowed", alerts=True),  # the account may not call that country
    21216: Failure("blocked"),  # the account may not call that number
    21220: Failure("call_over"),  # the call is not, or no more, one that can be recorded
    21408: Failure("region_not_allowed", alerts=True),  # the account may not text that country
    21606: SET_UP_WRONG,  # the line cannot send texts
    21610: OPTED_OUT,  # the recipient texted STOP
    21612: UNREACHABLE,  # no route from this line to that number
    21614: LANDLINE,  # not a mobile number
    21617: Failure("too_long", alerts=True),  # over 1,600 characters
    21635: LANDLINE,  # a landline
    21659: SET_UP_WRONG,  # the line is not a number of Twilio's
    21660: SET_UP_WRONG,  # the line belongs to another account
    21703: SET_UP_WRONG,  # the messaging service has no numbers
    63038: Failure("daily_cap", retries=(_HOUR,) * 24, alerts=True),  # the account's messages for today are used up
    # Reported later, by a status callback.
    30001: Failure("carrier_busy", retries=(_MINUTE, 5 * _MINUTE, 15 * _MINUTE)),  # queue overflow
    30002: SET_UP_WRONG,  # the account is suspended
    30003: Failure("unreachable", retries=(10 * _MINUTE,)),  # phone off or out of reach: later, then a call
    30004: Failure("blocked"),  # the recipient's phone or carrier blocks us: use voice
    30005: UNKNOWN_NUMBER,  # no such number any more: tell the coordinator
    30006: LANDLINE,  # landline or unreachable carrier: voice only
    30007: Failure("filtered", alerts=True),  # taken for spam: stop that wording
    30008: Failure("unknown", retries=(_MINUTE,)),  # nobody knows: one more try
    30022: SLOW_DOWN,  # over the campaign's messages a minute
    30023: Failure("daily_cap", retries=(_HOUR,) * 24, alerts=True),  # over the brand's messages a day
    30034: SET_UP_WRONG,  # the line is not registered with a campaign
    30410: Failure("carrier_down", retries=(_MINUTE, 5 * _MINUTE, 15 * _MINUTE)),  # the carrier did not answer
}

UNHEARD_OF = Failure("unknown", alerts=True)

# The longest wait between two tries of a text that the API does not take: it never gives up on its own.
LONGEST_BACK_OFF = timedelta(minutes=5)


def failure_of(code: int | None) -> Failure:
    """What an error code means; a code nobody wrote down yet is permanent, and people are told."""
    if code is None:
        return Failure("unknown")
    return OF_CODE.get(code, UNHEARD_OF)


def back_off(attempts: int) -> timedelta:
    """Real time to wait after so many attempts that the API turned away: 2, 4, 8 … seconds, at most five minutes."""
    return min(timedelta(seconds=2 ** min(attempts, 9)), LONGEST_BACK_OFF)
