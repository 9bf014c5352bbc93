"""The words, per language and channel: one YAML file a conversation, each key with its wording for each channel.

    drop.yaml:   price: {sms: "Drop {code}, {during:span}? ..."}

is the prompt `drop.price`. What stands in braces is filled and formatted by `bot/dialog/rendering.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import yaml

CHANNELS = ("sms", "voice", "email")
VOCABULARY = "words"
"""The file of a language's own words: names of days and months, how a list is joined."""


class PromptError(Exception):
    """A prompt file that cannot be used; the message names the file and the key."""


@dataclass(frozen=True, slots=True, eq=False)
class Prompts:
    """All prompts of one language. `texts` goes from prompt key to channel to wording."""

    language: str
    texts: Mapping[str, Mapping[str, str]]
    words: Mapping[str, Any]

    def text(self, key: str, channel: str = "sms") -> str | None:
        """The wording of a prompt on a channel, or None. What a mail has no words of its own for is as in a text."""
        wordings = self.texts.get(key, {})
        return wordings.get("sms") if channel == "email" and "email" not in wordings else wordings.get(channel)

    def is_mailed(self, key: str) -> bool:
        """Whether what this prompt tells is mailed to those who want mails: it has words of its own for that."""
        return "email" in self.texts.get(key, {})

    def wording(self, key: str) -> str | None:
        """The wording of a prompt on the first channel that has one, or None."""
        return next(iter(self.texts.get(key, {}).values()), None)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who reads a language aloud: the carrier's `voice`, its name for the `language`, and who reads for `listening`."""

    voice: str
    language: str
    listening: str


@cache
def speaker_of(language: str) -> Speaker:
    """The voice of a language, out of `voices.yaml`."""
    return Speaker(**_read(files(__package__).joinpath("voices.yaml"))[language])


@cache
def languages() -> frozenset[str]:
    """The languages that have a folder of prompts."""
    return frozenset(each.name for each in files(__package__).iterdir() if each.is_dir() and len(each.name) == 2)


@cache
def load(language: str) -> Prompts:
    """Reads a language once; raises `PromptError` when a file is not what it should be."""
    folder = files(__package__).joinpath(language)
    texts: dict[str, Mapping[str, str]] = {}
    words: Mapping[str, Any] = {}
    for file in sorted(folder.iterdir(), key=lambda each: each.name):
        if file.name == f"{VOCABULARY}.yaml":
            words = _read(file)
        elif file.name.endswith(".yaml"):
            texts.update(_prompts_in(file))
    return Prompts(language, texts, words)


def _prompts_in(file: Traversable) -> dict[str, Mapping[str, str]]:
    conversation = file.name.removesuffix(".yaml")
    return {f"{conversation}.{key}": _channels(file.name, key, value) for key, value in _read(file).items()}


# Every process reads every prompt at its start: in C where there is one, which takes a tenth.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _read(file: Traversable) -> dict[str, Any]:
    loader = _LOADER(file.read_text("utf-8"))
    try:
        node = loader.get_single_node()
        _refuse_twice(file.name, node)
        loaded = loader.construct_document(node) if node else None
    except yaml.YAMLError as error:
        raise PromptError(f"{file.name} is not YAML: {error}") from error
    finally:
        loader.dispose()
    if not isinstance(loaded, dict) or not all(isinstance(key, str) for key in loaded):
        raise PromptError(f"{file.name} must hold named prompts (a key like yes or on needs quotes)")
    return loaded


def _refuse_twice(name: str, node: yaml.Node | None) -> None:
    """Of two prompts of one name YAML would keep the later without a word."""
    keys = [key.value for key, _ in node.value] if isinstance(node, yaml.MappingNode) else []
    twice = next((key for place, key in enumerate(keys) if key in keys[:place]), None)
    if twice is not None:
        raise PromptError(f"{name} has {twice} twice")


def _channels(file: str, key: str, value: Any) -> Mapping[str, str]:
    if not isinstance(value, dict) or not value:
        raise PromptError(f"{file}: {key} must say for which channel it is, like {{sms: ...}}")
    for channel, text in value.items():
        if channel not in CHANNELS or not isinstance(text, str):
            raise PromptError(f"{file}: {key} has {channel}, which is no channel with a text")
    return value
