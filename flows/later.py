"""What people ask for and the line does not do yet: said so politely, with the way to a person."""

from flows.steps import Command, Flow, Say

FLOW = Flow(
    name="later",
    start="say",
    manner="aside",
    commands=(
        Command("pay", {"en": ("PAY", "MY PAY"), "es": ("PAGO", "MI PAGO")}),
        Command("order", {"en": ("ORDER", "NEW ORDER"), "es": ("PEDIDO", "NUEVO PEDIDO")}),
        Command("cancel_order", {"en": ("VOID", "CALL OFF"), "es": ("ANULAR", "ANULAR PEDIDO")}),
    ),
    steps={"say": Say("later.text")},
)
