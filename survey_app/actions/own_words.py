"""The researcher's own words that readers would see, and names of the roster in them."""

from collections.abc import Iterable, Iterator, Sequence

from coding.frames import Frames
from survey_app.actions.publishing_plan import Plan
from survey_app.actions.released_topics import labels_of_topics
from survey_app.actions.results import frames_of
from survey_app.actions.rights import needs
from survey_app.actions.study_card import study_card
from survey_app.language import LANGUAGES, _
from survey_app.publishing.own_words import OwnText, OwnWords, addresses_of, judge_words, of_key
from survey_app.publishing.study_card import Card
from survey_app.store import experts as expert_rows
from survey_app.store import instruments
from survey_app.store.log import Row, Store
from survey_app.store.team import Role
from transcripts.known_names import name_words
from transcripts.names import name_key


@needs(Role.RESEARCHER)
def own_words_of(
    store: Store, study: Row, plan: Plan, *, with_topics: bool = False, slug: str = "",
    more: Iterable[OwnText] = (),
) -> OwnWords:  # fmt: skip
    """Names in what a release would show of the researcher's own words, its name in the address among it, and in
    `more`."""
    frames = frames_of(store, study["id"])
    texts = [OwnText(_("the title of the study"), study[f"title_{language}"]) for language in LANGUAGES]
    texts += [OwnText(_("the study card"), text) for text in study_card(store, study["id"]).texts()]
    texts += [*_of_groupings(plan), *_of_groups(frames), *_of_codes(frames), *_of_items(frames)]
    texts += _of_questionnaires(store, study)
    if with_topics:
        texts += [OwnText(_("the names and words of topics"), text) for text in labels_of_topics(store, study)]
    texts.append(OwnText(_("the name in the address"), slug or study["slug"]))
    return judge_own(store, study, [*texts, *more])


@needs(Role.RESEARCHER)
def judge_own(store: Store, study: Row, texts: Iterable[OwnText]) -> OwnWords:
    """Names of the roster in these texts. An author who has signed the study may be named, an expert never."""
    card = study_card(store, study["id"])
    with store.reading() as connection:
        roster = expert_rows.experts(connection, study["id"])
        names = expert_rows.names(connection, study["id"])
    theirs = {name for row in roster for name in (row["name"], *row["other_names"])}
    known = [name for name in names if name in theirs or not _is_author(name, card)]
    return judge_words((each for each in texts if each.text), known, addresses_told(roster))


def _of_groupings(plan: Plan) -> Iterator[OwnText]:
    for each in plan.segmentations:
        yield of_key(_("the key of the grouping “{key}” (make it anew)", key=each.key), each.key)
        for text in (each.label_en, each.label_ru):
            yield OwnText(_("the name of the grouping “{key}”", key=each.key), text)
        for segment in each.segments:
            yield of_key(
                _("the key of the segment “{key}” (make it anew under another name)", key=segment.key), segment.key
            )
            for text in (segment.label_en, segment.label_ru):
                yield OwnText(_("the name of the segment “{key}”", key=segment.key), text)


def _of_groups(frames: Frames) -> Iterator[OwnText]:
    for row in frames.groups.to_dict("records"):
        for text in (row["label_en"], row["label_ru"], row["short_en"], row["short_ru"]):
            yield OwnText(_("the names of the group “{key}”", key=row["group_id"]), text)


def _of_codes(frames: Frames) -> Iterator[OwnText]:
    for row in frames.codes.to_dict("records"):
        key = row["code_id"]
        yield of_key(_("the key of the code “{key}” (merge it into a new code)", key=key), key)
        for text in (row["label_en"], row["label_ru"]):
            yield OwnText(_("the label of the code “{key}”", key=key), text)


def _of_items(frames: Frames) -> Iterator[OwnText]:
    for row in frames.items.to_dict("records"):
        key = row["item_id"]
        yield of_key(_("the key of the questionnaire's item “{key}”", key=key), key)
        for text in (row["label_en"], row["label_ru"], row["section"]):
            yield OwnText(_("the words of the questionnaire's item “{key}”", key=key), text)
        for text in (text for point in row["scale"] for text in point.values() if isinstance(text, str)):
            yield OwnText(_("the answers of the questionnaire's item “{key}”", key=key), text)


def _of_questionnaires(store: Store, study: Row) -> Iterator[OwnText]:
    with store.reading() as connection:
        listed = instruments.instruments(connection, study["id"])
    for row in listed:
        yield of_key(_("the key of the questionnaire “{key}”", key=row["key"]), row["key"])
        for text in (row["title_en"], row["title_ru"]):
            yield OwnText(_("the title of the questionnaire “{key}”", key=row["key"]), text)


def _is_author(name: str, card: Card) -> bool:
    """Whether a name is of words by which an author of the study signs."""
    words = {name_key(word) for word in name_words(name)}
    signed = [
        {name_key(word) for part in pair for word in name_words(part)}
        for each in card.authors
        for pair in ((each.family_en, each.given_en), (each.family_ru, each.given_ru))
    ]
    return bool(words) and any(words <= each for each in signed)


def addresses_told(roster: Sequence[Row]) -> list[str]:
    """E-mail addresses, accounts and telephones that a roster knows besides names."""
    return addresses_of(str(text) for row in roster for text in row["attributes"].values())
