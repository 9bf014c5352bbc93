"""A word of thanks: taken as one, and nothing is done."""

from flows.steps import Command, Flow, Say

FLOW = Flow(
    name="courtesy",
    start="say",
    manner="aside",
    commands=(
        Command(
            "courtesy",
            {
                "en": (
                    "THANKS",
                    "THANK YOU",
                    "THX",
                    "TY",
                    "TYVM",
                    "THANK YOU VERY MUCH",
                    "THANKS A LOT",
                    "MANY THANKS",
                ),
                "es": ("GRACIAS", "MUCHAS GRACIAS", "MIL GRACIAS"),
            },
        ),
    ),
    steps={"say": Say("courtesy.text")},
)
