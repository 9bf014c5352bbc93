"""How values are said on a call, in both languages: days, clocks, codes, money, names and addresses, as plain words."""

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.dialog.events import Line
from bot.dialog.rendering import COMPOSERS, RenderError, Voice, render
from bot.dialog.speakable import is_speakable
from bot.dialog.spoken import SPOKEN
from ivr_prompts import Prompts, load

BOSTON = ZoneInfo("America/New_York")


def at(month: int, day: int, hour: int, minute: int = 0, year: int = 2026) -> datetime:
    """A moment by the department's clock."""
    return datetime(year, month, day, hour, minute, tzinfo=BOSTON).astimezone(UTC)


def said(language: str, wording: str, more: dict[str, str] | None = None, **values: Any) -> str:
    texts = {key: {"voice": text} for key, text in {"toy.it": wording, **(more or {})}.items()}
    voice = Voice(Prompts(language, texts, load(language).words), BOSTON, "voice")
    return render([Line("toy.it", values)], voice)


SIX_TO_TWO = [at(11, 28, 6), at(11, 28, 14)]

TABLE = [
    ("day", at(11, 28, 6), "Saturday the 28th", "Sábado 28"),
    ("day", date(2026, 12, 1), "Tuesday the 1st", "Martes primero"),
    ("day month", date(2026, 12, 22), "Tuesday, December 22nd", "Martes 22 de diciembre"),
    ("date", date(2011, 3, 4), "March 4th, 2011", "4 de marzo de 2011"),
    ("weekday", at(11, 28, 6), "Saturday", "Sábado"),
    ("time", at(11, 28, 6), "6 AM", "6 de la mañana"),
    ("time", at(11, 28, 13, 30), "1 30 PM", "1 y media de la tarde"),
    ("time", at(11, 28, 23, 15), "11 15 PM", "11 y cuarto de la noche"),
    ("time", at(11, 28, 12, 5), "12 oh 5 PM", "12 y 5 de la tarde"),
    ("time", at(11, 28, 0, 40), "12 40 AM", "12 y 40 de la madrugada"),
    ("time", at(11, 28, 0), "Midnight", "Medianoche"),
    ("time", at(11, 28, 12), "Noon", "Mediodía"),
    ("at", at(11, 28, 13), "At 1 PM", "A la 1 de la tarde"),
    ("at", at(11, 28, 13, 30), "At 1 30 PM", "A la 1 y media de la tarde"),
    ("at", at(11, 28, 6), "At 6 AM", "A las 6 de la mañana"),
    ("at", at(11, 28, 0), "At midnight", "A medianoche"),
    ("at", at(11, 28, 12), "At noon", "Al mediodía"),
    ("until", at(11, 28, 1), "Until 1 AM", "Hasta la 1 de la madrugada"),
    ("until", at(11, 28, 22), "Until 10 PM", "Hasta las 10 de la noche"),
    ("until", at(11, 28, 0), "Until midnight", "Hasta la medianoche"),
    ("moment", at(11, 28, 6), "Saturday, November 28th, 6 AM", "Sábado 28 de noviembre a las 6 de la mañana"),
    ("moment", at(11, 28, 0), "Midnight as Saturday, November 28th begins", "Sábado 28 de noviembre a las cero horas"),
    ("soon", at(11, 28, 6), "Saturday 6 AM", "Sábado a las 6 de la mañana"),
    ("soon", at(11, 28, 0), "Midnight as Saturday begins", "Sábado a las cero horas"),
    ("begins", SIX_TO_TWO, "Saturday the 28th, 6 AM", "Sábado 28 a las 6 de la mañana"),
    ("span", SIX_TO_TWO, "Saturday the 28th, 6 AM to 2 PM", "Sábado 28, de 6 de la mañana a 2 de la tarde"),
    (
        "span",
        [at(11, 27, 22), at(11, 28, 6)],
        "Friday the 27th, 10 PM to 6 AM",
        "Viernes 27, de 10 de la noche a 6 de la mañana",
    ),
    (
        "span",
        [at(11, 28, 16), at(11, 29, 0)],
        "Saturday the 28th, 4 PM to midnight",
        "Sábado 28, de 4 de la tarde a medianoche",
    ),
    (
        "span",
        [at(11, 28, 0), at(11, 28, 8)],
        "Saturday the 28th, from midnight, as the day begins, to 8 AM",
        "Sábado 28, de las cero horas a 8 de la mañana",
    ),
    (
        "span",
        [at(11, 28, 6), at(11, 29, 6)],
        "Saturday the 28th, 6 AM to Sunday 6 AM",
        "Sábado 28, de 6 de la mañana hasta el domingo a las 6 de la mañana",
    ),
    (
        "span",
        [at(11, 28, 6), at(11, 30, 0)],
        "Saturday the 28th, 6 AM to midnight as Monday begins",
        "Sábado 28, de 6 de la mañana hasta el lunes a las cero horas",
    ),
    # The clocks go back at 2 AM on November 1: the hour from 1 comes twice. Forward, on March 14, 2 AM is 3 AM.
    (
        "span",
        [datetime(2026, 11, 1, 4, 30, tzinfo=UTC), datetime(2026, 11, 1, 12, tzinfo=UTC)],
        "Sunday the 1st, 12 30 AM to 7 AM",
        "Domingo primero, de 12 y media de la madrugada a 7 de la mañana",
    ),
    (
        "span",
        [datetime(2027, 3, 14, 6, 30, tzinfo=UTC), datetime(2027, 3, 14, 7, 30, tzinfo=UTC)],
        "Sunday the 14th, 1 30 AM to 3 30 AM",
        "Domingo 14, de 1 y media de la madrugada a 3 y media de la madrugada",
    ),
    ("times", SIX_TO_TWO, "6 AM to 2 PM", "De 6 de la mañana a 2 de la tarde"),
    ("money", 6200, "62 dollars", "62 dólares"),
    ("money", 6250, "62 dollars and 50 cents", "62 dólares con 50 centavos"),
    ("money", 101, "1 dollar and 1 cent", "1 dólar con 1 centavo"),
    ("money", 50, "50 cents", "50 centavos"),
    ("money", 0, "0 dollars", "0 dólares"),
    ("money", -125000, "Minus 1250 dollars", "Menos 1250 dólares"),
    ("hours", 480, "8 hours", "8 horas"),
    ("hours", 450, "7 and a half hours", "7 horas y media"),
    ("hours", 440, "7 hours and 20 minutes", "7 horas y 20 minutos"),
    ("hours", 60, "1 hour", "1 hora"),
    ("hours", 20, "20 minutes", "20 minutos"),
    ("hours", 0, "0 hours", "0 horas"),
    ("hours", -90, "Minus 1 and a half hours", "Menos 1 hora y media"),
    ("about", 45, "45 minutes", "45 minutos"),
    ("about", 1195, "20 hours", "20 horas"),
    ("minutes", 1, "1 minute", "1 minuto"),
    ("ordinal", 2, "2nd", "Segundo"),
    ("ordinal", 13, "13th", "Número 13"),
    ("phone", "+19785550142", "9 7 8, 5 5 5, 0 1 4 2", "9 7 8, 5 5 5, 0 1 4 2"),
    ("code", "4821", "48 21", "48 21"),
    ("code", "0421", "0 4 21", "0 4 21"),
    ("code", "4805", "48 0 5", "48 0 5"),
    ("code", "48213", "4 8 2 1 3", "4 8 2 1 3"),
    ("code", "482", "4 8 2", "4 8 2"),
    ("code", "482130", "48 21 30", "48 21 30"),
    ("code", "17", "17", "17"),
    ("weekdays", [5, 6], "Saturday and Sunday", "Sábado y domingo"),
    ("weekdays", [0, 2, 4], "Monday, Wednesday and Friday", "Lunes, miércoles y viernes"),
    ("clock", 810, "1 30 PM", "1 y media de la tarde"),
    ("text", "Sgt. Diaz", "Sergeant Diaz", "Sargento Diaz"),
    ("text", 3, "3", "3"),
    (
        "clip 12",
        "Harbor Paving & Sons, Inc.",
        "Harbor Paving and Sons, Incorporated",
        "Harbor Paving y Sons, Incorporated",
    ),
]


