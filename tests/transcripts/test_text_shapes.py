"""What people and services write. Every text here is synthetic, made for these tests in the shape that it names."""

import json

import pytest

from transcripts.reading import read_file, split_parts

SHAPES = {
    "otter_txt": ("talk.txt", "Anna  0:00  \nWe begin.\n\nBoris  0:09  \nYes, gladly.\n\nAnna  1:02:03  \nThank you.\n\nTranscribed by https://otter.ai\n"),
    "otter_txt bold": ("talk.md", "**Anna**  0:00  \nWe begin.\n\n**Boris** [0:09] Yes, gladly.\n\n**Anna**  1:02:03  \nThank you.\n"),
    "speaker_colon_time_txt": ("talk.md", "---\ndate: 2024-05-06\n---\nAnna: 00:00:00\n\nWe begin.\n\nBoris: 00:00:09\n\nYes, gladly.\n\nAnna: 01:02:03\n\nThank you.\n"),
    "speaker_colon_time_txt brackets": ("talk.txt", "Anna (00:00:00): We begin.\nBoris (00:00:09): Yes, gladly.\nAnna (01:02:03): Thank you.\n"),
    "time_speaker_txt": ("talk.txt", "[00:00:00] Anna: We begin.\n[00:00:09] Boris: Yes, gladly.\n[01:02:03] Anna: Thank you.\n"),
    "time_speaker_txt braces": ("talk.txt", "{00:00:00} Anna: We begin.\n{00:00:09} Boris: Yes, gladly.\n{01:02:03} Anna: Thank you.\n"),
    "tab_time_speaker_txt": ("talk.txt", "00:00:00\tAnna\tWe begin.\n00:00:09\tBoris\tYes, gladly.\n01:02:03\tAnna\tThank you.\n"),
    "ru_time_speaker_md": ("talk.md", "# Session\n\n**00:00:00 Anna:** We begin.\n\n**00:00:09 Boris:** Yes, gladly.\n\n**01:02:03 Anna:** Thank you.\n\n## Notes\n\nNot said.\n"),
    "bold_speaker_md": ("talk.md", "**Anna:** We begin.\n\n**Boris:** Yes, gladly.\n\n**Break:**\n\n**Anna:** Thank you.\n"),
    "google_meet_txt": ("talk.txt", "Attendees\nAnna, Boris, Anna's Presentation\n\nTranscript\nThis editable transcript was computer generated and might contain errors.\n\nAnna: We begin.\nBoris: Yes, gladly.\nAnna: Thank you.\n\nTranscription ended after 00:49:58\n"),
    "bracket_speaker_txt": ("talk.txt", "[Anna] We begin.\n\n[Boris] Yes, gladly.\n\n[Anna] Thank you.\n"),
    "f4_txt": ("talk.txt", "Anna: We begin. #00:00:09-5#\n\nBoris: Yes, gladly. #00:00:12-1#\n\nAnna: Thank you. #00:00:15-0#\n"),
    "dash_lines_txt": ("talk.txt", "Anna\n―\nWe begin.\n\nBoris\n―\nYes, gladly.\n\nAnna\n―\nThank you.\n"),
    "turns_csv": ("talk.csv", "speaker,start,end,text\nAnna,0,4,We begin.\nBoris,9,11,\"Yes, gladly.\"\nAnna,3723,3725,Thank you.\n"),
    "turns_csv semicolons": ("talk.csv", "Начало;Спикер;Текст\n00:00:00;Anna;We begin.\n00:00:09;Boris;Yes, gladly.\n01:02:03;Anna;Thank you.\n"),
    "initials_table_md": ("talk.md", "# Minutes, 6 May 2024\n\n| Name | Initials | Organisation |\n|---|---|---|\n| Anna Akimova | AA | Ministry |\n| Boris Belov | BB | City |\n\nAA: We begin.\n\nBB: Yes, gladly.\n\nAA: Thank you.\n"),
    "speaker_colon_txt": ("talk.txt", "Interview of 4 May 2023\nAnna: We begin.\nBoris:  Yes, gladly.\nAnna: Thank you.\n"),
    "speaker_heading_md": ("talk.md", "### Anna:\n\nWe begin.\n\n### Boris:\n\nYes, gladly.\n\n### Anna:\n\nThank you.\n"),
    "whisper_json": ("talk.json", json.dumps({"segments": [{"start": 0, "end": 4, "text": " We begin.", "speaker": "Anna"}, {"start": 9, "end": 11, "text": "Yes, gladly.", "speaker": "Boris"}, {"start": 3723, "end": 3725, "text": "Thank you.", "speaker": "Anna"}]})),
    "zoom_timeline_json": ("talk.json", json.dumps({"type": "zoom_transcript", "ver": 1, "timeline": [{"ts": "00:00:00.000", "end_ts": "00:00:04.000", "text": "We begin.", "username": "Anna", "email_address": "anna@example.org"}, {"ts": "00:00:09.000", "text": "Yes, gladly.", "username": "Boris"}, {"ts": "01:02:03.000", "text": "Thank you.", "username": "Anna"}]})),
    "otranscribe_otr": ("talk.otr", json.dumps({"text": '<p><span class="timestamp" data-timestamp="0">00:00</span>Anna: We begin.</p><p><span class="timestamp" data-timestamp="9.2">00:09</span>Boris: Yes, gladly.</p><p>Anna: Thank you.<br /></p>', "media": "talk.mp3", "media-time": 12})),
}  # fmt: skip
SAID = [("Anna", "We begin."), ("Boris", "Yes, gladly."), ("Anna", "Thank you.")]
NAMES = {"initials_table_md": {"Anna": "AA", "Boris": "BB"}}


