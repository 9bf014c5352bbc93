"""What each outcome of asking an officer costs: his turn, hours, points, and what counts as refused."""

from typing import Any, Literal, Self, get_args

from pydantic import Field, model_validator

from models.rules.clauses import sources
from models.rules.clauses.base import Clause, Hours, Name, in_minutes
from models.rules.clauses.drop_reasons import DropCause

#: What can come of asking an officer, by text or by call; each is a fact of its own. `sent` costs nothing yet.
ContactOutcome = Literal[
    "considered",
    "skipped",
    "not_attempted",
    "sent",
    "unreachable",
    "busy",
    "no_answer",
    "machine",
    "left_message",
    "heard_and_hung_up",
    "hung_up_before_input",
    "declined",
    "accepted",
]

#: What the table of outcomes prices: contacts, and what became of an assignment.
OutcomeName = Literal[
    "considered",
    "skipped",
    "not_attempted",
    "unreachable",
    "busy",
    "no_answer",
    "machine",
    "left_message",
    "heard_and_hung_up",
    "hung_up_before_input",
    "declined",
    "accepted",
    "dropped",
    "no_show",
]

#: How an officer is asked: by an award that already holds the slot, down a list that the detail was posted to, by an
#: offer of a slot that came free, or not at all: first come, he asked for it himself.
ContactStep = Literal["award", "call_out", "offer", "first_come"]

LeaveKind = Literal["vacation", "sick", "injured", "military", "bereavement", "training", "union", "other"]

#: Outcomes that are answers to an offer, or its silence: free unless the handbook says that offers cost as awards do.
ANSWERS: frozenset[OutcomeName] = frozenset(get_args(OutcomeName)) - {"accepted", "dropped", "no_show"}


#: Outcomes in which he was spoken to, or has answered.
REACHED: frozenset[str] = frozenset({"declined", "accepted", "heard_and_hung_up"})


class Outcome(Clause):
    """What becomes of the turn and the hours that an award took in advance, and what else is counted."""

    turn: Literal["spent", "kept"] = Field(
        description="spent: the officer stays at the bottom of the rotation. kept: he gets his place back.",
        examples=["kept"],
        json_schema_extra={
            "source": sources.ROSTER,
            "says": {
                "spent": "He stays at the bottom of the rotation.",
                "kept": "He gets his place in the rotation back.",
            },
        },
    )
    hours: Literal["charged", "not_charged", "half", "twice"] = Field(
        description="charged: the hours of the detail stay on his count. not_charged: they come off again. half, "
        "twice: half of them stay, or they count twice.",
        examples=["charged"],
        json_schema_extra={
            "source": sources.LOWEST_HOURS,
            "says": {
                "charged": "The hours of the detail stay on his count.",
                "not_charged": "The hours of the detail come off his count again.",
                "half": "Half the hours of the detail stay on his count.",
                "twice": "The hours of the detail count twice.",
            },
        },
    )
    refused: bool = Field(
        default=False,
        description="Whether the hours of the detail are added to the hours he refused; of `declined` they are unless "
        "said otherwise.",
        examples=[True],
        json_schema_extra={
            "source": sources.EQUAL_BY_DIVISION,
            "says": {
                "true": "The hours of the detail count as refused.",
                "false": "The hours of the detail do not count as refused.",
            },
        },
    )
    points: int = Field(
        default=0,
        ge=-10_000,
        le=10_000,
        description="Points added to his; fewer than none takes them away.",
        examples=[2],
        json_schema_extra={
            "source": sources.ILLUSTRATIVE,
            "says": {"0": "It gives no points.", "else": "{value} points are added to his."},
        },
    )

    def charges(self, minutes: int) -> int:
        """What stays on his count of so many minutes."""
        return round(minutes * _TIMES[self.hours])


_TIMES = {"charged": 1.0, "not_charged": 0.0, "half": 0.5, "twice": 2.0}


