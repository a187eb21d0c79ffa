"""Files of one meeting and the same talk twice: the demo, and calls made up in the way of a weekly series (synthetic)."""

import json
import random
import re
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transcripts.meetings import ENOUGH, Trace, group, same_meeting, same_talk, trace
from transcripts.reading import read_file

DEMO = Path(__file__).parent.parent.parent / "survey_app" / "starter" / "demo" / "transcripts"
PEOPLE = ("Anna Orlova", "Boris Utkin", "Vera Dal", "Gleb Minin")
WORDS = ["".join(random.Random(number).choices("abcdefghijklmnop", k=6)) for number in range(1500)]


def demo(name):
    file = DEMO / name
    return read_file(file.name, file.read_bytes())


def call(seed, name="transcript.vtt", people=PEOPLE):
    """A cloud transcript of 120 cues by these people; another seed is another talk."""
    luck = random.Random(seed)
    cues = [
        f"{n}\n00:{n // 2:02d}:{n % 2 * 30:02d}.000 --> 00:{n // 2:02d}:{n % 2 * 30 + 20:02d}.000\n"
        f"{luck.choice(people)}: {' '.join(luck.choices(WORDS, k=12)).capitalize()}."
        for n in range(120)
    ]
    return trace(read_file(name, ("WEBVTT\n\n" + "\n\n".join(cues)).encode()))


def chat(name="chat.txt", people=PEOPLE, day="", hour="00", minutes=55):
    """A chat of a message every five minutes; with a day, one that was saved on the spot."""
    times = [(f"{hour}:{minute:02d}:09", people[minute % len(people)]) for minute in range(1, minutes, 5)]
    lines = [
        f"{day} {time} From {who} to Everyone:\n\tI quite agree with that.\n"
        if day
        else f"{time}\t{who}:\tI quite agree with that."
        for time, who in times
    ]
    return trace(read_file(name, "\n".join(lines).encode()))


def captions(transcript, seed=1):
    """The same talk as a machine wrote it without names, capitals and full stops, and without every tenth word."""
    luck = random.Random(seed)
    cues = [
        f"00:{n // 60:02d}:{n % 60:02d}.000 --> 00:{n // 60:02d}:{n % 60:02d}.900\n"
        + " ".join(word for word in re.findall(r"\w+", unit.text.lower()) if luck.random() > 0.1)
        for n, unit in enumerate(transcript.units)
    ]
    return trace(read_file("captions.vtt", ("WEBVTT\n\n" + "\n\n".join(cues)).encode()))


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_demos_files_are_three_meetings(language):
    files = [
        f"{key}_{language}{rest}"
        for key in ("S-A", "S-B", "S-C")
        for rest in (".vtt", "_chat.txt", "_participants.csv")
    ]
    assert group([trace(demo(name)) for name in files]) == [[0, 1, 2], [3, 4, 5], [6, 7, 8]]


@pytest.mark.parametrize("language", ["en", "ru"])
def test_captions_of_a_talk_are_the_same_talk_and_another_session_is_not(language):
    sessions = [demo(f"{key}_{language}.vtt") for key in ("S-A", "S-B", "S-C")]
    for number, session in enumerate(sessions):
        likeness = [same_talk(captions(session), trace(other)) for other in sessions]
        assert likeness[number] > 0.7
        assert all(each < 0.1 for place, each in enumerate(likeness) if place != number)


def test_a_corrected_file_is_the_same_talk_and_of_the_same_meeting():
    raw = (DEMO / "S-A_en.vtt").read_bytes().decode()
    corrected = read_file("final.vtt", raw.replace("digital", "DIGITAL").replace("service", "servise").encode())
    assert same_talk(trace(demo("S-A_en.vtt")), trace(corrected)) > 0.8
    assert group([trace(demo("S-A_en.vtt")), trace(corrected)]) == [[0, 1]]


