"""Which department is meant, asked of an officer of several on a line they share; remembered for twelve hours."""

from flows.answers import Choice
from flows.choosing import EXITS
from flows.steps import Ask, Flow, HandOff, SettleDepartment

FLOW = Flow(
    name="department",
    start="which",
    exits=EXITS,
    steps={
        "which": Ask(
            "department.which",
            (Choice(into="department", then="settle", listed="departments", value="id"),),
        ),
        "settle": SettleDepartment("department", "heard", hours=12),
        "person": HandOff("lost_in_department", "again.person"),
    },
)
