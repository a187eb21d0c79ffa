"""Terms that may name topics: those in enough texts and of enough people."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence


def vocabulary(
    documents: Sequence[Iterable[str]],
    fewest_texts: int = 2,
    experts: Sequence[str | Collection[str]] = (),
    fewest_experts: int = 1,
) -> list[str]:
    """Terms in at least `fewest_texts` documents and said by at least `fewest_experts` people, sorted.

    `experts`: who said each document, one name or several; "" is nobody. What nobody can meet is not asked: with
    fewer experts known than `fewest_experts`, as many as there are. Where no term is left the experts are not asked,
    and then not the documents either.
    """
    said_by = [
        {name for name in ((said,) if isinstance(said, str) else said) if name}
        for said in experts or [()] * len(documents)
    ]
    needed = min(fewest_experts, len(set().union(*said_by)))
    texts: Counter[str] = Counter()
    people: defaultdict[str, set[str]] = defaultdict(set)
    for document, names in zip(documents, said_by, strict=True):
        for each in set(document):
            texts[each] += 1
            people[each] |= names
    common = sorted(each for each, count in texts.items() if count >= fewest_texts)
    return [each for each in common if len(people[each]) >= needed] or common or sorted(texts)
