"""The TwiML checker, as every test uses it that gets a document: `assert not check_twiml(answer.text)`."""

from bot.pocket_phone.grammar.checker import check_twiml

__all__ = ["check_twiml"]
