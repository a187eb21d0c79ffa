"""A study of six experts in two groups (a third may be empty), small enough to be frozen quickly; every number of it can be seen here."""

import pandas as pd

from coding.frames import Frames
from coding.segments import by_groups
from survey_app.publishing.cells import Rule, published_cells
from survey_app.publishing.gate import ReleasedQuote
from survey_app.publishing.snapshot import take

STUDY = {"title_en": "Ferries", "title_ru": "Паромы", "language": "en"}
SAID = [
    # statement, expert, text, codes
    ("s1", "A1", "The ferry is late, and nobody says why.", ["prob.late"]),
    ("s2", "A1", "Tickets by phone helped my mother.", ["enab.phone"]),
    ("s3", "A2", "Late again on Monday.", ["prob.late", "prob.rude"]),
    ("s4", "A3", "The clerk was rude.", ["prob.rude"]),
    ("s5", "B1", "With the phone I need no clerk.", ["enab.phone"]),
    ("s6", "B2", "I have nothing to add.", []),
    ("s7", "B3", "Late, but the captain is kind.", ["prob.late"]),
]
CODES = [
    ("prob", "", "prob", "negative", "Problems", "Проблемы"),
    ("prob.late", "prob", "prob", "negative", "Delays", "Опоздания"),
    ("prob.rude", "prob", "prob", "negative", "Rudeness", "Грубость"),
    ("enab", "", "enab", "positive", "Enablers", "Факторы содействия"),
    ("enab.phone", "enab", "enab", "positive", "Tickets by phone", "Билеты по телефону"),
]
SCALE = [{"value": float(n), "en": f"level {n}", "ru": f"ступень {n}"} for n in range(1, 4)]
ITEMS = [
    ("q", "", "likert", "How bad is it?", "Насколько плохо?", SCALE),
    ("q.late", "q", "likert", "delays", "опоздания", SCALE),
    ("q.rude", "q", "likert", "rudeness", "грубость", SCALE),
    ("port", "", "single", "Where do you live?", "Где вы живёте?", []),
    ("age", "", "numeric", "How old are you?", "Сколько вам лет?", []),
]


def experts(consent="yes", sizes=(3, 3)):
    rows = [
        {"expert_id": f"{letter}{n}", "group_id": letter.lower(), "level": "", "sector": "", "region": "Farshore",
         "consent": consent}
        for letter, size in zip("ABC", sizes, strict=False) for n in range(1, size + 1)
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["expert_id", "group_id", "level", "sector", "region", "consent"])


def frames(people=None, coded=True, answers=()):
    statements, codings, start = [], [], 0
    for order, (name, expert, text, codes) in enumerate(SAID):
        end = start + len(text)
        statements.append(
            {"statement_id": name, "label": f"S-1.{expert}.{order}", "source_id": "source", "source_kind": "session",
             "turn": order, "order": order, "start": start, "end": end, "expert_id": expert, "role": "expert",
             "text": text, "language": "en", "question_id": "", "start_s": None, "end_s": None}
        )  # fmt: skip
        codings += [
            {"coding_id": f"{name}/{code}", "source_id": "source", "start": start, "end": end, "code_id": code,
             "coder_id": "A", "layer": "adjudicated", "origin": "hand"}
            for code in codes
        ]  # fmt: skip
        start = end + 1
    names = ["coding_id", "source_id", "start", "end", "code_id", "coder_id", "layer", "origin"]
    codes = [
        {"code_id": key, "parent_id": parent, "root": root, "polarity": polarity, "short": "", "label_en": english,
         "label_ru": russian, "colour": "#888888", "order": order}
        for order, (key, parent, root, polarity, english, russian) in enumerate(CODES)
    ]  # fmt: skip
    groups = [
        {"group_id": letter, "label_en": f"Group {letter}", "label_ru": f"Группа {letter}", "short_en": letter,
         "short_ru": letter, "colour": "#888888", "order": order}
        for order, letter in enumerate("abc")  # nobody is in c
    ]  # fmt: skip
    items = [
        {"item_id": key, "parent_id": parent, "type": kind, "label_en": english, "label_ru": russian, "scale": scale,
         "code_id": "", "order": order}
        for order, (key, parent, kind, english, russian, scale) in enumerate(ITEMS)
    ]  # fmt: skip
    given = [
        {"expert_id": expert, "item_id": item, "value": value, "text": text, "cannot_say": False}
        for expert, item, value, text in answers
    ]
    return Frames(
        pd.DataFrame(statements), experts() if people is None else people, pd.DataFrame(groups), pd.DataFrame(codes),
        pd.DataFrame(codings if coded else [], columns=names), pd.DataFrame(items),
        pd.DataFrame(given, columns=["expert_id", "item_id", "value", "text", "cannot_say"]),
    )  # fmt: skip


def grouping(study):
    return by_groups(study.groups)


def quote(name, consent="yes", kind="session"):
    _name, expert, text, codes = next(row for row in SAID if row[0] == name)
    return ReleasedQuote(name, text, expert, tuple(codes), consent, kind)


def open_cells(study, segmentations):
    """The numbers as if everything had been released by hand."""
    said = {"layer": "adjudicated", "coder_id": None}
    closed = published_cells(study, segmentations, **said)
    places = frozenset(zip(closed["segmentation"], closed["segment"], closed["code_id"], strict=True))
    return published_cells(study, segmentations, **said, rule=Rule(released=places))


def freeze(study, quotes=(), version=1, segmentations=(), **changes):
    given = {
        "slug": "ferries", "version": version, "created": "2026-03-01T10:00:00+00:00", "layer": "adjudicated",
        "coder_id": None,
    }  # fmt: skip
    listed = segmentations or [grouping(study)]
    if len(study.experts):
        given["cells"] = open_cells(study, listed)
    return take(study, STUDY, listed, quotes, **given | changes)