class OutcomeCase(Outcome):
    """A row of its own for some outcomes, in some circumstances. What is left empty fits always."""

    on: tuple[OutcomeName, ...] = Field(
        min_length=1,
        description="The outcomes that the row is for.",
        examples=[["declined", "no_answer"]],
        json_schema_extra={"source": sources.ROSTER, "says": "The row is for {value}."},
    )
    steps: tuple[ContactStep, ...] = Field(
        default=(),
        description="Only where he was asked so: by an award, call_out (down the list), by an offer of a slot "
        "that came free; or first come.",
        examples=[["offer"]],
        json_schema_extra={
            "source": sources.EMERGENCY_EXTRA_DUTY,
            "says": {"empty": "However he was asked.", "else": "Only where he was asked by {value}."},
        },
    )
    rounds: tuple[Name, ...] = Field(
        default=(),
        description="Only where the award was made in one of these rounds.",
        examples=[["monthly"]],
        json_schema_extra={
            "source": sources.EMERGENCY_EXTRA_DUTY,
            "says": {"empty": "Whatever the round.", "else": "Only where the award was made in {value}."},
        },
    )
    bands: tuple[Name, ...] = Field(
        default=(),
        description="Only where the detail was posted in one of these notice bands.",
        examples=[["short"]],
        json_schema_extra={
            "source": sources.LOWEST_HOURS,
            "says": {"empty": "Whatever the notice band.", "else": "Only where the detail was posted in {value}."},
        },
    )
    notice_under_hours: Hours | None = Field(
        default=None,
        description="Only where less than so many hours were left before the start.",
        examples=[24],
        json_schema_extra={
            "source": sources.LOWEST_HOURS,
            "says": {
                "null": "However much time was left before the start.",
                "else": "Only where less than {value} hours were left before the start.",
            },
        },
    )
    notice_over_hours: Hours | None = Field(
        default=None,
        description="Only where so many hours or more were left before the start.",
        examples=[24],
        json_schema_extra={
            "source": sources.LOWEST_HOURS,
            "says": {
                "null": "However little time was left before the start.",
                "else": "Only where {value} hours or more were left before the start.",
            },
        },
    )
    leave: tuple[LeaveKind, ...] = Field(
        default=(),
        description="Only where he was on leave of one of these kinds, when asked or when the detail is.",
        examples=[["military", "injured"]],
        json_schema_extra={
            "source": sources.EQUAL_BY_DIVISION,
            "says": {
                "empty": "Whether or not he was on leave.",
                "else": "Only where he was on leave, when asked or when the detail is: {value}.",
            },
        },
    )
    may_be_called: bool | None = Field(
        default=None,
        description="Only where he had (true), or had not (false), said that he may be called while on leave.",
        examples=[True],
        json_schema_extra={
            "source": sources.EQUAL_BY_DIVISION,
            "says": {
                "null": "Whether or not he may be called while on leave.",
                "true": "Only where he had said that he may be called while on leave.",
                "false": "Only where he was on leave and had not said that he may be called.",
            },
        },
    )

    replaced: bool | None = Field(
        default=None,
        description="Only where somebody had taken the slot over when it ended for him (true), or nobody had (false): "
        "who gives a detail back after its free time holds it until he is replaced.",
        examples=[True],
        json_schema_extra={
            "source": sources.LOWEST_HOURS,
            "says": {
                "null": "Whether or not he was replaced.",
                "true": "Only where somebody had taken the slot over.",
                "false": "Only where nobody had taken the slot over.",
            },
        },
    )

    reasons: tuple[DropCause, ...] = Field(
        default=(),
        description="Only where he gave it back for one of these reasons; of `dropped` alone, where drops.reasons has "
        "them.",
        examples=[["sick"]],
        json_schema_extra={
            "source": sources.ORDER_12_NO_SHOW,
            "says": {"empty": "Whatever his reason.", "else": "Only where his reason was {value}."},
        },
    )

    @model_validator(mode="after")
    def _can_fit(self) -> Self:
        over, under = self.notice_over_hours, self.notice_under_hours
        if over is not None and under is not None and over >= under:
            raise ValueError("notice_over_hours must be less than notice_under_hours, or nothing fits")
        return self

    def fits_notice(self, minutes: int) -> bool:
        """Whether so many minutes before the start are within the row's notice."""
        over, under = self.notice_over_hours, self.notice_under_hours
        return (over is None or minutes >= in_minutes(over)) and (under is None or minutes < in_minutes(under))


