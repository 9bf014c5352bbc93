"""A toy line about cakes, so that the engine is tested on flows whose every branch is in sight."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.dialog.conversation import Conversation, from_json, to_json
from bot.dialog.events import Event, HandOffWanted, Heard
from bot.dialog.questions import question_of
from bot.dialog.rendering import Voice, render
from bot.dialog.runner import Turn, take_turn
from bot.dialog.understanding.reading import Hearing, understand
from bot.dialog.understanding.understood import Understood
from flows.answers import Choice, Code, Number, Option, Text, Time, YesNo
from flows.loading import Catalogue, load
from flows.steps import (
    Ask,
    Command,
    Do,
    Exits,
    Flow,
    HandOff,
    Jump,
    Outcome,
    Say,
    SettleDepartment,
    Wait,
    verb,
)
from ivr_prompts import Prompts
from ivr_prompts import load as load_prompts

NOON = datetime(2026, 11, 24, 17, 0, tzinfo=UTC)
ZONE = ZoneInfo("America/New_York")

EXITS = Exits(
    nonsense=("toy.again_1", "toy.again_2"),
    silence=("toy.silent_1", "toy.silent_2"),
    on_time_out="gave_up",
    too_many="person",
    repeats=True,
)


@verb("some", "none")
def cakes_on_sale(caller: Any, memory: Mapping[str, Any]) -> Outcome:
    """The shop is the caller."""
    return Outcome("some" if caller.cakes else "none", {"cakes": list(caller.cakes)})


@verb("sold", "gone", acts=True)
def buy(caller: Any, memory: Mapping[str, Any]) -> Outcome:
    """Buys every chosen cake."""
    caller.sold += memory["codes"]
    return Outcome("sold" if memory["codes"] else "gone", {"sold_at": NOON})


@verb("priced", acts=False)
def price_return(caller: Any, memory: Mapping[str, Any]) -> Outcome:
    """A cake is returned for half the money."""
    return Outcome("priced", {"code": memory["codes"][0], "cents": 1250})


@verb("returned", acts=True)
def take_back(caller: Any, memory: Mapping[str, Any]) -> Outcome:
    """The shop has it again."""
    caller.returned.append(memory["code"])
    return Outcome("returned")


LIST = Flow(
    name="cakes",
    start="look",
    commands=(Command("cakes", {"en": ("CAKES",)}),),
    exits=EXITS,
    steps={
        "look": Do(cakes_on_sale, {"some": "which", "none": "none"}),
        "none": Say("toy.none"),
        "which": Ask(
            "toy.which",
            (
                Choice(
                    into="codes",
                    then="buy",
                    listed="cakes",
                    value="code",
                    several=True,
                    lead={"en": ("BUY", "B")},
                    per_page=3,
                ),
            ),
        ),
        "buy": Do(buy, {"sold": "sold", "gone": "none"}),
        "sold": Say("toy.sold"),
        "gave_up": Say("toy.gave_up"),
        "person": HandOff("lost_in_cakes", "toy.person"),
    },
)

RETURN = Flow(
    name="return",
    start="price",
    commands=(Command("return", {"en": ("RETURN", "GIVE BACK")}, ("codes",), letter="R"),),
    exits=EXITS,
    steps={
        "price": Do(price_return, {"priced": "confirm"}),
        "confirm": Ask(
            "toy.confirm",
            (Code("K", "code", "code", "take"), YesNo("say_code", "kept")),
            Wait(timedelta(minutes=10), timedelta(hours=1)),
        ),
        "say_code": Say("toy.say_code", "confirm"),
        "take": Do(take_back, {"returned": "done"}),
        "done": Say("toy.done"),
        "kept": Say("toy.kept"),
        "gave_up": Say("toy.kept"),
        "person": HandOff("lost_in_return", "toy.person"),
    },
)

FORM = Flow(
    name="form",
    start="size",
    commands=(Command("order", {"en": ("ORDER",)}),),
    exits=EXITS,
    steps={
        "size": Ask(
            "toy.size",
            (
                Choice(
                    into="size",
                    then="candles",
                    options=(
                        Option("small", "1", {"en": ("SMALL",)}),
                        Option("big", "2", {"en": ("BIG", "LARGE")}),
                    ),
                ),
            ),
        ),
        "candles": Ask("toy.candles", (Number("candles", "when", 1, 120),)),
        "when": Ask("toy.when", (Time("time", "writing", lead={"en": ("AT",)}),)),
        "writing": Ask("toy.writing", (Text("writing", "thanks", 40),)),
        "thanks": Say("toy.thanks"),
        "gave_up": Say("toy.gave_up"),
        "person": HandOff("lost_in_form", "toy.person"),
    },
)

SHOP = Flow(
    name="shop",
    start="which",
    exits=EXITS,
    steps={
        "which": Ask("toy.shop", (Choice(into="shop", then="settle", listed="shops", value="id"),), exits=None),
        "settle": SettleDepartment("shop", "heard"),
        "gave_up": Say("toy.gave_up"),
        "person": HandOff("lost_shop"),
    },
)

CIRCLE = Flow(
    name="circle",
    start="round",
    commands=(Command("circle", {"en": ("CIRCLE",)}),),
    steps={"round": Say("toy.none", "round")},
)
HOP = Flow(
    name="hop",
    start="hop",
    commands=(Command("hop", {"en": ("HOP",)}, ("codes",)),),
    steps={"hop": Jump("return")},
)
MENU = Flow(
    name="menu",
    start="say",
    manner="digression",
    commands=(Command("menu", {"en": ("MENU",)}),),
    steps={"say": Say("toy.menu")},
)
EMERGENCY = Flow(
    name="emergency",
    start="alarm",
    manner="aside",
    commands=(Command("emergency", {}),),
    steps={"alarm": HandOff("emergency", "emergency.not_watched")},
)
UNCLEAR = Flow(
    name="unclear",
    start="first",
    entries=("second", "third"),
    steps={
        "first": Say("unclear.first"),
        "second": Say("unclear.second"),
        "third": HandOff("not_understood", "unclear.person"),
    },
)
STRAY = Flow(name="stray", start="say", steps={"say": Say("stray.text")})
OPT = Flow(
    name="opt",
    start="quiet",
    manner="aside",
    commands=(Command("opt_out", {}), Command("opt_in", {}), Command("help", {})),
    steps={"quiet": HandOff("opted_out")},
)
YES = Flow(
    name="yes",
    start="say",
    commands=(
        Command("accept", {"en": ("ACCEPT",)}, ("codes",), letter="A", bare="yes"),
        Command("decline", {"en": ("DECLINE",)}, ("codes",), letter="N", bare="no"),
    ),
    steps={"say": Say("toy.said")},
)
OUT = Flow(
    name="out",
    start="say",
    commands=(
        Command("check_out", {"en": ("OUT", "CHECK OUT")}, ("time", "codes")),
        Command("signup", {"en": ("SIGN UP", "SIGNUP")}, ("codes", "numbers"), letter="S"),
    ),
    steps={"say": Say("toy.said")},
)

FLOWS = (LIST, RETURN, FORM, SHOP, CIRCLE, HOP, MENU, EMERGENCY, UNCLEAR, STRAY, OPT, YES, OUT)

TEXTS = {
    "none": "No cakes.",
    "which": "Which?\n{page:each toy.item}{more:if toy.more}",
    "item": "{number} {code} {name}",
    "more": " MORE",
    "sold": "Sold {codes:and}.",
    "gave_up": "Closed.",
    "person": "A person comes.",
    "again_1": "Pardon?",
    "again_2": "Sorry, what?",
    "silent_1": "Hello?",
    "silent_2": "Still there?",
    "confirm": "Return {code} for {cents:money}? K{code}",
    "say_code": "I need the code.",
    "done": "Returned {code}.",
    "kept": "Kept {code}.",
    "size": "Size? 1 small 2 big",
    "candles": "Candles?",
    "when": "When?",
    "writing": "Writing?",
    "thanks": "{size} {candles} {time} {writing}",
    "shop": "Which shop?\n{shops:each toy.shop_item}",
    "shop_item": "{id} {name}",
    "menu": "Menu.",
    "said": "Said {command}.",
}


def prompts() -> Prompts:
    """The real English prompts with the toy's beside them."""
    real = load_prompts("en")
    toy = {f"toy.{key}": {"sms": text} for key, text in TEXTS.items()}
    return Prompts("en", {**real.texts, **toy}, real.words)


