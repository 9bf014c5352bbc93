"""Whether calls are recorded, what is told of it, and how long a recording is kept."""

from pydantic import Field

from models.rules.clauses import sources
from models.rules.clauses.base import Clause


class Recording(Clause):
    """
    Recording of calls, which is off unless a department wants it. It is announced in the greeting, begins only when
    it is known who calls, and ends before a PIN is asked for and before a person takes the call. Who objects goes on
    unrecorded, and what there is of his call is deleted. The sound stays with the carrier; here lies its reference.
    """

    inbound: bool = Field(
        default=False,
        description="Whether calls to the line are recorded.",
        examples=[True],
        json_schema_extra={
            "source": sources.RECORDING_CONSENT,
            "says": {"true": "Calls to the line are recorded.", "false": "Calls to the line are not recorded."},
        },
    )
    outbound: bool = Field(
        default=False,
        description="Whether calls that the line makes are recorded.",
        examples=[True],
        json_schema_extra={
            "source": sources.RECORDING_CONSENT,
            "says": {
                "true": "Calls that the line makes are recorded.",
                "false": "Calls that the line makes are not recorded.",
            },
        },
    )
    offer_refusal: bool = Field(
        default=True,
        description="Whether the announcement says how to go on unrecorded. Who objects is never recorded, offered or "
        "not.",
        examples=[False],
        json_schema_extra={
            "source": sources.RECORDING_CONSENT,
            "says": {
                "true": "The announcement says how to go on unrecorded.",
                "false": "The announcement does not say how to go on unrecorded; who objects still does.",
            },
        },
    )
    announcement: str = Field(
        default="1",
        pattern=r"^[A-Za-z0-9 ._-]{1,40}$",
        description="The department's name for the announcement as it was approved; it goes on record with every "
        "consent, beside the hash of the words that were spoken.",
        examples=["counsel 2026-11"],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": "Consent is recorded under the announcement {value}.",
        },
    )
    keep_days: int = Field(
        default=90,
        ge=1,
        le=3650,
        description="After so many days the carrier is told to delete a recording.",
        examples=[180],
        json_schema_extra={"source": sources.RECORDINGS_KEPT, "says": "Recordings are kept for {value} days."},
    )
