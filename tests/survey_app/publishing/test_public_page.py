"""The demo's public page, as files: it shows what it should, and nothing that leads to a person."""

import json
import re
from hashlib import sha256
from html.parser import HTMLParser

import pytest

from survey_app.actions.demo import demo_rows
from survey_app.publishing.public_page import page, pages
from tests.survey_app.publishing.small_study import frames, freeze, quote

pytestmark = pytest.mark.xdist_group("release")


@pytest.fixture(scope="module", params=["en", "ru"])
def folder(request, released):
    return released / "releases" / f"demo-{request.param}" / "v1"


@pytest.fixture(scope="module")
def html(folder):
    return (folder / "index.html").read_text("utf-8")


@pytest.fixture(scope="module")
def content(folder):
    return json.loads((folder / "release.json").read_text("utf-8"))


class Reader(HTMLParser):
    """Text, ids, links and scripts of a page, as a browser without script reads them."""

    def __init__(self, html):
        super().__init__()
        self.text, self.ids, self.links, self.scripts, self.inside = [], [], [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.inside.append(tag)
        if "id" in given:
            self.ids.append(given["id"])
        if tag in {"a", "link", "script", "img"}:
            self.links.append(given.get("href") or given.get("src") or "")
        if tag == "script":
            self.scripts.append(given)

    def handle_endtag(self, tag):
        while self.inside and self.inside.pop() != tag:
            pass

    def handle_data(self, data):
        if "script" not in self.inside:
            self.text.append(data)


def written(folder):
    """Everything that readers or machines are told: every file but the font."""
    told = [file for file in sorted(folder.iterdir()) if file.suffix in {".html", ".json", ".js", ".css"}]
    assert {file.name for file in told} >= {"index.html", "release.json", "segments-1-en.js", "segments-1-ru.js"}
    return "\n".join(file.read_text("utf-8") for file in told)


def test_no_name_of_a_person_is_in_a_release(folder):
    told = {word for word in re.findall(r"[^\W\d_]+", written(folder)) if not word.islower()}
    for row in demo_rows("experts.csv"):
        for language in ("en", "ru"):
            for part in row[f"name_{language}"].split():
                stem = part[:-1] if len(part) > 5 else part
                assert not [word for word in told if word.startswith(stem) and len(word) <= len(stem) + 3], part


def test_no_display_name_is_in_a_release(folder):
    told = written(folder)
    for row in demo_rows("aliases.csv"):
        assert row["display_name"] not in told


def test_no_label_of_an_expert_statement_file_or_pseudonym_is_in_a_release(folder):
    told = written(folder)
    for row in demo_rows("experts.csv"):
        assert not re.search(rf"\b{row['expert_id']}\b", told)
        for language in ("en", "ru"):
            assert row[f"pseudonym_{language}"] not in told
            assert row[f"organisation_type_{language}"] not in told
    assert not re.search(r"\bS-[ABC]\b", told)
    assert ".vtt" not in told


def test_no_region_or_territory_of_an_expert_is_in_a_release(folder, content):
    told = written(folder)
    for row in demo_rows("experts.csv"):
        for language in ("en", "ru"):
            if row[f"region_{language}"] not in {"capital", "столица"}:  # these are words of the experts, too
                assert row[f"region_{language}"] not in told
    asked = [question["key"] for question in content["en"]["questionnaire"]["questions"]]
    assert not {"years", "territory"} & set(asked)


def test_only_quotes_of_consenting_experts_without_names_are_in_it(content):
    assert len(content["quotes"]) == {"en": 174, "ru": 173}[content["language"]]
    texts = {each["text"] for each in content["quotes"]}
    column = f"text_{content['language']}"
    for row in demo_rows("statements.csv"):
        if row["expert_id"] in {"F1", "S1"}:
            assert row[column] not in texts


def test_the_counts_are_the_known_ones(content):
    counts = {(row["code"], row["segment"]): (row["k"], row["n"]) for row in content["cells"]}
    assert counts["prob.skills", "all"] == (10, 20)
    assert counts["enab.quality", "all"] == (11, 20)
    assert counts["prob.skills", "local"] == (3, 3)
    assert counts["prob.skills", "civil_society"] == (0, 3)
    assert counts["targ.docflow", "all"] == (0, 20)
    assert {size["key"]: size["count"] for size in content["en"]["sizes"]} == {
        "experts": 20, "sessions": 3, "statements": 280, "coded": 200, "answered": 20,
    }  # fmt: skip


def test_everything_can_be_read_without_script(html, content):
    read = " ".join(" ".join(Reader(html).text).split())
    for language in ("en", "ru"):
        told = content[language]
        assert told["title"] in read
        for question in told["questions"]:
            assert question["told"]["five_segments"]["all"] in read
            assert question["compared"]["five_segments"] in read
        assert told["method"][0]["paragraphs"][0] in read
        assert told["limits"][0] in read
    assert "10 of 20" in read
    assert "3/3" in read
    assert content["quotes"][0]["text"] in read


def test_known_numbers_stand_in_the_figures_in_both_languages(html, content):
    for language, number in (("en", "10 of 20"), ("ru", "10 из 20")):
        name = next(code["name"] for code in content[language]["codes"] if code["id"] == "prob.skills")
        drawings = re.findall(r'<svg class="(?:wide|phone)"[^>]*data-segment="all".*?</svg>', html, re.DOTALL)
        mine = [each for each in drawings if f">{number}</text>" in each and f">{name}</text>" in each]
        assert len(mine) == 2, language  # on one line of either drawing
    tiles = re.search(r'<g class="row" data-code="prob.skills">(.*?)</g></g>', html).group(1)
    assert re.findall(r">(\d+/\d+)<", tiles) == ["3/5", "3/3", "2/4", "0/3", "2/5", "10/20"]


def test_a_page_is_small(folder):
    sizes = {file.name: file.stat().st_size for file in folder.iterdir()}
    loaded = ("index.html", "release.css", "page.js")
    assert sum(sizes[name] for name in (*loaded, "source-sans.woff2")) < 2_000_000
    assert sum(sizes[f"{name}.gz"] for name in loaded) + sizes["source-sans.woff2"] < 600_000


def test_a_quote_has_one_place_that_can_be_cited_in_each_language(html, content):
    ids = Reader(html).ids
    assert len(ids) == len(set(ids))
    for each in content["quotes"]:
        assert f"en/{each['number']}" in ids
        assert f"ru/{each['number']}" in ids


def test_every_inner_link_leads_somewhere(html):
    reader = Reader(html)
    for link in reader.links:
        if link.startswith("#"):
            assert link[1:] in reader.ids, link


def test_the_page_asks_no_other_machine_and_runs_no_script_but_its_own_files(html, folder):
    reader = Reader(html)
    for link in reader.links:
        assert not re.match(r"(https?:)?//", link), link
        if link and not link.startswith(("#", "data:image/svg+xml")):
            assert (folder / link).is_file(), link
    for script in reader.scripts:
        assert script.get("type") == "application/json" or script.get("src") == "page.js"
    assert not re.search(r"\son\w+=", html)


def test_the_hash_version_and_citation_stand_on_the_page(html, folder):
    read = " ".join(Reader(html).text)
    assert sha256((folder / "release.json").read_bytes()).hexdigest() in read
    assert "Version 1" in read


def test_words_of_people_are_never_read_as_markup():
    study = frames()
    nasty = '</script><script>alert(1)</script><!-- & "quoted" {{ 7*7 }} <b>'
    study.codes["label_en"] = study.codes["label_en"].replace("Delays", nasty)
    told = freeze(study, [quote("s1")])
    told.content["quotes"][0]["text"] = nasty
    html = page(told)
    assert "<script>alert" not in html
    assert "<!--" not in html
    reader = Reader(html)
    assert nasty in "".join(reader.text)
    assert len(reader.scripts) == 4
    data = re.search(r'<script type="application/json" id="words-en">(.*?)</script>', html, re.DOTALL)
    assert json.loads(data.group(1))["codes"]["prob.late"] == nasty
    panels = pages(told)["segments-1-en.js"]
    assert "<b>" not in panels
    assert "&lt;b&gt;" in panels