FREE = Outcome(turn="kept", hours="not_charged")


class Outcomes(Clause):
    """
    What each outcome costs. An award moves the counters at once, so that the next award sees them
    moved; when the outcome is known, this table says what stays and what is given back. The first of `cases` that fits
    decides; then the row of the outcome's own name.
    """

    accepted: Outcome = Field(default=Outcome(turn="spent", hours="charged"), description="He said yes.")
    declined: Outcome = Field(
        default=Outcome(turn="spent", hours="not_charged", refused=True), description="He said no."
    )
    no_answer: Outcome = Field(default=FREE, description="He was told and did not answer.")
    unreachable: Outcome = Field(default=FREE, description="The carrier could not deliver to him.")
    not_attempted: Outcome = Field(default=FREE, description="He was to be asked and we had no number to reach him at.")
    busy: Outcome = Field(default=FREE, description="We called and his line was busy.")
    machine: Outcome = Field(default=FREE, description="We called and a machine answered; no message was left.")
    left_message: Outcome = Field(default=FREE, description="We called and left a message with a person or a machine.")
    heard_and_hung_up: Outcome = Field(default=FREE, description="He heard what was offered and hung up unanswered.")
    hung_up_before_input: Outcome = Field(default=FREE, description="He hung up before he heard what was offered.")
    skipped: Outcome = Field(
        default=FREE, description="It was his turn and he could not take it: on duty, on leave, without rest, barred."
    )
    considered: Outcome = Field(default=FREE, description="He was on the list and it never came to him.")
    dropped: Outcome = Field(
        default=Outcome(turn="spent", hours="not_charged"), description="He gave the assignment back."
    )
    no_show: Outcome = Field(
        default=Outcome(turn="spent", hours="charged"), description="He neither dropped nor checked in."
    )
    cases: tuple[OutcomeCase, ...] = Field(
        default=(),
        description="Rows for special circumstances, tried in this order before all others.",
        examples=[
            [{"on": ["declined"], "notice_under_hours": 24, "turn": "kept", "hours": "not_charged", "refused": False}]
        ],
        json_schema_extra={
            "source": sources.ROSTER,
            "says": {
                "empty": "No circumstance has a row of its own.",
                "else": "Some circumstances have rows of their own.",
            },
        },
    )
    offers: Literal["free", "as_awards"] = Field(
        default="free",
        description="What it costs not to take an offer of a slot that came free, where no case says so. "
        "free: nothing. as_awards: what it costs not to take an award.",
        examples=["as_awards"],
        json_schema_extra={
            "source": sources.EQUAL_BY_DIVISION,
            "says": {
                "free": "Not to take an offer of a slot that came free costs nothing.",
                "as_awards": "Not to take an offer costs what it costs not to take an award.",
            },
        },
    )

    ordered_in: Literal["stands", "taken_back"] = Field(
        default="stands",
        description="What becomes of the price of a refusal when the officer is ordered in to the same detail. "
        "stands: he has paid it. taken_back: hours, points and refused hours come off again.",
        examples=["taken_back"],
        json_schema_extra={
            "source": sources.OVERTIME_FAIRNESS,
            "says": {
                "stands": "Who refused and is ordered in after all has paid for his refusal.",
                "taken_back": "Who refused and is ordered in after all gets back what his refusal cost, but the turn.",
            },
        },
    )

    @model_validator(mode="before")
    @classmethod
    def _who_declines_refuses(cls, value: Any) -> Any:
        declined = value.get("declined") if isinstance(value, dict) else None
        if isinstance(declined, dict) and "refused" not in declined:
            return {**value, "declined": {**declined, "refused": True}}
        return value

    @model_validator(mode="after")
    def _who_works_is_counted_as_he_works(self) -> Self:
        rows = (self.accepted, *(case for case in self.cases if "accepted" in case.on))
        if any(row.hours in ("half", "twice") for row in rows):
            raise ValueError("accepted counts hours once or not at all")
        return self

    def row(self, name: OutcomeName) -> Outcome:
        """The row of the outcome's own name, whatever the circumstances."""
        found: Outcome = getattr(self, name)
        return found