@pytest.mark.parametrize("key", SHAPES)
def test_every_shape_says_the_same_thing(key):
    name, text = SHAPES[key]
    found = read_file(name, text.encode())
    names = NAMES.get(key, {})
    assert found.shape == key.split()[0]
    assert [(unit.speaker, unit.text) for unit in found.units] == [(names.get(who, who), what) for who, what in SAID]


@pytest.mark.parametrize(
    "key",
    [
        key
        for key in SHAPES
        if key.split()[0]
        in {
            "otter_txt",
            "speaker_colon_time_txt",
            "time_speaker_txt",
            "tab_time_speaker_txt",
            "ru_time_speaker_md",
            "whisper_json",
            "zoom_timeline_json",
        }
        or key.startswith("turns_csv")
    ],
)
def test_times_are_seconds_since_the_beginning(key):
    name, text = SHAPES[key]
    found = read_file(name, text.encode())
    assert (found.clock, [unit.start_s for unit in found.units]) == ("offset", [0, 9, 3723])


@pytest.mark.parametrize("key", [key for key in SHAPES if "json" not in key and "otr" not in key])
def test_russian_names_and_words_are_read_alike(key):
    name, text = SHAPES[key]
    for english, russian in {
        "Anna": "Анна",
        "Boris": "Борис",
        "We begin": "Начинаем",
        "Yes, gladly": "Да, с удовольствием",
        "Thank you": "Спасибо",
        "AA": "АА",
        "BB": "ББ",
        "Akimova": "Акимова",
        "Belov": "Белов",
    }.items():
        text = text.replace(english, russian)
    found = read_file(name, text.encode())
    assert found.shape == key.split()[0]
    assert len(found.units) == 3
    assert found.language == "ru"
    assert found.units[2].text == "Спасибо."


def test_times_of_f4_are_the_ends_of_what_was_said():
    found = read_file(*[part if n == 0 else part.encode() for n, part in enumerate(SHAPES["f4_txt"])])
    assert [(unit.start_s, unit.end_s) for unit in found.units] == [(0, 9.5), (9.5, 12.1), (12.1, 15)]


def test_those_present_keep_their_organisation_and_no_presentation_is_a_person():
    table = read_file("m.md", SHAPES["initials_table_md"][1].encode())
    assert [(who.name, who.other_name, who.organisation) for who in table.attendees] == [
        ("Anna Akimova", "AA", "Ministry"),
        ("Boris Belov", "BB", "City"),
    ]
    assert table.date == "2024-05-06"
    meet = read_file("m.txt", SHAPES["google_meet_txt"][1].encode())
    assert [who.name for who in meet.attendees] == ["Anna", "Boris"]


def test_a_citation_and_a_note_are_no_speakers():
    text = "Anna: We begin with a book.\nKiger, M. & Varpio, L. (2020): thematic analysis.\nBoris: Yes.\nNote: the door opens.\nAnna: So.\nBoris: Well.\n"
    assert read_file("talk.txt", text.encode()).speakers == ("Anna", "Boris")


def test_a_file_with_two_interviews_can_be_cut_in_two():
    text = "Интервью 1\nАнна: Начнём.\nБорис: Да.\nАнна: Спасибо.\nИнтервью 2\nАнна: Начнём снова.\nВера: Конечно.\nАнна: До свидания.\n"
    found = read_file("talk.txt", text.encode())
    assert found.parts == (3,)
    first, second = split_parts(found)
    assert (first.speakers, second.speakers) == (("Анна", "Борис"), ("Анна", "Вера"))
    assert any("2 conversations" in str(warning) for warning in found.warnings)


def test_marks_of_noise_and_a_stumbling_machine_are_told_and_kept():
    text = "Anna: We [inaudible] begin.\nBoris: " + "so it goes " * 6 + "\nAnna: НРЗБ\nBoris: Fine.\n"
    found = read_file("talk.txt", text.encode())
    told = [str(warning) for warning in found.warnings]
    assert any(line.startswith("2 places are marked as noise") for line in told)
    assert any(line.startswith("In 1 place the same words") for line in told)
    assert found.units[1].text.count("so it goes") == 6


def test_the_e_mail_addresses_of_a_timeline_are_not_kept():
    name, text = SHAPES["zoom_timeline_json"]
    assert "example.org" not in repr(read_file(name, text.encode()))


def test_a_list_of_those_present_has_people_and_no_words():
    text = (
        "\ufeffMeeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants,\n"
        "1,Panel,05/06/2024 09:00:00 AM,05/06/2024 10:30:00 AM,host@example.org,90,2,\n\n"
        "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest,Recording Consent,In Waiting Room\n"
        "Anna Akimova (Aki),anna@example.org,05/06/2024 09:00:00 AM,05/06/2024 10:30:00 AM,90,No,Y,No\n"
        "iPhone,,05/06/2024 09:05:00 AM,05/06/2024 10:00:00 AM,55,Yes,,No\n"
    )
    found = read_file("participants_1.csv", text.encode())
    assert (found.kind, found.date, len(found.units), found.turns) == ("participants", "2024-05-06", 2, ())
    assert [(who.name, who.other_name, who.minutes, who.recording_consent) for who in found.attendees] == [
        ("Anna Akimova", "Aki", 90, "Y"),
        ("iPhone", "", 55, ""),
    ]
    assert "example.org" not in repr(found)
