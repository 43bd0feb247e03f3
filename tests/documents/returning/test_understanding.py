"""What an agency writes on the return form comes back as it was written, and nothing is dropped."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sptool.documents.returning.blank import blank_form, form_markdown, rows_of
from sptool.documents.returning.reading import DELETED, PICTURE, contents_of
from sptool.documents.returning.understanding import as_answers, understand, verdict
from sptool.framework.models import Question
from sptool.text.plain import Plain
from sptool.text.prose import normalise
from tests.documents.formats.opening import said
from tests.documents.returning.conftest import EDITION, REQUEST, ROWS, material, read_back, read_day
from tests.documents.returning.filling import (
    changed,
    filled,
    paragraphs,
    parts_of,
    reordered,
    rows,
    ticked,
    with_text_below,
    without_rows,
)
from tests.documents.test_literal import anything

YES, NO = "Yes: our answers are below", "No: this is a nil return"
FILLED = {
    "A2": "Detective Inspector",
    "A6": "12th of March 2026",
    "B1": "We attended twice.\n\nChild A was seen.",
    "B9": "An inquest.",
    "E1a": "Nobody called back.",
    "E1b": "5/3/26",
    "E3a": "A second call.",
    "P1a": "Sibling C",
    "P1b": "Testy Fictional",
    "N1": "The house with the green door.",
    "L3": "1 February 2026",
    "L4": "No more.",
}
MEANT: dict[str, Plain] = {
    "answer": "written-here",
    "author_role": "Detective Inspector",
    "signed_off_on": "2026-03-12",
    "involvement": "We attended twice.\n\nChild A was seen.",
    "parallel_processes": "An inquest.",
    "episodes": [{"what": "Nobody called back.", "on": "2026-03-05"}, {"what": "A second call."}],
    "private": {
        "people": [{"id": "sibling-c", "name": "Testy Fictional"}],
        "text": "The house with the green door.",
    },
    "local": {"early-help": "yes", "since": "2026-02-01", "else": "No more."},
}
told = anything.map(normalise).filter(lambda text: text.strip() != "")
one_line = told.map(lambda text: " ".join(text.split())[:200].strip()).filter(bool)
prose_keys = [key for key, row in ROWS.items() if row.shape == "prose" and not row.group]
line_keys = [key for key, row in ROWS.items() if row.shape == "line" and not row.group]
some = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def full(blank: bytes) -> bytes:
    return ticked(ticked(filled(blank, FILLED), YES), "Yes ")


def unplaced(form: bytes, blank: bytes) -> list[tuple[str, str, str]]:
    return [(one.place, one.near, one.text) for one in read_back(form, blank).unplaced]


def test_every_question_has_a_number_of_its_own_and_the_blank_form_asks_it(blank: bytes) -> None:
    text = contents_of(blank).text
    assert all(f"{key} {row.text}" in text for key, row in ROWS.items())
    assert len({row.field for row in ROWS.values()}) == len(ROWS)
    back = read_back(blank, blank)
    assert (back.placed, back.unplaced, back.notices, back.missing) == ((), (), (), ())
    assert verdict(back.placed) == "empty"


def test_a_filled_in_form_comes_back_whole(blank: bytes) -> None:
    back = read_back(full(blank), blank)
    assert as_answers(back.placed) == MEANT
    assert (back.unplaced, back.missing) == ((), ())
    assert verdict(back.placed) == "written-here"


@given(
    prose=st.dictionaries(st.sampled_from(prose_keys), told),
    lines=st.dictionaries(st.sampled_from(line_keys), one_line),
)
@some
def test_whatever_is_written_comes_back_as_it_was_written(
    blank: bytes, prose: dict[str, str], lines: dict[str, str]
) -> None:
    if not {**prose, **lines}:
        return
    back = read_back(filled(blank, {**prose, **lines}), blank)
    assert {one.row.key: one.means for one in back.placed} == {**prose, **lines}
    assert back.unplaced == ()


@given(episodes=st.lists(st.tuples(told, told), min_size=1, max_size=3))
@some
def test_episodes_come_back_in_order(blank: bytes, episodes: list[tuple[str, str]]) -> None:
    written = {f"E{n}{part}": text for n, pair in enumerate(episodes, 1) for part, text in zip("ac", pair, strict=True)}
    back = read_back(filled(blank, written), blank)
    assert as_answers(back.placed) == {"episodes": [{"what": what, "why": why} for what, why in episodes]}


@given(text=told)
@some
def test_whatever_stands_outside_the_tables_is_asked_about(blank: bytes, text: str) -> None:
    found = read_back(with_text_below(blank, text), blank).unplaced
    assert "".join("".join(one.text for one in found).split()) == "".join(text.split())


def test_rows_that_were_moved_keep_their_answers(blank: bytes) -> None:
    moved = reordered(full(blank), ["B9", "A2", "B3", "B1"])
    assert rows(parts_of(moved)["word/document.xml"].decode()) != rows(
        parts_of(full(blank))["word/document.xml"].decode()
    )
    back = read_back(moved, blank)
    assert as_answers(back.placed) == MEANT
    assert (back.unplaced, back.missing) == ((), ())


def test_rows_that_are_missing_are_named(blank: bytes) -> None:
    back = read_back(without_rows(full(blank), "B1", "B2"), blank)
    assert back.missing == ("B1", "B2")
    assert as_answers(back.placed) == {name: value for name, value in MEANT.items() if name != "involvement"}


def test_a_row_is_known_by_its_words_if_its_number_is_gone(blank: bytes) -> None:
    bare = changed(full(blank), lambda markup: markup.replace(">B1</w:t>", "></w:t>"))
    assert as_answers(read_back(bare, blank).placed) == MEANT


def test_an_answer_behind_the_question_is_an_answer(blank: bytes) -> None:
    asked = "What were the gaps?"
    behind = changed(blank, lambda markup: markup.replace(f"{asked}</w:t>", f"{asked} Nobody rang.</w:t>"))
    assert as_answers(read_back(behind, blank).placed) == {"gaps": "Nobody rang."}


def test_a_question_that_was_written_over_is_asked_about(blank: bytes) -> None:
    over = changed(blank, lambda markup: markup.replace("What were the gaps?", "Nobody rang."))
    assert unplaced(over, blank) == [("in the question's own box at B5", "B5", "B5 Nobody rang.")]


def test_a_row_of_its_own_is_asked_about(blank: bytes) -> None:
    row = f"<w:tr><w:tc>{paragraphs('And')}</w:tc><w:tc>{paragraphs('more')}</w:tc></w:tr>"

    def more(markup: str) -> str:
        at = next(row for row in rows(markup) if ">B2</w:t>" in row)
        return markup.replace(at, at + row)

    assert unplaced(changed(blank, more), blank) == [("in a row of its own below B2", "B2", "And | more")]


def test_a_copied_episode_is_an_episode_of_its_own(blank: bytes) -> None:
    once = filled(blank, {"E1a": "First.", "E1c": "So it was."})

    def copied(markup: str) -> str:
        tables = markup.split("<w:tbl>")
        place = next(number for number, table in enumerate(tables) if ">E1a</w:t>" in table)
        return "<w:tbl>".join([*tables[: place + 1], tables[place].replace("First.", "Again."), *tables[place + 1 :]])

    back = read_back(changed(once, copied), blank)
    assert as_answers(back.placed) == {
        "episodes": [{"what": "First.", "why": "So it was."}, {"what": "Again.", "why": "So it was."}]
    }


@pytest.mark.parametrize(
    ("answers", "why"),
    [
        ({"A6": "some day in March"}, "not one date"),
        ({"A2": "x" * 301}, "longer than 300"),
        ({"P1a": "my neighbour"}, "not a label"),
        ({"P1b": "Testy Fictional"}, "no label"),
        ({"E1c": "It seemed right."}, "does not say what happened"),
        ({"A1": "We do not know this child."}, "which box is ticked"),
    ],
)
def test_an_answer_that_cannot_be_read_is_asked_about(blank: bytes, answers: dict[str, str], why: str) -> None:
    (one,) = read_back(filled(blank, answers), blank).unplaced
    ((key, text),) = answers.items()
    assert why in one.why
    assert (one.near, one.text) == (key, text)


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("before 3 June 2025", "words before or after it"),
        ("not 3 June 2025", "words before or after it"),
        ("3 June 2025 or later", "words before or after it"),
        ("1 marble 2026", "no month begins so"),
        ("Monday 20 February 2026", "this date is a Friday"),
        ("31/6/2025", "there is no such date: that month has 30 days"),
        ("today", "will mean another day later"),
        ("Yesterday", "will mean another day later"),
        ("20 Nov", "write the year too"),
        ("5/3/2026, 6/3/2026", "words before or after it"),
    ],
)
def test_a_date_that_is_none_is_asked_about_with_what_is_wrong(blank: bytes, written: str, why: str) -> None:
    back = read_back(filled(blank, {"A6": written, "L3": written}), blank)
    assert [(one.near, one.text) for one in back.unplaced] == [("A6", written), ("L3", written)]
    assert all(why in one.why for one in back.unplaced)
    assert back.placed == ()


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026-02-20", "2026-02-20"),
        ("20/2/2026", "2026-02-20"),
        ("20.02.26", "2026-02-20"),
        ("1st December 2025", "2025-12-01"),
        ("Friday,\n20th of February 2026", "2026-02-20"),
    ],
)
def test_each_way_to_write_a_date(blank: bytes, written: str, day: str) -> None:
    back = read_back(filled(blank, {"A6": written}), blank)
    assert as_answers(back.placed) == {"signed_off_on": day}


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        (f"☒ {YES} · ☐ {NO}", "written-here"),
        (f"☐ {YES} · ☑ {NO}", "nil"),
        (f"☐ {YES} · ☐ {NO} ✓", "nil"),
        (f"x {YES} · ☐ {NO}", "written-here"),
        (f"[ ] {YES} [X] {NO}", "nil"),
        ("No", "nil"),
        ("nil", "nil"),
        ("yes", "written-here"),
    ],
)
def test_each_way_to_tick(blank: bytes, said: str, meant: str) -> None:
    back = read_back(filled(blank, {"A1": said}), blank)
    assert (as_answers(back.placed), back.unplaced) == ({"answer": meant}, ())


@pytest.mark.parametrize("said", [f"☒ {YES} · ☒ {NO}", "perhaps", f"☐ {YES} · ☐ {NO}, but see below"])
def test_a_tick_that_cannot_be_told_is_asked_about(blank: bytes, said: str) -> None:
    back = read_back(filled(blank, {"A1": said}), blank)
    assert [one.near for one in back.unplaced] == ["A1"]


def test_words_beside_a_ticked_box_are_asked_about(blank: bytes) -> None:
    back = read_back(filled(blank, {"A1": f"☐ {YES} · ☒ {NO} since 2019"}), blank)
    assert as_answers(back.placed) == {"answer": "nil"}
    assert [one.text for one in back.unplaced] == ["since 2019"]


@pytest.mark.parametrize(
    ("answers", "tick", "kind"),
    [
        ({"A2": "Head"}, NO, "nil"),
        ({"B1": "We do not know this child."}, NO, "nil"),
        ({"B1": "We do not know this child."}, "", "unclear"),
        ({"A2": "Head"}, "", "unclear"),
        ({"A2": "Head"}, YES, "unclear"),
        ({"B1": "We saw Child A weekly.", "B5": "None"}, NO, "both"),
        ({"B1": "We saw Child A weekly."}, "", "written-here"),
    ],
)
def test_a_nil_return_an_answer_and_neither_are_told_apart(
    blank: bytes, answers: dict[str, str], tick: str, kind: str
) -> None:
    form = filled(blank, answers)
    assert verdict(read_back(ticked(form, tick) if tick else form, blank).placed) == kind


def test_text_boxes_comments_headers_and_struck_out_words_are_not_overlooked(blank: bytes) -> None:
    box = f"<w:r><w:pict><w:txbxContent>{paragraphs('In a box')}</w:txbxContent></w:pict></w:r></w:p>"
    gone = '<w:del w:id="1"><w:r><w:delText>Taken back</w:delText></w:r></w:del>'
    struck = f"<w:p>{gone}<w:r><w:drawing><blip/></w:drawing></w:r></w:p>"
    form = changed(blank, lambda markup: markup.replace("</w:p>", box, 1).replace("</w:tbl>", "</w:tbl>" + struck, 1))
    form = changed(
        form, lambda markup: markup.replace("</w:p>", "<w:r><w:t>By hand</w:t></w:r></w:p>", 1), "word/header1.xml"
    )
    back = read_back(form, blank)
    assert {(one.place, one.text) for one in back.unplaced} == {
        ("in a text box", "In a box"),
        ("at the head of the page", "By hand"),
    }
    assert set(back.notices) == {PICTURE, DELETED}


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_form_that_libreoffice_saved_says_the_same(blank: bytes, tmp_path: Path) -> None:
    form = with_text_below(full(blank), "One more thing.")
    (tmp_path / "form.docx").write_bytes(form)
    for ending, into in (("odt", "a"), ("docx", "b")):
        before = tmp_path / ("form.docx" if into == "a" else "a/form.odt")
        home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
        command = ["soffice", home, "--headless", "--convert-to", ending, "--outdir", str(tmp_path / into), str(before)]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
    saved = (tmp_path / "b" / "form.docx").read_bytes()
    assert saved != form
    back = read_back(saved, blank)
    assert as_answers(back.placed) == MEANT
    assert [one.text for one in back.unplaced] == ["One more thing."]
    assert back.missing == ()


def test_an_answer_behind_the_question_and_one_beside_it_are_both_kept(blank: bytes) -> None:
    form = changed(
        filled(blank, {"B5": "Nobody wrote."}), lambda markup: markup.replace("the gaps?", "the gaps? Or rang.")
    )
    assert as_answers(read_back(form, blank).placed) == {"gaps": "Or rang.\nNobody wrote."}


@pytest.mark.parametrize(
    ("key", "placed", "left"), [("B5", {"gaps": "First.\nAgain."}, []), ("A2", {"author_role": "First."}, ["Again."])]
)
def test_a_row_that_was_copied_loses_no_answer(
    blank: bytes, key: str, placed: dict[str, Plain], left: list[str]
) -> None:
    def twice(markup: str) -> str:
        row = next(row for row in rows(markup) if f">{key}</w:t>" in row)
        return markup.replace(row, row + row.replace("First.", "Again."))

    back = read_back(changed(filled(blank, {key: "First."}), twice), blank)
    assert as_answers(back.placed) == placed
    assert [one.text for one in back.unplaced] == left


def test_an_answer_that_is_still_empty_has_room_in_word_and_on_paper(blank: bytes, tmp_path: Path) -> None:
    empty = next(row for row in rows(parts_of(blank)["word/document.xml"].decode()) if ">B1</w:t>" in row)
    assert "<w:trHeight" in empty
    page = said(blank_form(material(), REQUEST, "pdf"), tmp_path, "pdftotext", "-bbox", "FILE", "-")
    tops = {key: float(top) for top, key in re.findall(r'yMin="([0-9.]+)"[^>]*>(E1[cd])<', page)}
    assert tops["E1d"] - tops["E1c"] > 14 * 72 / 25.4


def test_the_form_is_as_it_was_agreed() -> None:
    assert form_markdown(material(), REQUEST).encode() == (Path(__file__).parent / "return-form.md").read_bytes()


def test_a_partnerships_own_questions_are_text_and_are_found_again() -> None:
    asked = {"id": "odd", "ask": "*Was* | it <b>?", "type": "choice", "choices": ["A | B", "*C*"], "hint": "`x`"}
    edition = EDITION.model_copy(update={"questions": {"agency-return": (Question.model_validate(asked),)}})
    own = replace(material(), standing=replace(material().standing, framework=edition))
    blank, questions = blank_form(own, REQUEST, "docx"), rows_of(edition)
    form = ticked(blank, "*C*")
    back = understand(contents_of(form), contents_of(blank), questions, read_day)
    assert (as_answers(back.placed), back.unplaced) == ({"local": {"odd": "*C*"}}, ())
