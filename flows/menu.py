"""MENU: what the line can do, and the word for each. HELP alone belongs to the carrier and is answered in opt_out."""

from flows.steps import Command, Flow, Say

FLOW = Flow(
    name="menu",
    start="menu",
    manner="digression",
    commands=(
        Command("menu", {"en": ("MENU", "COMMANDS", "OPTIONS"), "es": ("MENU", "AYUDA", "OPCIONES", "COMANDOS")}),
    ),
    steps={"menu": Say("menu.text")},
)