PROMPTS = prompts()
VOICE = Voice(PROMPTS, ZONE)
CATALOGUE = load(FLOWS, PROMPTS.text)
CAKES = [{"code": str(4000 + n), "name": f"Cake {n}"} for n in range(1, 9)]


@dataclass
class Shop:
    """What the toy's verbs act on."""

    cakes: list[dict[str, str]] = field(default_factory=lambda: list(CAKES))
    sold: list[str] = field(default_factory=list)
    returned: list[str] = field(default_factory=list)


@dataclass
class Phone:
    """One person texting the toy line; the conversation goes through its JSON between every two turns."""

    catalogue: Catalogue = CATALOGUE
    shop: Shop = field(default_factory=Shop)
    conversation: Conversation = field(default_factory=Conversation)
    now: datetime = NOON
    hand_offs: list[HandOffWanted] = field(default_factory=list)
    last: Turn | None = None

    def text(self, body: str) -> str:
        """Texts the line and returns what it answers."""
        return self.event(Heard(self.read(body, self.conversation)))

    def read(self, body: str, conversation: Conversation) -> Understood:
        """Understands a text where the conversation stands."""
        question = question_of(self.catalogue, conversation, self.now)
        return understand(body, Hearing(self.catalogue, question, conversation.language))

    def event(self, event: Event) -> str:
        """Lets something happen and returns what is said."""
        turn = take_turn(self.catalogue, self.conversation, event, self.now, self.shop, self.read)
        self.conversation = from_json(to_json(turn.conversation))
        kept = turn.conversation
        assert from_json(to_json(kept)) == self.conversation
        self.hand_offs += turn.hand_offs
        self.last = turn
        return render(turn.says, VOICE)

    def wait(self, **time: int) -> None:
        """Lets time pass."""
        self.now += timedelta(**time)
