"""The caller says that he is done: the line says so too, and hangs up."""

from flows.steps import Flow, HangUp

FLOW = Flow(name="goodbye", start="hang_up", steps={"hang_up": HangUp("goodbye.bye")})
