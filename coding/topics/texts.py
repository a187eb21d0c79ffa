"""Statements as the model takes them: what says the same is one text, what is of one language one portion."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from coding.topics import embeddings
from coding.topics.result import StatementText
from coding.topics.terms import Reading, Wording, read


@dataclass(frozen=True, slots=True)
class Text:
    """Statements that say the same: one text, its terms as read, everyone who said it."""

    text: str
    reading: Reading
    statements: tuple[StatementText, ...]

    @property
    def terms(self) -> tuple[str, ...]:
        """Terms that may name a topic, in order."""
        return self.reading.terms

    @property
    def experts(self) -> frozenset[str]:
        """Who said it, as far as that is known."""
        return frozenset(each.expert for each in self.statements if each.expert)


def different_texts(statements: Sequence[StatementText], words: Wording) -> list[Text]:
    """Statements with the same terms are one text; those without any are none."""
    same: dict[tuple[str, ...], list[tuple[StatementText, Reading]]] = {}
    for each, reading in zip(statements, read([each.text for each in statements], words), strict=True):
        if reading.terms:
            same.setdefault(reading.terms, []).append((each, reading))
    return [
        Text(members[0][0].text, members[0][1], tuple(each for each, _reading in members)) for members in same.values()
    ]


def portions(choice: embeddings.BackendChoice, texts: Sequence[Text]) -> dict[str, list[Text]]:
    """Texts by the model that can read them; the largest portion first."""
    by_language = Counter(embeddings.language_of(each.text) for each in texts)
    if choice.name == embeddings.PER_LANGUAGE:
        languages = [language for language, _count in by_language.most_common()]
    elif choice.name in {embeddings.ENGLISH, embeddings.RUSSIAN} and choice.language != "any":
        languages = [choice.language]
    else:
        return {choice.name: list(texts)}
    return {
        embeddings.for_language(language).name: [
            each for each in texts if embeddings.language_of(each.text) == language
        ]
        for language in languages
    }