@pytest.mark.parametrize(("form", "value", "english", "spanish"), TABLE)
def test_every_format_is_said_in_plain_words(form: str, value: Any, english: str, spanish: str):
    told = [said(language, f"{{it:{form}}}", it=value) for language in ("en", "es")]
    assert told == [english, spanish]
    assert all(map(is_speakable, told))


def test_the_table_has_every_format():
    assert set(SPOKEN) == {form.split()[0] for form, *_ in TABLE} | {"address"}


ADDRESSES = [
    ("Main St & 4th", "Main Street and 4th", "Main Street y Fourth"),
    ("N. Main St. & 4th Ave", "North Main Street and 4th Avenue", "North Main Street y Fourth Avenue"),
    ("Main St/Elm St", "Main Street and Elm Street", "Main Street y Elm Street"),
    ("St Mary's Church, 12 Oak Dr", "Saint Mary's Church, 12 Oak Drive", "Saint Mary's Church, 12 Oak Drive"),
    ("100 St James Ave", "100 Saint James Avenue", "100 Saint James Avenue"),
    ("Dr King Blvd", "Doctor King Boulevard", "Doctor King Boulevard"),
    ("1432 Main St", "14 32 Main Street", "14 32 Main Street"),
    ("2000 Main St", "2000 Main Street", "2000 Main Street"),
    (
        "I-95 NB @ Exit 12B",
        "Interstate 95 northbound at Exit 12B",
        "Interestatal 95 hacia el norte en Exit 12B",
    ),
    ("Rte. 128 & US-1", "Route 128 and U S 1", "Ruta 128 y U S 1"),
    ("Shop #214 (rear)", "Shop number 214 rear", "Shop número 214 rear"),
    (
        "Pier 4 \N{EN DASH} Gate \N{LEFT DOUBLE QUOTATION MARK}C\N{RIGHT DOUBLE QUOTATION MARK}",
        "Pier 4, Gate C",
        "Pier 4, Gate C",
    ),
]


