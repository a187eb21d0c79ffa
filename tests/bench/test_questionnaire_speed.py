"""How long a questionnaire of 20,000 respondents takes from its file into the store, and one question of it to the
screen; prints figures, asserts no time."""

import csv
import io
from random import Random
from time import perf_counter

from coding.segments import by_groups
from survey_app.actions.questionnaire import import_questionnaire
from survey_app.actions.results import frames_of
from survey_app.actions.studies import create_study
from survey_app.actions.survey_files import read_survey
from survey_app.store import schema, studies
from survey_app.store.undo import last_done, turn_back
from survey_app.views.answer_counts import answer_counts, questions

RESPONDENTS, OPEN, WRITE = 20_000, 6, 0.3
AGREE = ["Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree", "Hard to say"]
WORDS = [
    "roads",
    "trust",
    "money",
    "time",
    "staff",
    "rules",
    "noise",
    "water",
    "light",
    "paper",
    "people",
    "portal",
    "queue",
    "answer",
    "district",
    "letter",
]


def header():
    """94 closed questions and 6 open ones: a grid of 40, scales in numbers, choices, numbers, and an id before them."""
    return [
        "Timestamp", "id", *(f"How far do you agree? [statement {n}]" for n in range(40)),
        *(f"Rate service {n} from 1 to 5" for n in range(30)), *(f"Which do you use in place {n}?" for n in range(8)),
        *(f"Where do you live in year {n}?" for n in range(8)), *(f"How many visits in year {n}?" for n in range(8)),
        *(f"What would you change, part {n}?" for n in range(OPEN)),
    ]  # fmt: skip


def row(number, chance):
    some = ["portal", "office", "phone", "chat"]
    return [
        f"12/{1 + number % 28}/2025 10:18:29 GMT+7", f"E{number:05d}",
        *chance.choices(AGREE, k=40), *chance.choices("12345", k=30),
        *(";".join(chance.sample(some, 1 + number % 3)) for _n in range(8)), *chance.choices(["city", "village"], k=8),
        *(str(chance.randrange(60)) for _n in range(8)),
        *(f"{' '.join(chance.choices(WORDS, k=9)).capitalize()}." if chance.random() < WRITE else "" for _n in range(OPEN)),
    ]  # fmt: skip


def form():
    """The file, as a platform would export it."""
    chance, out = Random(6), io.StringIO()
    csv.writer(out).writerows([header(), *(row(number, chance) for number in range(RESPONDENTS))])
    return out.getvalue().encode()


def test_questionnaire(fresh_store, capsys):
    study = create_study(fresh_store, "", title_en="Citizens", slug="citizens")
    with fresh_store.change(study["id"], "", "import_roster") as change:
        groups = [group["id"] for group in studies.groups(change.connection, study["id"])]
        change.insert(
            schema.expert,
            [{"study_id": study["id"], "key": f"E{n:05d}", "name": "", "position": n, "group_id": groups[n % len(groups)]}
             for n in range(RESPONDENTS)],
        )  # fmt: skip
    content, figures = form(), {}

    def timed(name, act):
        begin = perf_counter()
        found = act()
        figures[name] = perf_counter() - begin
        return found

    survey = timed("read, proposed, matched, made", lambda: read_survey(fresh_store, study, "form.csv", content))
    timed(
        "stored",
        lambda: import_questionnaire(
            fresh_store, "", study, survey.items, survey.answers, survey.open_answers, filled=survey.filled
        ),
    )
    frames = timed("frames", lambda: frames_of(fresh_store, study["id"]))
    assert len(frames.answers) == len(survey.answers)
    segmentation = by_groups(frames.groups)
    asked = [question.item_id for question in questions(frames)]
    timed("first question", lambda: answer_counts(frames, segmentation, asked[0]))
    each = []
    for item_id in asked:
        begin = perf_counter()
        answer_counts(frames, segmentation, item_id)
        each.append((perf_counter() - begin, item_id))
    figures["slowest question, warm"], slowest = max(each)
    with fresh_store.writing() as connection:
        done = last_done(connection, study["id"], "", None, ["import_questionnaire"])
        timed("undone", lambda: turn_back(connection, done, ""))
    with capsys.disabled():
        print(
            f"\n{len(content) / 1e6:.0f} MB, {len(survey.answers)} closed and {len(survey.open_answers)} open answers:"
        )
        print("; ".join(f"{name} {seconds:.2f} s" for name, seconds in figures.items()), f"({slowest})")
