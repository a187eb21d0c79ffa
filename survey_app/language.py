"""Which language the screen speaks, and every word of ours in it. Knows neither Streamlit nor the store.

`_("text")` and `ngettext("{count} expert", "{count} experts", n)` mark words for the catalogues in
`survey_app/locale/` and translate them at once; `translate(message)` translates a `transcripts.messages.Message`.
"""

import gettext
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import TypeVar

from transcripts.messages import Message

LANGUAGES = {"en": "English", "ru": "Русский"}
LOCALE = Path(__file__).parent / "locale"

Made = TypeVar("Made")

_chosen: ContextVar[str | None] = ContextVar("rakurs_language", default=None)
_ask_session: Callable[[], str | None] = lambda: None  # noqa: E731


def ask_session(source: Callable[[], str | None]) -> None:
    """Let the application say where a person's choice is kept; called where no `use` is in force."""
    global _ask_session
    _ask_session = source


def language_name(language: str) -> str:
    """A language's name in itself."""
    return LANGUAGES.get(language, language)


@contextmanager
def use(language: str) -> Iterator[None]:
    """Speak `language` inside the block, whatever the session says (releases, command line, tests)."""
    token = _chosen.set(language)
    try:
        yield
    finally:
        _chosen.reset(token)


def in_each_language(make: Callable[[], Made]) -> dict[str, Made]:
    """What is made in each language, by it: for words that are put together now and told to somebody else later."""
    found = {}
    for language in LANGUAGES:
        with use(language):
            found[language] = make()
    return found


def current() -> str:
    """The language in force: "en" or "ru"."""
    language = _chosen.get() or _ask_session()
    return language if language in LANGUAGES else "en"


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    """The compiled catalogue; English needs none, its words are the keys."""
    return gettext.translation("rakurs", LOCALE, [language], fallback=True)


def _(text: str, **values: object) -> str:
    """Translate, then fill the braces."""
    translated = catalogue(current()).gettext(text)
    return translated.format(**values) if values else translated


def ngettext(singular: str, plural: str, count: int, **values: object) -> str:
    """Translate a sentence that counts; `{count}` and the other braces are filled."""
    return catalogue(current()).ngettext(singular, plural, count).format(count=count, **values)


def translate(message: Message) -> str:
    """A message made by `sentence` or `counted`, in the language in force; its fractions with two decimals."""
    values = {name: two_decimals(each) if isinstance(each, float) else each for name, each in message.values.items()}
    if message.plural and message.count is not None:
        return ngettext(message.template, message.plural, message.count, **values)
    return catalogue(current()).gettext(message.template).format(count=message.count, **values)


def two_decimals(value: float) -> str:
    """A fraction with two decimals behind the sign of the language in force."""
    written = f"{value:.2f}"
    return written.replace(".", ",") if current() == "ru" else written


def label(row: object, name: str = "label") -> str:
    """The text of a bilingual pair (`label_en`, `label_ru`) of a mapping or row; the other language if empty."""
    get = row.get if hasattr(row, "get") else lambda key, default="": getattr(row, key, default)
    here, other = ("ru", "en") if current() == "ru" else ("en", "ru")
    return str(get(f"{name}_{here}", "") or get(f"{name}_{other}", "") or "")
