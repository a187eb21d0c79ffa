"""The codebook on screen: the tree at the left, one code with everything that is said of it at the right."""

import streamlit as st

from survey_app import session
from survey_app.actions.codebook import add_code, archive_code, change_code, move_code
from survey_app.components.plain import plain
from survey_app.components.telling import tell, telling_problems
from survey_app.language import _, label, ngettext
from survey_app.store import codes
from survey_app.store.log import Row

WORDS = ("definition", "use", "avoid", "example")
INDENT = "\u2003"


def codebook_editor(study: Row) -> None:
    """Choose a code by root, read what it means, change it; add a new one."""
    with session.store().reading() as connection:
        found = codes.codes(connection, study["id"], archived=True)
    tree, page = st.columns([2, 3], gap="large")
    with tree:
        chosen = _tree(found)
        _new_code(study, found)
    with page:
        if chosen is not None:
            _one_code(study, chosen, found)


def path_of(code: Row, found: list[Row]) -> str:
    """A code's name below the names above it."""
    by_id = {row["id"]: row for row in found}
    names = [label(code)]
    while code["parent_id"]:
        code = by_id[code["parent_id"]]
        names.insert(0, label(code))
    return " / ".join(names)


def in_tree_order(found: list[Row], above: str | None = None, depth: int = 0) -> list[tuple[Row, int]]:
    """Codes as a tree is read, each with its depth (0: a root)."""
    ordered = []
    for row in found:
        if row["parent_id"] == above:
            ordered += [(row, depth), *in_tree_order(found, row["id"], depth + 1)]
    return ordered


def _tree(found: list[Row]) -> Row | None:
    roots = {row["id"]: row for row in found if row["parent_id"] is None}
    root_names = {row_id: label(row) for row_id, row in roots.items()}
    search = st.text_input(_("Find a code"), icon=":material/search:", key="codebook-search").strip().casefold()
    root_id = st.selectbox(
        _("Root"), list(roots), format_func=root_names.__getitem__, key="codebook-root",
        disabled=bool(search),
    )  # fmt: skip
    out_of_use = sum(row["archived"] for row in found)
    with_archived = bool(out_of_use) and st.toggle(_("Show codes out of use ({count})", count=out_of_use))
    shown = [
        (row, 0 if search else depth)
        for row, depth in in_tree_order(found)
        if (not row["archived"] or with_archived)
        and (search in _searchable(row) if search else row["root_key"] == roots[str(root_id)]["key"])
    ]
    if not shown:
        st.caption(_("No code fits. Add a new one below."))
        return None
    by_id = {row["id"]: row for row, _depth in shown}
    names = {row["id"]: _name(row, depth) for row, depth in shown}
    first_code = 0 if search or len(names) == 1 else 1  # the root stands first
    chosen = st.radio(
        _("Codes"), list(names), first_code, format_func=names.__getitem__, key=f"code-{search or root_id}"
    )
    return by_id.get(str(chosen))


def _searchable(row: Row) -> str:
    return f"{row['short']} {row['key']} {row['label_en']} {row['label_ru']}".casefold()


def _name(row: Row, depth: int) -> str:
    name = plain(f"{row['short']} {label(row)}".strip())
    if row["archived"]:
        name = _("{code} (out of use)", code=name)
    return f"**{name}**" if row["parent_id"] is None else INDENT * (depth - 1) + name


def _one_code(study: Row, code: Row, found: list[Row]) -> None:
    st.header(plain(f"{code['short']} {label(code)}".strip()), anchor=False)
    below = [row for row in found if row["root_key"] == code["key"]] if code["parent_id"] is None else [code]
    used = ngettext("{count} coding", "{count} codings", sum(row["codings"] for row in below))
    st.caption(" · ".join([plain(path_of(code, found)), plain(code["key"]), used]))
    names = _word_names()
    said = {word: label(code, word) for word in WORDS}
    if code["parent_id"] and not any(said.values()):
        st.caption(_("Nothing is said of this code yet: write a definition, so that coders mean the same."))
    for word in WORDS:
        if said[word]:
            st.markdown(f"**{names[word]}.** {plain(said[word])}")
    with st.expander(_("Change this code"), icon=":material/edit:"):
        _change(study, code)
    if code["parent_id"]:
        with st.expander(_("Move or take out of use"), icon=":material/drive_file_move:"):
            _move(study, code, found)


def _word_names() -> dict[str, str]:
    return {
        "definition": _("Definition"), "use": _("When to use"), "avoid": _("When not to use"),
        "example": _("Anchor example"),
    }  # fmt: skip


def _change(study: Row, code: Row) -> None:
    with st.form(f"code-{code['id']}", border=False):
        values: dict[str, str] = {}
        left, right = st.columns(2)
        values["label_en"] = left.text_input(_("Name in English"), code["label_en"])
        values["label_ru"] = right.text_input(_("Name in Russian"), code["label_ru"])
        values["colour"] = st.color_picker(_("Colour"), code["colour"] or "#666666")
        names = _word_names()
        for tab, tongue in zip(st.tabs([_("English"), _("Russian")]), ("en", "ru"), strict=True):
            for word in WORDS:
                values[f"{word}_{tongue}"] = tab.text_area(
                    names[word], code[f"{word}_{tongue}"], height=80, key=f"{code['id']}-{word}-{tongue}"
                )
        if st.form_submit_button(_("Save"), type="primary", icon=":material/save:"):
            with telling_problems():
                change_code(session.store(), session.current_person(study), study["id"], code["id"], **values)
                tell(_("Saved."))
                st.rerun()


def _move(study: Row, code: Row, found: list[Row]) -> None:
    places = _places(found)
    places.pop(code["id"], None)
    person = session.current_person(study)
    place = st.selectbox(
        _("Move below"), list(places), format_func=places.__getitem__,
        index=list(places).index(code["parent_id"]) if code["parent_id"] in places else None, key=f"move-{code['id']}",
    )  # fmt: skip
    with st.container(horizontal=True):
        moved = st.button(_("Move"), disabled=place is None or place == code["parent_id"])
        text = _("Bring back into use") if code["archived"] else _("Take out of use")
        put_away = st.button(text, help=_("Its codings stay and count; coders no longer find it."))
    if moved and place is not None:
        with telling_problems():
            move_code(session.store(), person, study["id"], code["id"], place)
            tell(_("The code was moved."))
            st.rerun()
    if put_away:
        with telling_problems():
            archive_code(session.store(), person, study["id"], code["id"], archived=not code["archived"])
            tell(_("Saved."))
            st.rerun()


def _places(found: list[Row]) -> dict[str, str]:
    """Codes in use, by id, each as its path."""
    return {row["id"]: path_of(row, found) for row, _depth in in_tree_order(found) if not row["archived"]}


def _new_code(study: Row, found: list[Row]) -> None:
    with st.expander(_("New code"), icon=":material/add:"), st.form("new-code", clear_on_submit=True, border=False):
        places = _places(found)
        parent = st.selectbox(_("Below"), list(places), format_func=places.__getitem__)
        label_en = st.text_input(_("Name in English"))
        label_ru = st.text_input(_("Name in Russian"))
        definition = st.text_area(_("Definition"), height=80)
        if st.form_submit_button(_("Add code"), type="primary") and parent is not None:
            tongue = "definition_ru" if study["language"] == "ru" else "definition_en"
            with telling_problems():
                add_code(
                    session.store(), session.current_person(study), study["id"], parent_id=parent,
                    label_en=label_en, label_ru=label_ru, **{tongue: definition},
                )  # fmt: skip
                tell(_("The code was added."))
                st.rerun()
