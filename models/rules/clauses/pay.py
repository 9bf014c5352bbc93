"""What work is paid: the clause `pay`, whose parts are rates, premiums, guarantees and charges."""

from typing import Literal, Self

from pydantic import Field, model_validator

from models.rules.clauses import sources
from models.rules.clauses.base import Clause, Hours, cited
from models.rules.clauses.holidays import PaidHoliday
from models.rules.clauses.pay_charges import AdminFee, Cancellation, Interest, LateOrder, Meal
from models.rules.clauses.pay_hire import Hire
from models.rules.clauses.pay_hours import EndedEarly, PayForWork, Raise
from models.rules.clauses.pay_rates import Premium, Rate


class Pay(Clause):
    """What work is paid, and who pays it to whom."""

    minimum_hours: Hours = Field(
        default=4,
        description="The hours an officer is paid at least.",
        examples=[8],
        json_schema_extra=cited(sources.HARTFORD, "An officer is paid {value} hours at least."),
    )
    blocks: tuple[Hours, ...] = Field(
        default=(),
        description="Hours are raised to the shortest of these that is long enough, until the longest.",
        examples=[[4, 8]],
        json_schema_extra=cited(
            sources.LUNENBURG,
            {"empty": "Hours are not raised to blocks.", "else": "Hours are raised to {value}, the next of them."},
        ),
    )
    step_minutes: int = Field(
        default=1,
        ge=1,
        le=1440,
        description="Beyond the longest block, or from the start without one, time is raised to whole steps of so many "
        "minutes.",
        examples=[240, 30],
        json_schema_extra=cited(
            sources.DOVER,
            {"1": "Beyond that it is paid to the minute.", "else": "Beyond that in begun steps of {value} minutes."},
        ),
    )
    step_from_minutes: int = Field(
        default=1,
        ge=1,
        le=1440,
        description="A begun step is paid whole once so many minutes of it were worked; less of it is paid as worked.",
        examples=[15],
        json_schema_extra={
            **cited(
                sources.BELLEVILLE,
                {
                    "1": "A step counts from its first minute.",
                    "else": "A step is paid whole once {value} minutes of it were worked.",
                },
            ),
            "beside": {"step_minutes": 60},
        },
    )
    raised: tuple[Raise, ...] = Field(
        default=(),
        description="From when more is paid than was worked: more than half worked, all paid. Of several that fit, the "
        "one that pays most; minimum and blocks come after it.",
        examples=[[{"over_percent": 50}], [{"over_hours": 6, "to": 8}]],
        json_schema_extra=cited(
            sources.ROSTER_PRIVATE,
            {"empty": "Nothing is raised but to minimum and blocks.", "else": "Much of the work pays for more of it."},
        ),
    )
    ended_early: EndedEarly = Field(
        default="minimum",
        description="When the work ends before its time, or is cancelled after its start. worked: what was worked, "
        "without minimum or blocks. minimum: what was worked or the minimum, the greater. all: the whole detail.",
        examples=["all"],
        json_schema_extra=cited(
            sources.GREENWICH,
            {
                "worked": "Work that ends early is paid as worked.",
                "minimum": "Work that ends early is paid as worked or the minimum, the greater.",
                "all": "Work that ends early is paid whole.",
            },
        ),
    )
    guaranteed_premiums: bool = Field(
        default=True,
        description="Whether time that is paid and not worked has the premiums of the hours that follow the work; "
        "otherwise only those that do not go by day, hour or length. A premium may say otherwise for itself.",
        examples=[False],
        json_schema_extra=cited(
            sources.STATE_POLICE,
            {
                "true": "Time paid and not worked has the premiums of the hours after the work.",
                "false": "Time paid and not worked has no premium of day, hour or length.",
            },
        ),
    )
    rates: tuple[Rate, ...] = Field(
        default=(),
        description="What an hour is paid: the first that fits rank and kind. A detail's own rate goes before them.",
        examples=[[{"rank": "Sergeant", "cents_per_hour": 11110}, {"cents_per_hour": 8030}]],
        json_schema_extra=cited(sources.HARTFORD, {"empty": "Each detail says its own rate."}),
    )
    rate_of: Literal["officer", "slot", "higher"] = Field(
        default="officer",
        description="Whose rank counts for rates and premiums where a slot is for other ranks too. officer: the man's "
        "own. slot: the lowest that the slot accepts, so that a sergeant in an officer's slot is paid as an officer. "
        "higher: whichever of both pays more.",
        examples=["slot"],
        json_schema_extra=cited(
            sources.SUNNY_ISLES,
            {
                "officer": "An officer is paid by his own rank.",
                "slot": "An officer is paid by the lowest rank that his slot is for.",
                "higher": "An officer is paid by his own rank or that of his slot, whichever pays more.",
            },
        ),
    )
    for_work: tuple[PayForWork, ...] = Field(
        default=(),
        description="Other minimum hours, blocks, steps and cancellations for some kinds of work; the first that fits "
        "holds.",
        examples=[[{"kinds": ["town"], "minimum_hours": 3, "blocks": []}]],
        json_schema_extra=cited(
            sources.MEDFIELD,
            {"empty": "All work is paid on the same terms.", "else": "Some kinds of work have terms of their own."},
        ),
    )
    premiums: tuple[Premium, ...] = Field(
        default=(),
        description="When an hour is paid more.",
        examples=[[{"name": "night", "factor": 1.5, "from_time": "19:00", "until_time": "07:00"}]],
        json_schema_extra=cited(sources.LUNENBURG, {"empty": "No hour is paid more than another."}),
    )
    combine: Literal["highest", "add", "multiply"] = Field(
        default="highest",
        description="When several premiums hold. highest: the one alone that pays most. add: what each adds to the "
        "rate is added. multiply: one upon the other, and fixed amounts added.",
        examples=["multiply"],
        json_schema_extra=cited(
            sources.GRAFTON,
            {
                "highest": "Of several premiums the highest holds alone.",
                "add": "What each of several premiums adds to the rate is added.",
                "multiply": "Several premiums are multiplied.",
            },
        ),
    )
    most_factor: float | None = Field(
        default=None,
        ge=1,
        le=10,
        description="Premiums together multiply the rate by so much at most; empty: by whatever they come to.",
        examples=[2.25],
        json_schema_extra=cited(
            sources.CHARLTON,
            {"null": "There is no limit to it.", "else": "They come to {value} times the rate at most."},
        ),
    )
    holidays: tuple[PaidHoliday, ...] = Field(
        default=(),
        description="The holidays for premiums.",
        examples=[[{"name": "Christmas Day", "eve": True}, {"name": "Easter Sunday", "from_easter": 0}]],
        json_schema_extra=cited(sources.PROVIDENCE, {"empty": "No day is a holiday."}),
    )
    holidays_of: str = Field(
        default="US",
        pattern=r"^[A-Z]{2}(-[A-Z0-9]{1,3})?$",
        description="The country, and the state or province, whose calendar has the named holidays.",
        examples=["US-RI"],
        json_schema_extra=cited(sources.PROVIDENCE),
    )
    round_cents: Literal["half_up", "half_even", "down", "up"] = Field(
        default="half_up",
        description="How the amount of each line is rounded to cents.",
        examples=["half_even"],
        json_schema_extra=cited(sources.ILLUSTRATIVE, "Each line is rounded to cents: {value}."),
    )
    meal: Meal | None = Field(
        default=None,
        description="A break for a meal; empty: none is set apart.",
        examples=[{"over_hours": 7, "minutes": 30}],
        json_schema_extra=cited(
            sources.GREENWICH, {"null": "No break for a meal is set apart.", "else": "Long work has a meal."}
        ),
    )
    cancellation: Cancellation = Field(
        default=Cancellation(), description="What a cancellation by the contractor costs."
    )
    equipment: tuple[Hire, ...] = Field(
        default=(),
        description="Vehicles and equipment for hire.",
        examples=[[{"name": "vehicle", "cents_per_hour": 1500}]],
        json_schema_extra=cited(sources.OXFORD, {"empty": "Nothing is for hire."}),
    )
    admin_fee: AdminFee = Field(default=AdminFee(), description="The department's fee.")
    late_order: LateOrder | None = Field(
        default=None,
        description="What an order that comes late costs once, however many officers; empty: nothing.",
        examples=[{"under_hours": 72, "cents": 7500}],
        json_schema_extra=cited(
            sources.BELLEVILLE, {"null": "A late order costs nothing more.", "else": "A late order costs a fee."}
        ),
    )
    interest: Interest = Field(default=Interest(), description="What a late payment costs.")
    deposit_over_cents: int | None = Field(
        default=None,
        ge=0,
        description="What is estimated at more cents than this is paid into escrow before; empty: nothing is.",
        examples=[150000],
        json_schema_extra=cited(
            sources.CLOSTER,
            {
                "null": "Nothing is paid in advance.",
                "else": "An estimate over {value} cents is paid into escrow before.",
            },
        ),
    )
    department_pays: tuple[Literal["guaranteed", "meal", "cancellation"], ...] = Field(
        default=(),
        description="What the department pays its officers itself, and does not charge the contractor.",
        examples=[["meal"]],
        json_schema_extra=cited(sources.ILLUSTRATIVE, {"empty": "The contractor pays for all of it."}),
    )

    @model_validator(mode="after")
    def _rising_and_named_once(self) -> Self:
        if list(self.blocks) != sorted(set(self.blocks)):
            raise ValueError("blocks must rise, each a different length")
        if len({each.name for each in self.premiums}) != len(self.premiums):
            raise ValueError("premiums has the same name twice")
        return self

    @model_validator(mode="after")
    def _each_hire_can_be_had(self) -> Self:
        for place, each in enumerate(self.equipment):
            if any(other.name == each.name and other.fits_all(each.kinds) for other in self.equipment[:place]):
                raise ValueError(f"equipment has the name {each.name!r} twice for the same work")
        return self

    @property
    def least_hours(self) -> float:
        """The hours that any work pays at least."""
        own = [each.minimum_hours for each in self.for_work if each.minimum_hours is not None]
        return min([self.minimum_hours, *own])
