"""Numbers written out in words, as a recogniser may bring them, put into figures where a wish is read by figures."""

import pytest

from bot.dialog.understanding.tokens import in_figures


@pytest.mark.parametrize(
    ("said", "figures"),
    [
        ("auto traffic under eight hours saturday", "auto traffic under 8 hours saturday"),
        ("quiet hours ten pm to six am", "quiet hours 10 pm to 6 am"),
        ("silencio de diez a seis", "silencio de 10 a 6"),
        ("under twenty-five minutes", "under 25 minutes"),
        ("no figures at all", "no figures at all"),
        ("", ""),
    ],
)
def test_words_become_figures_and_the_rest_stays(said: str, figures: str) -> None:
    assert in_figures(said) == figures
