"""Hold music of our own: a slow arpeggio, made once a process; no server but ours keeps our callers company."""

import io
import math
import wave
from array import array
from functools import cache

RATE = 8000
"""Samples a second: as much as a telephone carries."""
SECONDS_A_NOTE = 1.25
NOTES = (261.63, 329.63, 392.00, 493.88, 440.00, 392.00, 329.63, 293.66,
         261.63, 349.23, 440.00, 523.25, 493.88, 392.00, 329.63, 293.66)  # fmt: skip
LOUDNESS = 0.25


@cache
def hold_music() -> bytes:
    """Twenty seconds as a WAV file, which end as they begin, so that rounds of them run into each other."""
    samples = array("h")
    for pitch in NOTES:
        samples.extend(_note(pitch))
    file = io.BytesIO()
    with wave.open(file, "wb") as written:
        written.setnchannels(1)
        written.setsampwidth(2)
        written.setframerate(RATE)
        written.writeframes(samples.tobytes())
    return file.getvalue()


def _note(pitch: float) -> "array[int]":
    """A struck tone with its octave above; it swells within a fortieth of a second and dies away."""
    count = int(RATE * SECONDS_A_NOTE)
    turn = 2 * math.pi * pitch / RATE
    return array(
        "h",
        (
            int(32767 * LOUDNESS * _swell(at) * (math.sin(turn * at) + 0.3 * math.sin(2 * turn * at)))
            for at in range(count)
        ),
    )


def _swell(at: int) -> float:
    return min(1.0, at / (RATE / 40)) * math.exp(-2.5 * at / (RATE * SECONDS_A_NOTE))
