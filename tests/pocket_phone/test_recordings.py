"""How long a recording plays: as long as it is, where it can be had and read."""

import pytest
import requests

from bot.pages.hold import hold_music
from bot.pocket_phone.calls.recordings import UNKNOWN_SECONDS, Recordings


def test_a_wav_file_plays_as_long_as_it_is_and_is_fetched_once():
    asked = []

    def fetch(url: str) -> bytes:
        asked.append(url)
        return hold_music()

    recordings = Recordings(fetch)
    assert [recordings.seconds_of("https://line.example.org/audio/hold.wav") for _ in range(2)] == [20.0, 20.0]
    assert len(asked) == 1


@pytest.mark.parametrize("found", [b"", b"ID3 not a wave", requests.ConnectionError("nobody there")])
def test_what_cannot_be_read_is_taken_to_be_short(found):
    def fetch(_url: str) -> bytes:
        if isinstance(found, Exception):
            raise found
        return found

    assert Recordings(fetch).seconds_of("https://line.example.org/x.mp3") == UNKNOWN_SECONDS


def test_no_address_of_the_web_is_not_asked_for():
    assert Recordings().seconds_of("/audio/hold.wav") == UNKNOWN_SECONDS