def test_a_part_of_a_talk_is_the_same_talk():
    raw = (DEMO / "S-A_en.vtt").read_bytes().decode()
    half = read_file("half.vtt", raw[: len(raw) // 2].encode())
    assert same_talk(trace(half), trace(demo("S-A_en.vtt"))) > 0.9


def test_two_talks_too_long_to_keep_whole_are_compared_all_the_same():
    def long_talk(seed):
        luck = random.Random(seed)
        lines = [f"{luck.choice(PEOPLE)}: {' '.join(luck.choices(WORDS, k=40))}" for _ in range(500)]
        return trace(read_file("talk.txt", "\n".join(lines).encode()))

    one, other = long_talk(1), long_talk(2)
    assert len(one.marks) == 4000
    assert same_talk(one, long_talk(1)) == 1.0
    assert same_talk(one, other) < 0.1


def test_weekly_meetings_of_the_same_people_are_not_one_meeting():
    weeks = [call(1), call(2), call(3), chat(), chat(minutes=50)]
    assert group(weeks) == [[0], [1], [2], [3], [4]]


def test_the_same_people_at_the_same_hours_are_one_meeting_where_no_other_talk_fits():
    assert group([call(1), chat(), call(2, people=("Inna", "Oleg", "Pavel"))]) == [[0, 1], [2]]


def test_a_chat_of_the_same_day_joins_and_one_of_another_day_does_not():
    talks = [call(1, "2024-01-24 call.vtt"), call(2, "2024-01-31 call.vtt")]
    assert group([*talks, chat("saved.txt", day="2024-01-31", hour="15")]) == [[0], [1, 2]]
    assert group([*talks, chat("saved.txt", day="2024-02-07", hour="15")]) == [[0], [1], [2]]


def test_two_talks_of_one_day_leave_the_chat_to_a_person():
    talks = [call(1, "2024-01-24 morning.vtt"), call(2, "2024-01-24 evening.vtt")]
    assert group([*talks, chat("saved.txt", day="2024-01-24", hour="15")]) == [[0], [1], [2]]


@pytest.mark.parametrize("name", ["GMT20240124-202901_Recording.transcript.vtt", "GMT20240124-202901_Recording.vtt"])
def test_zooms_own_names_of_files_tell_the_meeting(name):
    other = chat("GMT20240124-202901_RecordingnewChat.txt", people=("Somebody",))
    assert group([call(1, name), other, call(2, "GMT20240124-223000_Recording.transcript.vtt")]) == [[0, 1], [2]]


def test_the_day_on_the_spot_may_be_the_neighbour_of_greenwichs():
    recording = call(1, "GMT20240124-233000_Recording.transcript.vtt")
    assert same_meeting(recording, chat("GMT20240124-233000_RecordingnewChat.txt", day="2024-01-25")) >= ENOUGH


def test_a_file_that_says_only_what_it_is_says_no_meeting():
    assert trace(demo("S-A_en.vtt")).stem == "s a en"
    assert call(1, "meeting_saved_closed_caption.vtt").stem == ""
    assert call(1, "Audio transcript.vtt").stem == ""


def test_a_trace_is_kept_as_json():
    kept = trace(demo("S-A_en.vtt"))
    again = Trace(**json.loads(json.dumps(asdict(kept))))
    assert same_talk(kept, again) == 1.0
    assert same_meeting(again, trace(demo("S-A_en_chat.txt"))) >= ENOUGH


@settings(max_examples=30, deadline=None)
@given(st.permutations(range(9)))
def test_meetings_do_not_depend_on_the_order_of_files(order):
    files = [f"{key}_en{rest}" for key in ("S-A", "S-B", "S-C") for rest in (".vtt", "_chat.txt", "_participants.csv")]
    traces = [TRACES.setdefault(name, trace(demo(name))) for name in files]
    found = group([traces[place] for place in order])
    assert sorted(sorted(order[place] for place in members) for members in found) == [[0, 1, 2], [3, 4, 5], [6, 7, 8]]


TRACES: dict[str, Trace] = {}
