"""LimeSurvey files for tests, made from rows: structures before and after texts got tables of their own, archives."""

import io
import zipfile
from xml.sax.saxutils import escape

SID = "432535"


def question(qid, letter, code, en, ru="", *, lines=(), answers=(), **more):
    """`lines` are (code, en, ru) or (code, en, ru, scale); `answers` (code, en, ru) with scale and value after."""
    return {"qid": qid, "letter": letter, "code": code, "texts": (en, ru), "lines": lines, "answers": answers} | more


def lss(
    questions, *, later=True, languages=("en", "ru"), base="en", title=("Panel", "Панель"), survey="", relevance=""
):
    """A structure whose questions stand in two groups by their `group` (1 unless given)."""
    tables = {name: [] for name in ("groups", "questions", "subquestions", "answers", "question_attributes")}
    tables |= {"group_l10ns": [], "question_l10ns": [], "answer_l10ns": []}
    add = _Rows(tables, later, languages)
    for gid, names in ((2, ("Later", "Потом")), (1, ("First", "Сначала"))):
        add("groups", {"gid": gid, "group_order": gid, "grelevance": relevance if gid == 2 else ""},
            "group_l10ns", ("gid",), {"group_name": names})  # fmt: skip
    aid = 0
    for order, row in enumerate(questions):
        own = {"qid": row["qid"], "parent_qid": 0, "gid": row.get("group", 1), "type": row["letter"],
               "title": row["code"], "question_order": order, "mandatory": row.get("mandatory", "N"),
               "other": row.get("other", "N"), "relevance": row.get("relevance", "1"), "scale_id": 0}  # fmt: skip
        add("questions", own, "question_l10ns", ("qid",), {"question": row["texts"], "help": row.get("help", ("", ""))})
        for number, (code, en, ru, *scale) in enumerate(row["lines"]):
            line = own | {"qid": f"{row['qid']}{number:02d}", "parent_qid": row["qid"], "title": code,
                          "question_order": number, "scale_id": scale[0] if scale else 0}  # fmt: skip
            add("subquestions", line, "question_l10ns", ("qid",), {"question": (en, ru)})
        for number, (code, en, ru, *rest) in enumerate(row["answers"]):
            aid += 1
            answer = {"qid": row["qid"], "code": code, "sortorder": number, "scale_id": rest[0] if rest else 0,
                      "assessment_value": rest[1] if len(rest) > 1 else 0} | ({"aid": aid} if later else {})  # fmt: skip
            add("answers", answer, "answer_l10ns", ("aid",), {"answer": (en, ru)})
        for name, value in row.get("settings", {}).items():
            for place, language in enumerate(languages if isinstance(value, tuple) else ("",)):
                text = value[place] if isinstance(value, tuple) else value
                tables["question_attributes"].append(
                    {"qid": row["qid"], "attribute": name, "value": text, "language": language}
                )
    settings = [
        {"surveyls_survey_id": SID, "surveyls_language": language, "surveyls_title": title[place],
         "surveyls_policy_notice": f"<p>Consent {language}</p>"}
        for place, language in enumerate(languages)
    ]  # fmt: skip
    tables["surveys"] = [{"sid": SID, "language": base, "showsurveypolicynotice": survey or "0"}]
    tables["surveys_languagesettings"] = settings
    return document("Survey", tables)


def document(kind, tables, fields=()):
    """A file of LimeSurvey's own XML."""
    names = "".join(f"<fieldname>{name}</fieldname>" for name in fields)
    body = "".join(f"<{table}><fields>{names}</fields><rows>{''.join(map(_row, rows))}</rows></{table}>"
                   for table, rows in tables.items() if rows)  # fmt: skip
    head = f"<LimeSurveyDocType>{kind}</LimeSurveyDocType><DBVersion>426</DBVersion>"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<document>\n {head}{body}</document>'.encode()


def lsr(fields, *rows):
    """Responses; None in a row is null and has no element."""
    tags = [f"_{name}" if name[0].isdigit() else name for name in (field.replace("#", "-") for field in fields)]
    filled = [{tag: cell for tag, cell in zip(tags, row, strict=True) if cell is not None} for row in rows]
    return document("Responses", {"responses": filled}, fields)


def lsa(structure, responses, **more):
    """An archive; `more` are further parts by name."""
    parts = {f"survey_{SID}.lss": structure, f"survey_{SID}_responses.lsr": responses} | more
    return zipped({name: content for name, content in parts.items() if content is not None})


def zipped(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return out.getvalue()


def _row(row):
    return "<row>" + "".join(f"<{tag}>{escape(str(cell))}</{tag}>" for tag, cell in row.items()) + "</row>"


class _Rows:
    """Puts texts into tables of their own, or repeats a row in every language."""

    def __init__(self, tables, later, languages):
        self.tables, self.later, self.languages = tables, later, languages

    def __call__(self, table, row, texts_table, key, texts):
        each = [
            {"language": language} | {name: words[place] for name, words in texts.items()}
            for place, language in enumerate(self.languages)
        ]
        if self.later:
            self.tables[table].append(row)
            self.tables[texts_table] += [{name: row[name] for name in key} | part for part in each]
        else:
            self.tables[table] += [row | part for part in each]
