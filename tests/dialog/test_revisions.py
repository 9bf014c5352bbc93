"""A deploy while questions are open: moved where the question is the same, else asked anew, else said so."""

from dataclasses import replace

from flows.loading import load
from flows.steps import Ask, Flow, Say, revision_of
from tests.dialog.toy import CATALOGUE, FLOWS, PROMPTS, RETURN, Phone


def deploy(phone: Phone, *changed: Flow, without: str = "") -> None:
    """The same conversation meets other flows."""
    names = {flow.name for flow in changed}
    kept = tuple(flow for flow in FLOWS if flow.name not in {*names, without, "hop" if without else ""})
    phone.catalogue = load((*kept, *changed), PROMPTS.text)


def reworded() -> Flow:
    return replace(RETURN, steps={**RETURN.steps, "kept": Say("toy.gave_up")})


def asks_otherwise() -> Flow:
    confirm = RETURN.steps["confirm"]
    assert isinstance(confirm, Ask)
    return replace(RETURN, steps={**RETURN.steps, "confirm": replace(confirm, prompt="toy.say_code")})


def test_a_revision_is_a_hash_of_the_definition():
    assert revision_of(RETURN) == CATALOGUE.revisions["return"] == revision_of(replace(RETURN))
    assert revision_of(reworded()) != revision_of(RETURN)


def test_an_unchanged_question_takes_its_answer_in_the_new_revision():
    phone = Phone()
    phone.text("R4002")
    deploy(phone, reworded())
    assert phone.text("no") == "Closed."


def test_a_changed_question_is_asked_again_from_the_beginning_with_what_was_known():
    phone = Phone()
    phone.text("R4002")
    deploy(phone, asks_otherwise())
    assert phone.text("no").startswith("That question changed since I asked it. Nothing is lost")
    assert phone.text("K4002") == "Returned 4002."


def test_a_command_is_heard_whatever_was_deployed():
    phone = Phone()
    phone.text("R4002")
    deploy(phone, asks_otherwise())
    assert phone.text("order") == "Size? 1 small 2 big"


def test_a_flow_that_is_gone_is_owned_up_to():
    phone = Phone()
    phone.text("R4002")
    deploy(phone, without="return")
    assert phone.text("K4002").startswith("I lost my place")
    assert phone.conversation.frames == ()
    assert phone.shop.returned == []


def test_what_has_acted_is_never_started_over():
    phone = Phone()
    phone.text("R4002")
    acted = replace(phone.conversation.frames[0], acted=True)
    phone.conversation = replace(phone.conversation, frames=(acted,))
    deploy(phone, asks_otherwise())
    assert phone.text("no").startswith("I lost my place")
