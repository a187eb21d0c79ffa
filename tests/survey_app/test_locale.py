"""The catalogues are what the code says, complete, and fill the same braces in both languages."""

import json
import re
import string
from dataclasses import asdict

import pytest
from babel.messages.pofile import read_po

from coding.topics.notices import notices
from coding.topics.result import Quality
from survey_app import language
from survey_app.locale.catalogues import as_mo, as_po, marked_in, po_file, untranslated, updated
from transcripts.messages import Message, counted, sentence


@pytest.fixture(scope="module")
def russian():
    with po_file("ru").open("rb") as file:
        return read_po(file, locale="ru", domain="rakurs")


def braces(text: str) -> set[str]:
    return {name for _literal, name, _form, _conversion in string.Formatter().parse(text) if name}


def test_the_committed_catalogue_is_what_the_code_says():
    fresh = updated("ru")
    assert as_po(fresh) == po_file("ru").read_bytes(), "run: make locale"


def test_the_compiled_catalogue_is_made_of_the_committed_one(russian):
    assert as_mo(russian) == po_file("ru").with_suffix(".mo").read_bytes(), "run: make locale"


def test_a_word_marked_inside_an_f_string_is_found():
    assert list(marked_in('f\'**{_("Saved.")}** {ngettext("day", "days", n)}\'')) == ["Saved.", ("day", "days")]


def test_every_word_is_translated():
    assert untranslated(updated("ru")) == []


def test_a_translation_fills_the_braces_of_its_original(russian):
    for message in russian:
        if not message.id:
            continue
        originals = [message.id] if isinstance(message.id, str) else list(message.id)
        forms = [message.string] if isinstance(message.string, str) else list(message.string)
        known = set().union(*(braces(text) for text in originals))
        for form in forms:
            assert braces(form) <= known, message.id
            assert known - braces(form) <= {"count"}, message.id


def test_translations_are_russian(russian):
    """A word left in English is a word forgotten; names of formats, places and keys are none."""
    names = re.compile(
        r"[\W\d_]+|\{\w+\}|Rakurs|Zoom|SYNTHETIC|NPMI|CSV|XLSX|YAML|UTF-8|RAKURS_DATA|DATABASE_URL|h?ttps?"
        r"|Ctrl|Shift|Delete|Home|End|Esc|Z\b"
    )
    for message in russian:
        if not message.id:
            continue
        forms = [message.string] if isinstance(message.string, str) else list(message.string)
        for form in forms:
            left = names.sub("", re.sub(r"\{\w+\}", "", form))
            assert not left or re.search("[а-яё]", form.lower()), (message.id, form)


def test_a_page_is_called_as_the_menu_calls_it(russian):
    """Else a sentence sends people to a page that is not there."""
    wrong = []
    for message in russian:
        for form, said in zip(
            [message.id] if isinstance(message.id, str) else [message.id[0]],
            [message.string] if isinstance(message.string, str) else [message.string[0]],
            strict=True,
        ):
            for page in re.findall("page “(.+?)”", form):
                with language.use("ru"):
                    if f"«{language._(page)}»" not in said:
                        wrong.append((form, page))
    assert wrong == []


def test_russian_counts_by_the_rules_of_its_plurals():
    said = counted("{count} expert", "{count} experts", 0)
    with language.use("ru"):
        forms = [language.ngettext("{count} expert", "{count} experts", count) for count in (1, 2, 5, 11, 21, 22)]
        assert forms == ["1 эксперт", "2 эксперта", "5 экспертов", "11 экспертов", "21 эксперт", "22 эксперта"]
        assert language.translate(said) == "0 экспертов"


def test_a_message_is_said_in_the_language_in_force():
    message = sentence("{file} is empty. Save it again with its rows.", file="a.csv")
    with language.use("en"):
        assert language.translate(message) == "a.csv is empty. Save it again with its rows."
    with language.use("ru"):
        assert "a.csv" in language.translate(message)
        assert language.translate(message) != str(message)


def test_a_fraction_has_two_decimals_behind_the_sign_of_the_language():
    said = notices(
        [sentence("why")], Quality(npmi=0.1, diversity=1.0, outliers=0.0, stability=0.514, without_experts=0.5),
        wished=3, found=3, codes=0, left_out=0, fewest=100, modelled=100, texts=100,
    )[1:]  # fmt: skip
    stored = [Message(**each) for each in json.loads(json.dumps([asdict(each) for each in said]))]
    assert [re.findall(r"0\S\d+", str(each)) for each in stored] == [["0.51"], ["0.50"]]
    with language.use("en"):
        assert [re.findall(r"0\S\d+", language.translate(each)) for each in stored] == [["0.51"], ["0.50"]]
    with language.use("ru"):
        assert [re.findall(r"0\S\d+", language.translate(each)) for each in stored] == [["0,51"], ["0,50"]]


def test_a_label_falls_back_to_the_other_language():
    with language.use("ru"):
        assert language.label({"label_en": "skills", "label_ru": ""}) == "skills"
        assert language.label({"label_en": "skills", "label_ru": "кадры"}) == "кадры"
