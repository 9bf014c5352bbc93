"""AGENT: a person, at any point; the question that was open stays open."""

from flows.steps import Command, Flow, HandOff

FLOW = Flow(
    name="agent",
    start="hand_off",
    manner="aside",
    commands=(
        Command(
            "agent",
            {
                "en": ("AGENT", "PERSON", "HUMAN", "REPRESENTATIVE", "TALK TO A PERSON"),
                "es": ("AGENTE", "PERSONA", "HUMANO", "REPRESENTANTE", "HABLAR CON UNA PERSONA", "HABLAR CON ALGUIEN"),
            },
        ),
    ),
    steps={"hand_off": HandOff("asked_for_a_person", "agent.coming")},
)
