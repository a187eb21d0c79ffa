"""Text from files and people on the screen: shown as it is, never read as markup."""

import re

_MARKUP = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$:&])")

_LINK = re.compile(r"(?<=:)(?=//)|(?<=www)(?=\.)|(?<=@)(?=[\w-])", re.IGNORECASE)
"""Where an address is broken, so that none of them becomes a link."""
WORD_JOINER = "\u2060"
"""Has no width and lets no line break."""


def plain(text: object) -> str:
    """Escape `text` for places that read Markdown, addresses of pages and of mail too; line breaks become spaces."""
    return _MARKUP.sub(r"\\\1", _LINK.sub(WORD_JOINER, " ".join(str(text).split())))
