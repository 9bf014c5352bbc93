"""Recorded prompts: which file holds which words, so that a wording that was changed never plays an old recording.

A folder of recordings has a `manifest.yaml`, a list of what was recorded:

    - {prompt: again.first, language: en, wording: 5f1c..., file: again.first.en.wav, sound: 90ab...}

`wording` is the hash of the words that were read aloud, `sound` that of the file. A recording is played only while the
prompt still says those words; what has fields is never recorded, because it says something else every time.

A department of a shared installation has a folder of its own, named by its slug, within a folder of the installation's.
What it has recorded goes before the installation's, prompt by prompt, and no other department ever hears it.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

import yaml

from ivr_prompts import Prompts

MANIFEST = "manifest.yaml"
HOUSE_RECORDINGS = Path(__file__).parent / "audio"
"""What comes with the line; an installation's and a department's own stand in other folders."""
KINDS: Mapping[str, str] = {".wav": "audio/wav", ".mp3": "audio/mpeg", ".ulaw": "audio/basic"}
"""The kinds of file that a carrier plays, and what they are called on the way."""


class RecordingError(Exception):
    """A recording that cannot be kept, or a manifest that cannot be read; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Recording:
    """One prompt as somebody read it. `wording` and `sound` are hashes, `file` a name within its folder."""

    prompt: str
    language: str
    wording: str
    file: str
    sound: str


def use_folders(folders: Iterable[Path]) -> None:
    """From here on this process also plays what is recorded in these folders, before what comes with the line."""
    _OWN[:] = folders


def folders(department: str = "") -> tuple[Path, ...]:
    """Where recordings are looked for, in this order; `department` is the slug of whose go first, if it is known."""
    own = tuple(folder / department for folder in _OWN) if department else ()
    return (*own, *_OWN, HOUSE_RECORDINGS)


_OWN: list[Path] = []


def folders_of_departments(installation: Iterable[Path] | None = None) -> dict[Path, str]:
    """Each folder that a department has of its own, with the department's slug."""
    within = _OWN if installation is None else installation
    manifests = [manifest for folder in within for manifest in sorted(folder.glob(f"*/{MANIFEST}"))]
    return {one.parent: one.parent.name for one in manifests if is_slug(one.parent.name)}


def is_slug(name: str) -> bool:
    """Whether a department could be called so in commands, and a folder by it."""
    return _SLUG.fullmatch(name) is not None


_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")


def audio_for(prompt: str, language: str, wording: str, department: str = "") -> Path | None:
    """The file that says exactly these words, from the first folder that has one; None when they must be spoken.

    `wording` is the prompt as it stands in its file, braces and all.
    """
    key = (prompt, language, wording_hash(wording))
    found = (_by_words(folder, _changed_at(folder)).get(key) for folder in folders(department))
    return next((path for path in found if path is not None and path.is_file()), None)


def has_recordings(department: str = "") -> bool:
    """Whether anything at all is recorded that this department's callers hear."""
    return any(_read(folder, _changed_at(folder)) for folder in folders(department))


def sound_of(path: Path) -> str:
    """The hash of a file, which names it to the carrier: another file has another address, and may be kept for ever."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:32]


def file_with_sound(sound: str) -> Path | None:
    """The recording of this name, as the carrier asks for it; None for what is in no manifest."""
    for folder in (*folders(), *folders_of_departments()):
        for recording in recordings_in(folder):
            path = folder / recording.file
            if recording.sound == sound and path.is_file():
                return path
    return None


def wording_hash(wording: str) -> str:
    """Changes with every letter of the words, and not with how they are broken into lines."""
    return hashlib.sha256(" ".join(wording.split()).encode()).hexdigest()[:32]


def recordings_in(folder: Path) -> list[Recording]:
    """What the folder's manifest lists; nothing where it has none. Raises `RecordingError` on one that is none."""
    return list(_read(folder, _changed_at(folder)))


def wrong_recordings(folder: Path, languages: Mapping[str, Prompts]) -> list[tuple[Recording, str]]:
    """Each recording that is not played any more, with why: what to record again, or to take out."""
    return [(one, why) for one in recordings_in(folder) if (why := _wrong(one, folder, languages))]


def keep_recording(folder: Path, prompt: str, file: Path, prompts: Prompts) -> Recording:
    """Takes a file as the recording of a prompt, in place of an earlier one; raises `RecordingError`."""
    wording = prompts.text(prompt, "voice")
    if wording is None:
        raise RecordingError(f"{prompt} is nothing that is said on a call in {prompts.language}.")
    if "{" in wording:
        raise RecordingError(f"{prompt} says something else each time ({wording}), so it cannot be recorded.")
    if file.suffix.lower() not in KINDS:
        raise RecordingError(f"{file.name} is none of {', '.join(sorted(KINDS))}, which a carrier plays.")
    folder.mkdir(parents=True, exist_ok=True)
    kept = folder / f"{prompt}.{prompts.language}{file.suffix.lower()}"
    if file.resolve() != kept.resolve():
        kept.write_bytes(file.read_bytes())
    recording = Recording(prompt, prompts.language, wording_hash(wording), kept.name, sound_of(kept))
    others = [one for one in recordings_in(folder) if (one.prompt, one.language) != (prompt, prompts.language)]
    _write(folder, [*others, recording])
    return recording


def _wrong(recording: Recording, folder: Path, languages: Mapping[str, Prompts]) -> str:
    prompts, path = languages.get(recording.language), folder / recording.file
    wording = prompts.text(recording.prompt, "voice") if prompts else None
    if wording is None:
        return "is a recording of what nothing says any more: take it out of the manifest"
    if recording.wording != wording_hash(wording):
        return f"has a stale recording, of words that have changed since: record it again ({wording})"
    if "{" in wording:
        return "has a recording, and says something else each time: take it out of the manifest"
    if not path.is_file():
        return f"has no file {recording.file} for its recording"
    if sound_of(path) != recording.sound:
        return f"has a recording that is not the file that was kept: keep {recording.file} again"
    return ""


def _write(folder: Path, recordings: list[Recording]) -> None:
    listed = [asdict(one) for one in sorted(recordings, key=lambda one: (one.prompt, one.language))]
    (folder / MANIFEST).write_text(yaml.safe_dump(listed, sort_keys=False, allow_unicode=True), "utf-8")


def _changed_at(folder: Path) -> int:
    """When the manifest was written last, so that what is kept of it in memory is never older."""
    manifest = folder / MANIFEST
    return manifest.stat().st_mtime_ns if manifest.is_file() else 0


@cache
def _by_words(folder: Path, changed_at: int) -> Mapping[tuple[str, str, str], Path]:
    """The recordings by what they say."""
    return {(one.prompt, one.language, one.wording): folder / one.file for one in _read(folder, changed_at)}


@cache
def _read(folder: Path, changed_at: int) -> tuple[Recording, ...]:
    if not changed_at:
        return ()
    try:
        listed = yaml.safe_load((folder / MANIFEST).read_text("utf-8")) or []
        found = tuple(Recording(**one) for one in listed)
    except (yaml.YAMLError, TypeError) as error:
        raise RecordingError(f"{folder / MANIFEST} is no list of recordings: {error}") from error
    outside = [one.file for one in found if Path(one.file).name != one.file]
    if outside:
        raise RecordingError(f"{folder / MANIFEST} names {outside[0]}, which is not a file of its folder.")
    return found
