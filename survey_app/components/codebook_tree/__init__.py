"""The tree of the codebook on the screen: our own component, moved through and rearranged by keys and by hand."""

from collections.abc import Callable
from functools import cache
from typing import Any

import streamlit as st
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from survey_app.language import _, current, label, ngettext
from survey_app.store.log import Row

TRANSLATED = ("label", "definition", "use", "avoid", "example")


class Act(BaseModel):
    """What the browser asks for: to see a code, or to put it below `parent` before a sibling (None: last)."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    n: int
    do: str = Field(pattern="^(choose|move)$")
    code: str = Field(max_length=36)
    parent: str | None = Field(None, max_length=36)
    before: str | None = Field(None, max_length=36)


def codebook_tree(
    study: Row, codes: list[Row], chosen: str | None, act: Callable[[Act], None], *, fixed: bool = False
) -> None:
    """Show all codes; `act` is called, before anything else runs, with what a person does to them. Codes of a tree
    that is `fixed` are chosen, never moved."""
    key = f"codebook-tree-{study['id']}"

    def heard() -> None:
        try:
            asked = Act.model_validate((st.session_state.get(key) or {}).get("act"))
        except ValidationError:
            return
        act(asked)

    _component()(key=key, data=lay_out(codes, chosen, fixed=fixed), on_act_change=heard)


def lay_out(codes: list[Row], chosen: str | None, *, fixed: bool = False) -> dict[str, Any]:
    """What is sent to the browser."""
    words = _words() | ({"hint": _("Letters: find.")} if fixed else {})
    return {"codes": [_code(row) for row in codes], "chosen": chosen, "words": words, "fixed": fixed}


def missing_translations(code: Row) -> dict[str, list[str]]:
    """By language, those texts of a code that only the other language has."""
    pairs = {name: (code[f"{name}_en"], code[f"{name}_ru"]) for name in TRANSLATED}
    return {
        "en": [name for name, (english, russian) in pairs.items() if russian and not english],
        "ru": [name for name, (english, russian) in pairs.items() if english and not russian],
    }


def polarity_names() -> dict[str, str]:
    """What a root's factors do, in a word."""
    return {"negative": _("hinders"), "positive": _("helps"), "neutral": _("neither hinders nor helps")}


def _code(row: Row) -> dict[str, Any]:
    return {
        "id": row["id"], "parent": row["parent_id"], "short": row["short"], "label": label(row) or row["key"],
        "search": f"{row['short']} {row['key']} {row['label_en']} {row['label_ru']}", "colour": row["colour"],
        "polarity": row["polarity"], "codings": row["codings"], "archived": row["archived"],
        "used": ngettext("{count} coding", "{count} codings", row["codings"]),
        "missing": [tongue for tongue, names in missing_translations(row).items() if names],
    }  # fmt: skip


def _words() -> dict[str, Any]:
    return {
        "codes": _("Codes"),
        "find": _("Find a code"),
        "none": _("No code fits. Clear the search, or add a new code below."),
        "retired": _("Show codes out of use ({n})"),
        "away": _("out of use"),
        "missing": {"en": _("English translation missing"), "ru": _("Russian translation missing")},
        "polarity": polarity_names(),
        "nameField": _("Name in Russian") if current() == "ru" else _("Name in English"),
        "stays": _("The code cannot be moved further in this direction."),
        "hint": _("Drag a code, or move it with Alt and the arrow keys: up and down among its neighbours, right below "
                  "the one above it, left out again. F2: rename. Letters: find."),
    }  # fmt: skip


@cache
def _component() -> Callable[..., Any]:
    """Registered at the first use: outside a running application Streamlit cannot know the packaged files."""
    return st.components.v2.component("survey-app.codebook_tree", js="tree.js", css="tree.css", isolate_styles=False)
