"""Words that two tabs write at the same place: neither loses what the other has written."""


def merged(stored: str, seen: str, words: str) -> str:
    """What is to be stored when `words` were typed over `seen`, and `stored` is there by now."""
    if words.strip() == seen.strip():
        return stored
    if stored.strip() in {"", seen.strip(), words.strip()}:
        return words
    return f"{stored.rstrip()}\n\n{words.lstrip()}"
