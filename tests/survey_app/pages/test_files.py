"""Bringing files in on screen: look first, store then; a bad file gets its sentence and takes no other with it."""

import pytest

from survey_app.actions.bringing_in import bring_in_file, recognise_file
from survey_app.actions.correcting import correct_turn
from survey_app.actions.demo import DEMO
from survey_app.actions.meetings import describe_meeting, gatherings
from survey_app.actions.storing import bring_in_files
from survey_app.actions.studies import create_study, need_study
from survey_app.store import sources
from tests.conftest import CORPORA
from tests.survey_app.pages.opening import open_page, press, problems, russian, sound, words

TALK = b"WEBVTT\r\n\r\n1\r\n00:00:01.000 --> 00:00:03.000\r\nAnna Orlova: We lack people.\r\n"
DEMO_FILES = [
    (name, (DEMO / "transcripts" / name).read_bytes(), "text/plain") for name in ("S-A_en.vtt", "S-A_en_chat.txt")
]
BAD = [
    ("empty.vtt", b" ", "text/vtt"),
    ("sign-in.vtt", b"<!DOCTYPE html><html><title>Sign in</title></html>", "text/vtt"),
    ("picture.vtt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "text/vtt"),
    ("long.vtt", b"WEBVTT\n\n" + b"x" * 20_000_000, "text/vtt"),
]


@pytest.fixture
def study(fresh_store):
    return create_study(fresh_store, "", title_en="Panel")


def drop(app, *files):
    app.file_uploader[0].set_value(list(files))
    return sound(app.run())


def stored(store, study):
    with store.reading() as connection:
        return [row["file_name"] for row in sources.sources(connection, study["id"])]


def work_on(app, key):
    box = next(one for one in app.selectbox if one.label == "Work on a source")
    box.set_value(next(one for one in box.options if one.startswith(f"{key} ·")))
    return sound(app.run())


def table(app, column):
    return next(one.value for one in app.dataframe if column in one.value.columns)


def test_an_empty_study_shows_the_uploader_and_its_limit_in_both_languages(study):
    assert "At most 20 MB a file." in words(open_page("files", "panel"))
    app = open_page("files", "panel", "ru")
    assert app.title[0].value == russian("Transcripts")
    assert "20" in words(app)


def test_files_are_recognised_before_anything_is_stored(fresh_store, study):
    app = drop(open_page("files", "panel"), *DEMO_FILES)
    seen = table(app, "shape")
    assert list(seen["shape"]) == ["Zoom audio transcript", "Zoom chat, cloud recording"]
    assert seen["speakers"][0] == 10
    assert seen["meeting"].nunique() == 1
    assert "Roman K" in words(app)
    assert stored(fresh_store, study) == []
    press(app, "Store 2 files")
    assert stored(fresh_store, study) == ["S-A_en.vtt", "S-A_en_chat.txt"]
    assert list(table(app, "Source")["Source"]) == ["S-1", "CH-1"]


def test_bad_files_get_one_sentence_each_and_the_others_are_stored(fresh_store, study):
    app = drop(open_page("files", "panel"), BAD[0], ("talk.vtt", TALK, "text/vtt"), *BAD[1:])
    said = problems(app)
    assert len(said) == len(BAD)
    for (name, _content, _kind), sentence in zip(BAD, said, strict=True):
        assert sentence.startswith(name)
    assert [
        next(part for part in ("is empty", "sign-in page", "not a text file", "too large") if part in sentence)
        for sentence in said
    ] == ["is empty", "sign-in page", "not a text file", "too large"]
    press(app, "Store 1 file")
    assert stored(fresh_store, study) == ["talk.vtt"]


def test_the_sentences_are_russian_in_russian(study):
    app = drop(open_page("files", "panel", "ru"), BAD[1])
    sentence = "{file} is a web page, probably a sign-in page, and not the transcript. Sign in and download it again."
    assert problems(app) == [russian(sentence, file="sign-in.vtt")]


def test_only_bad_files_leave_nothing_to_press(study):
    app = drop(open_page("files", "panel"), *BAD[:3])
    assert not [one.label for one in app.button if "Store" in one.label]


def test_the_same_file_is_offered_once(fresh_store, study):
    app = drop(open_page("files", "panel"), ("talk.vtt", TALK, "text/vtt"), ("copy.vtt", TALK, "text/vtt"))
    assert "It says the very same as talk.vtt" in words(app)
    press(app, "Store 1 file")
    app = drop(open_page("files", "panel"), ("again.vtt", TALK, "text/vtt"))
    assert "in the study already, as S-1" in words(app)
    assert stored(fresh_store, study) == ["talk.vtt"]


def test_private_messages_are_left_out_unless_kept(study):
    chat = (
        "10:01:02 From  Anna Orlova  to  Everyone : Hello\n"
        "10:01:05 From  Boris Utkin  to  Anna Orlova(Direct Message) : psst\n"
        "10:01:09 From  Boris Utkin  to  Everyone : Good day\n"
    )
    app = drop(open_page("files", "panel"), ("chat.txt", chat.encode(), "text/plain"))
    assert "1 private message was left out." in words(app)
    assert list(table(app, "turns")["turns"]) == [2]
    sound(app.checkbox[0].check().run())
    assert "left out" not in words(app)
    assert list(table(app, "turns")["turns"]) == [3]


@pytest.mark.usefixtures("data_folder")
@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_demos_sources_are_listed(language):
    app = open_page("files", f"demo-{language}", language)
    listed = table(app, "Source" if language == "en" else russian("Source"))
    assert list(listed.iloc[:, 0])[:3] == ["S-A", "S-A-chat", "S-B"]


@pytest.mark.usefixtures("data_folder")
def test_a_coded_source_is_not_taken_out():
    app = press(work_on(open_page("files", "demo-en"), "S-A"), "Take S-A out")
    assert problems(app) == ["This source has codings and stays. Remove the codings first if it shall really go."]


def test_a_source_is_taken_out(fresh_store, study):
    bring_in_file(fresh_store, "", study, recognise_file(fresh_store, study["id"], "talk.vtt", TALK))
    press(work_on(open_page("files", "panel"), "S-1"), "Take S-1 out")
    assert stored(fresh_store, study) == []


@pytest.mark.usefixtures("empty_folder")
def test_without_a_study_the_page_leads_to_the_list():
    assert "No study is open" in words(open_page("files"))


def test_revisions_are_listed_compared_and_brought_back(store):
    study = need_study(store, "demo-en")
    with store.reading() as connection:
        source = sources.sources(connection, study["id"], "session")[0]
        before = sources.source(connection, source["id"])["text"]
    words_now = before.split("\n")[0].replace("Recording is on", "The recording is running")
    correct_turn(store, "A", study["id"], source["id"], 0, words_now, seen=0)
    app = work_on(open_page("files", "demo-en"), "S-A")
    assert "a turn was corrected" in words(app)
    sound(next(one for one in app.toggle if "differs" in one.label).set_value(True).run())
    assert ":gray[~~Recording is on,~~] :blue-background[**The recording is running,**]" in words(app).replace("\\", "")
    press(app, "Bring this text back")
    with store.reading() as connection:
        assert sources.source(connection, source["id"])["text"] == before


def test_a_corrected_file_is_offered_as_a_new_revision(fresh_store, study):
    text = (DEMO / "transcripts" / "S-A_en.vtt").read_text("utf-8")
    press(drop(open_page("files", "panel"), ("talk.vtt", text.encode(), "text/vtt")), "Store 1 file")
    app = drop(
        open_page("files", "panel"), ("talk_corrected.vtt", text.replace(" we ", " they ", 9).encode(), "text/vtt")
    )
    assert "the same talk as S-1, with 9 words different" in words(app).replace("\\", "")
    assert list(table(app, "act")["act"]) == ["new revision"]
    app = press(app, "Store 1 file")
    assert "S-1 has its text in revision 1" in words(app).replace("\\", "")
    assert stored(fresh_store, study) == ["talk_corrected.vtt"]


def test_where_the_encoding_was_guessed_three_lines_are_shown_and_another_can_be_chosen(study):
    talk = "Анна: У нас нет людей, и никто их не учит.\nБорис: И денег нет.\nАнна: Вот так мы и живём.\n".encode(
        "cp1251"
    )
    app = drop(open_page("files", "panel"), ("talk.txt", talk, "text/plain"))
    assert "does this read well?" in words(app)
    box = next(one for one in app.selectbox if one.label == "Encoding")
    box.set_value(next(one for one in box.options if one == "KOI8-R"))
    sound(app.run())
    assert "У нас нет людей" not in words(app)


def chosen(app, label):
    return next(one for one in app.selectbox if one.label == label)


def test_a_language_chosen_for_a_file_stays_while_others_are_looked_at(study):
    talks = [
        b"Anna: We lack people.\nBoris: And money.\nAnna: So it is.\n",
        b"Carl: Paper.\nDora: Yes.\nCarl: Paper.\n",
    ]
    files = [(f"{name}.txt", talk, "text/plain") for name, talk in zip("AB", talks, strict=True)]
    app = drop(open_page("files", "panel"), *files)
    chosen(app, "Language of what is said").set_value("Русский")
    sound(app.run())
    chosen(app, "File").set_value("B.txt")
    sound(sound(app.run()).run())
    assert list(table(app, "language")["language"]) == ["Русский", "English"]


def test_an_encoding_that_makes_a_file_unreadable_can_be_chosen_again(study):
    talk = "Анна: У нас нет людей, и никто их не учит.\nБорис: И денег нет.\nАнна: Вот так мы и живём.\n"
    app = drop(open_page("files", "panel"), ("talk.txt", talk.encode("cp1251"), "text/plain"))
    chosen(app, "Encoding").set_value("UTF-16")
    assert problems(sound(app.run()))
    assert chosen(app, "Encoding").options[0] == "as guessed: Windows-1251"
    chosen(app, "Encoding").set_value("as guessed: Windows-1251")
    assert "У нас нет людей" in words(sound(app.run()))


@pytest.mark.skipif(not CORPORA.exists(), reason="the real files are not here")
def test_interviews_out_of_one_file_share_the_language_that_is_chosen(study):
    file = CORPORA / "transcripts" / "ru_interview_protocol_booking.docx"
    app = drop(open_page("files", "panel"), (file.name, file.read_bytes(), "application/octet-stream"))
    count = len(table(app, "language"))
    assert count > 1
    chosen(app, "File").set_value(chosen(app, "File").options[-1])
    sound(app.run())
    chosen(app, "Language of what is said").set_value("English")
    assert list(table(sound(app.run()), "language")["language"]) == ["English"] * count


def test_what_is_proposed_follows_the_study(fresh_store, study):
    app = drop(open_page("files", "panel"), DEMO_FILES[1])
    assert list(table(app, "meeting")["meeting"]) == ["New meeting 1"]
    talk = recognise_file(fresh_store, study["id"], *DEMO_FILES[0][:2])
    bring_in_files(fresh_store, "", study, [talk])
    meeting = gatherings(fresh_store, study["id"])[0].meeting
    describe_meeting(fresh_store, "", study["id"], meeting["id"], title="Panel A", date="2022-10-11")
    assert list(table(sound(app.run()), "meeting")["meeting"]) == ["Panel A · 2022-10-11"]


def test_a_file_says_when_its_talk_begins_and_ends(study):
    app = drop(open_page("files", "panel"), ("talk.vtt", TALK, "text/vtt"))
    assert list(table(app, "time")["time"]) == ["0:01–0:03"]


def test_a_corrected_file_for_a_source_says_how_many_words_differ(fresh_store, study):
    bring_in_file(fresh_store, "", study, recognise_file(fresh_store, study["id"], "talk.vtt", TALK))
    app = work_on(open_page("files", "panel"), "S-1")
    app.file_uploader[1].set_value([("talk2.vtt", TALK.replace(b"people", b"money"), "text/vtt")])
    assert "1 word differs" in words(sound(app.run()))
