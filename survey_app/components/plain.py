"""Text from files and people on the screen: shown as it is, never read as markup."""

import re

_MARKUP = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$:&])")


def plain(text: object) -> str:
    """Escape `text` for places that read Markdown; line breaks become spaces."""
    return _MARKUP.sub(r"\\\1", " ".join(str(text).split()))