@pytest.mark.parametrize(("written", "english", "spanish"), ADDRESSES)
def test_an_address_is_said_in_full(written: str, english: str, spanish: str):
    told = [said(language, "{place:address}", place=written) for language in ("en", "es")]
    assert told == [english, spanish]
    assert all(map(is_speakable, told))


def test_a_list_becomes_sentences():
    more = {"toy.item": "{code:code} on {starts_at:soon}: press {number}."}
    items = [{"code": "4821", "starts_at": at(11, 28, 6)}, {"code": "5170", "starts_at": at(11, 29, 16)}]
    assert said("en", "Which one?\n{held:numbered toy.item}", more, held=items) == (
        "Which one? 48 21 on Saturday 6 AM: press 1. 51 70 on Sunday 4 PM: press 2."
    )
    assert said("es", "{codes:or toy.code}", {"toy.code": "{item:code}"}, codes=["4821", "5170"]) == "48 21 o 51 70"
    assert said("en", "{names:and}", names=["Stop & Shop", "J. Chen"]) == "Stop and Shop and J Chen"


def test_what_cannot_be_said_names_prompt_and_value():
    with pytest.raises(RenderError, match=r"prompt toy\.it: \{it:money\}"):
        said("en", "{it:money}", it="much")


def test_no_composer_hides_a_format():
    assert not set(COMPOSERS) & set(SPOKEN)
