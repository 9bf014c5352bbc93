"""Whatever anybody sends, the engine neither raises nor acts on it."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.dialog.toy import Phone

OPENINGS = ("", "cakes", "order", "return 4002", "menu")
SAID = st.one_of(
    st.text(max_size=60),
    st.text(alphabet="ASNDRK 0123456789:,.#&apm\n", max_size=24),
    st.sampled_from(["more", "back", "repeat", "stop", "yes", "no", "1 3", "K4002 K4003", "10-13", "٣ ٤", "²"]),
)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(OPENINGS), st.lists(SAID, max_size=6))
def test_any_texts_in_any_state_never_raise(opening: str, said: list[str]):
    phone = Phone()
    for body in (opening, *said):
        phone.text(body)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200).filter(lambda text: "4002" not in text))
def test_nothing_is_returned_without_its_code(said: str):
    phone = Phone()
    phone.text("return 4002")
    phone.text(said)
    assert phone.shop.returned == []
