"""The whole line to listen to: a sound file a prompt with likely values, read by espeak-ng, with a page and a playlist.

espeak-ng sounds like a machine, and that is the point: what is understood from it is understood from any voice.
"""

import shutil
import subprocess
import wave
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, select_autoescape

from bot.dialog.speakable import without_tongues
from bot.dialog.spoken_checks import MOST_SECONDS_AHEAD, ahead_of_choice
from bot.dialog.spoken_samples import said_with_samples
from ivr_prompts import Prompts, load, speaker_of
from ivr_prompts.audio import audio_for

PROGRAM = "espeak-ng"
WORDS_A_MINUTE = 165
"""About as the carrier's voices read."""


class NoSpeechError(Exception):
    """There is nothing here that could read aloud; the message says what to install."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One prompt as it sounds. `ahead` are the seconds before the first choice, 0 where there is none.

    `by` says what is heard: the `voice` that reads it, whose seconds they are, or a `recording`.
    """

    prompt: str
    language: str
    said: str
    file: str
    seconds: float
    ahead: float
    by: str = "voice"

    @property
    def is_long(self) -> bool:
        """Whether a caller waits too long for his first choice."""
        return self.ahead > MOST_SECONDS_AHEAD


def record_set(
    folder: Path, languages: Iterable[Prompts], keys: tuple[str, ...] = (), department: str | None = None
) -> list[Heard]:
    """Reads every prompt that is said on calls into a file of `folder`; with `keys` those only, or those of a file.

    For the callers of a `department` what is recorded is put there instead, its own or the installation's. Raises
    `NoSpeechError` where espeak-ng is not installed.
    """
    program = shutil.which(PROGRAM)
    if program is None:
        raise NoSpeechError(f"{PROGRAM} is not installed; on Debian and Ubuntu: apt-get install {PROGRAM}.")
    folder.mkdir(parents=True, exist_ok=True)
    read = [_read_out(program, folder, prompts, key) for prompts in languages for key in _wanted(prompts, keys)]
    heard = read if department is None else [_recorded(folder, one, department) for one in read]
    (folder / "index.html").write_text(_page(heard), encoding="utf-8")
    (folder / "playlist.m3u").write_text("".join(f"{one.file}\n" for one in heard), encoding="utf-8")
    return heard


def _wanted(prompts: Prompts, keys: tuple[str, ...]) -> Iterator[str]:
    for key in sorted(prompts.texts):
        is_meant = not keys or key in keys or key.split(".")[0] in keys
        if is_meant and prompts.text(key, "voice") and said_with_samples(key, prompts):
            yield key


def _recorded(folder: Path, read: Heard, department: str) -> Heard:
    """The recording that this department's callers hear, in place of the voice."""
    wording = load(read.language).text(read.prompt, "voice") or ""
    recording = audio_for(read.prompt, read.language, wording, department)
    if recording is None:
        return read
    (folder / read.file).unlink()
    file = f"{read.prompt}.{read.language}{recording.suffix.lower()}"
    (folder / file).write_bytes(recording.read_bytes())
    return replace(read, file=file, by="recording")


def _read_out(program: str, folder: Path, prompts: Prompts, key: str) -> Heard:
    said, language = without_tongues(said_with_samples(key, prompts)), prompts.language
    path = folder / f"{key}.{language}.wav"
    ahead = ahead_of_choice(said)
    seconds_ahead = _read_aloud(program, ahead, language, path) if ahead else 0.0
    return Heard(key, language, said, path.name, _read_aloud(program, said, language, path), seconds_ahead)


def _read_aloud(program: str, said: str, language: str, path: Path) -> float:
    """Writes the file and returns its length in seconds."""
    spoken_by = speaker_of(language).listening
    command = [program, "-v", spoken_by, "-s", str(WORDS_A_MINUTE), "-w", str(path), "--", said]
    subprocess.run(command, check=True, capture_output=True, timeout=60)  # noqa: S603 - our own command
    with wave.open(str(path)) as sound:
        return round(sound.getnframes() / sound.getframerate(), 1)


def _page(heard: list[Heard]) -> str:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).with_name("templates")),
        autoescape=select_autoescape(["html"]),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("listening.html").render(heard=heard, most=MOST_SECONDS_AHEAD)
