"""An agency's return form comes back as a Word file: recognised, understood, recorded, or refused in plain words."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Mapping
from pathlib import Path

import pytest

from sptool.text.yaml import read_plain
from tests.cli.cases import begun, notified
from tests.cli.running import Desk, Ran, desk, pattern
from tests.documents.returning.filling import (
    changed,
    filled,
    looking,
    replaced,
    run,
    ticked,
    with_style,
    with_text_below,
    without_rows,
)

__all__ = ["desk", "pattern"]

DAY, BACK = "2026-03-05", "2026-03-09"
ASKED = {"happened_on": DAY, "requests": [{"agency": "police"}, {"agency": "cnwl"}]}
YES, NO = "Yes: our answers are below", "No: this is a nil return"
GONE = '<w:style w:type="character" w:styleId="Gone"><w:name w:val="Gone"/><w:rPr><w:strike/></w:rPr></w:style>'
ANSWERS = {"A2": "Detective Inspector", "A6": "6 March 2026", "B1": "We attended twice.\n\nChild A was seen."}


@pytest.fixture
def case(desk: Desk) -> str:
    """A case that was notified; two agencies are asked."""
    return begun(desk, "two asked", lambda: asked(desk))


def asked(desk: Desk) -> str:
    reference = notified(desk)
    desk.record("scope", reference, answers=ASKED, today=DAY)
    return reference


@pytest.fixture
def blank(desk: Desk, case: str) -> bytes:
    """The form that went out to the police."""
    return form_of(desk, case, "police")


def form_of(desk: Desk, case: str, agency: str) -> bytes:
    place = desk.home / f"forms-{case}-{agency}"

    def write() -> str:
        place.mkdir()
        words = ("render", case, "scoping-request", "--agency", agency, "--to", "docx", "--out", place)
        desk.call(*words, today=DAY, code=0)
        return case

    begun(desk, f"form of {case} for {agency}", write)
    return (place / f"{case}-return-form-{agency}.docx").read_bytes()


def answered(blank: bytes, answers: Mapping[str, str] = ANSWERS) -> bytes:
    return ticked(filled(blank, answers), YES)


def returned(
    desk: Desk, case: str, form: bytes, *more: str | Path, code: int | None = 0, name: str = "back.docx"
) -> Ran:
    words = ("agency-return", case, "--from", desk.file(form, name), "--on", BACK, *more)
    return desk.call(*words, today=BACK, code=code)


def refused(desk: Desk, case: str, form: bytes, *more: str | Path, code: int, name: str = "back.docx") -> str:
    before = desk.state()
    ran = returned(desk, case, form, *more, code=code, name=name)
    assert desk.state() == before
    assert ran.out == ""
    return ran.err


def newest(desk: Desk) -> dict[str, object]:
    record = read_plain(desk.newest().encode(), "record")
    assert isinstance(record, dict)
    return dict(record)


def kept(desk: Desk, case: str, name: str) -> bytes:
    """A file among the particulars of the newest record, without its salt."""
    shown = desk.git("rev-parse", f"refs/particulars/{case}:{desk.newest_id()}/{name}").strip()
    place = desk.home / "kept"
    desk.git("config", "alias.keep", f"!git cat-file blob {shown} > '{place}'")
    desk.git("keep")
    return place.read_bytes().partition(b"\n")[2]


def test_a_request_in_word_comes_with_the_form_and_one_in_pdf_with_both(desk: Desk, case: str) -> None:
    for to, forms in (("docx", {"docx"}), ("pdf", {"docx", "pdf"}), ("html", set()), ("md", set())):
        place = desk.home / f"as-{to}"
        place.mkdir()
        words = ("render", case, "scoping-request", "--agency", "cnwl", "--to", to, "--out", place)
        desk.call(*words, today=DAY, code=0)
        names = {path.name for path in place.iterdir()}
        assert names == {f"{case}-scoping-request-cnwl.{to}", *(f"{case}-return-form-cnwl.{one}" for one in forms)}


def test_the_form_that_went_out_is_kept_with_the_request(desk: Desk, case: str, blank: bytes) -> None:
    words = ("--agency", "police", "--to", "docx", "--record", "--sent-to", "Police", "--email", "--out", desk.home)
    desk.call("render", case, "scoping-request", *words, today=DAY, code=0)
    assert kept(desk, case, "document-2.docx") == blank
    draft = (desk.home / f"{case}-scoping-request-police.eml").read_text()
    assert f"{case}-return-form-police.docx" in draft


def test_a_form_that_came_back_is_recorded_and_kept(desk: Desk, case: str, blank: bytes) -> None:
    form = answered(blank, {**ANSWERS, "E1a": "Nobody called back.", "P1a": "Sibling C", "P1b": "Testy Fictional"})
    ran = returned(desk, case, form)
    record = newest(desk)
    assert (record["agency"], record["answer"], record["happened_on"]) == ("police", "written-here", BACK)
    assert (record["author_role"], record["signed_off_on"]) == ("Detective Inspector", "2026-03-06")
    assert record["involvement"] == "We attended twice.\n\nChild A was seen."
    assert record["episodes"] == [{"what": "Nobody called back."}]
    assert kept(desk, case, "attachment-1.docx") == form
    assert b"Testy Fictional" in kept(desk, case, "particulars.yaml")
    assert "Fictional" not in desk.newest() + desk.git("log", "-p", "main")
    assert "Recorded" in ran.out
    assert "= 2026-03-06" in ran.err
    desk.assert_sound()


def test_a_nil_return_is_an_answer(desk: Desk, case: str, blank: bytes) -> None:
    returned(desk, case, ticked(filled(blank, {"B1": "We do not know this child."}), NO))
    assert (newest(desk)["answer"], newest(desk)["involvement"]) == ("nil", "We do not know this child.")


def test_nobody_guesses_whether_it_is_a_nil_return(desk: Desk, case: str, blank: bytes) -> None:
    unclear = filled(blank, {"B1": "We do not know this child."})
    assert "does not say whether it is a nil return" in refused(desk, case, unclear, code=1)
    both = ticked(filled(blank, {"B1": "We saw Child A weekly.", "B5": "Some."}), NO)
    assert "ticked as a nil return, but" in refused(desk, case, both, code=1)
    returned(desk, case, unclear, "--answer", "nil")
    assert newest(desk)["answer"] == "nil"


def test_a_flag_that_says_otherwise_than_the_form_is_refused(desk: Desk, case: str, blank: bytes) -> None:
    said = refused(desk, case, answered(blank), "--answer", "nil", code=2)
    assert "the form given with --from: this is an answer that is written here, which contradicts --answer" in said
    nil = ticked(blank, NO)
    assert "this is a nil return, which contradicts --answer" in refused(
        desk, case, nil, "--answer", "attached", code=2
    )
    returned(desk, case, answered(blank), "--answer", "written-here")
    assert newest(desk)["answer"] == "written-here"


def test_a_relative_word_in_a_form_is_no_date(desk: Desk, case: str, blank: bytes) -> None:
    said = refused(desk, case, answered(blank, {**ANSWERS, "A6": "today"}), code=2)
    assert "A6: this is not one date; write the date itself" in said


def test_an_empty_form_is_no_answer(desk: Desk, case: str, blank: bytes) -> None:
    said = refused(desk, case, blank, code=1)
    assert "The form is empty" in said
    assert f"sptool agency-return {case} police --answer nil" in said


def test_a_form_for_another_case_is_sent_there(desk: Desk, case: str) -> None:
    other = notified(desk)
    desk.record("scope", other, answers=ASKED, today=DAY)
    form = answered(form_of(desk, other, "police"))
    said = refused(desk, case, form, code=1)
    assert "for another case" in said
    assert f"sptool agency-return {other} --from FILE" in said
    unknown = changed(form, lambda markup: markup.replace(other, "HSP-2020-K7QM3"))
    assert "not in this folder" in refused(desk, case, unknown, code=1)


def test_a_form_from_another_agency_or_for_a_closed_request_is_refused(desk: Desk, case: str, blank: bytes) -> None:
    form = answered(blank)
    before = desk.state()
    ran = desk.call("agency-return", case, "cnwl", "--from", desk.file(form, "back.docx"), today=BACK, code=1)
    assert "another agency than the one that you typed" in ran.err
    stranger = changed(form, lambda markup: markup.replace(":police", ":school"))
    assert "a request that this case does not have" in refused(desk, case, stranger, code=1)
    assert desk.state() == before
    returned(desk, case, form)
    said = refused(desk, case, form, code=1)
    assert "answered already" in said
    assert f"sptool correct {case} {desk.newest_id()}" in said


def test_without_our_line_the_agency_is_named(desk: Desk, case: str, blank: bytes) -> None:
    form = changed(answered(blank), lambda markup: markup.replace(":police", ""))
    said = refused(desk, case, form, code=1)
    assert "The line with our reference is missing" in said
    before = desk.state()
    ran = desk.call("agency-return", case, "school", "--from", desk.file(form, "b.docx"), today=BACK, code=1)
    assert "no open request" in ran.err
    assert desk.state() == before
    desk.call("agency-return", case, "police", "--from", desk.file(form, "b.docx"), "--on", BACK, today=BACK, code=0)
    assert newest(desk)["agency"] == "police"


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (b"%PDF-1.7 x", "back.docx", "this is a PDF"),
        (b"%PDF-1.7 x", "back.pdf", "this is a PDF"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 900, "back.doc", "old Word document"),
        (b"Dear colleague", "back.docx", "not a Word document"),
    ],
)
def test_what_is_no_word_file_is_refused(desk: Desk, case: str, content: bytes, name: str, says: str) -> None:
    assert says in refused(desk, case, content, code=3, name=name)


def test_a_word_file_that_is_not_our_form_is_refused(desk: Desk, case: str) -> None:
    desk.call("letterhead", "--out", desk.answers / "letter.docx", code=0)
    said = refused(desk, case, (desk.answers / "letter.docx").read_bytes(), code=3)
    assert "not one of our return forms" in said
    assert f"sptool agency-return {case} AGENCY --file FILE" in said


def test_a_missing_file_is_refused(desk: Desk, case: str) -> None:
    ran = desk.call("agency-return", case, "--from", desk.answers / "none.docx", today=BACK, code=2)
    assert "can't be read" in ran.err


def test_missing_rows_are_named_and_the_rest_is_recorded(desk: Desk, case: str, blank: bytes) -> None:
    ran = returned(desk, case, without_rows(answered(blank), "B3", "B4"))
    assert "no longer has these questions: B3, B4" in ran.err
    assert newest(desk)["involvement"] == ANSWERS["B1"]


def test_what_cannot_be_placed_stops_the_recording_and_is_never_repeated_as_an_error(
    desk: Desk, case: str, blank: bytes
) -> None:
    form = with_text_below(answered(blank), "CANARY below")
    said = refused(desk, case, form, code=2)
    assert "in the text below N1: it belongs to no question" in said
    assert "--to-yaml FILE" in said
    assert "CANARY" not in said


@pytest.mark.parametrize(
    "look", ["<w:strike/>", "<w:dstrike/>", "<w:vanish/>", '<w:color w:val="FFFFFF"/>', '<w:rStyle w:val="Gone"/>']
)
def test_what_is_struck_out_or_hidden_is_never_recorded_unasked(desk: Desk, case: str, blank: bytes, look: str) -> None:
    form = with_style(answered(blank, {**ANSWERS, "B5": "CANARY rang."}), GONE)
    said = refused(desk, case, looking(form, "CANARY ", look), code=2)
    assert re.search(r"^at B5: it is (struck out|hidden|written in the colour)", said, re.MULTILINE)
    assert "CANARY" not in said
    returned(desk, case, looking(form, "CANARY ", look), "--to-yaml", place := desk.answers / "understood.yaml")
    text = place.read_text("utf-8")
    assert "gaps: rang." in text
    assert "CANARY" in text.partition("unplaced:")[2]


def test_a_choice_that_is_marked_otherwise_than_by_a_tick_stops_the_recording(
    desk: Desk, case: str, blank: bytes
) -> None:
    form = filled(blank, ANSWERS)
    said = refused(desk, case, looking(form, NO, '<w:highlight w:val="yellow"/>'), code=2)
    assert "at A1: nothing is ticked, but one choice is highlighted" in said
    struck = looking(form, YES, "<w:strike/>")
    assert "at A1: nothing is ticked, and every other choice is struck out" in refused(desk, case, struck, code=2)
    returned(desk, case, struck, "--to-yaml", place := desk.answers / "understood.yaml")
    assert "answer: ''" in place.read_text("utf-8")
    assert f"text: '{NO}'" in place.read_text("utf-8")


def test_what_tracked_changes_took_back_is_told_and_does_not_stop_the_recording(
    desk: Desk, case: str, blank: bytes
) -> None:
    taken = run("We attended ") + "<w:del><w:r><w:delText>once.</w:delText></w:r></w:del>" + run("twice.")
    form = replaced(answered(blank), "We attended twice.", taken)
    ran = returned(desk, case, form, "--to-yaml", place := desk.answers / "understood.yaml")
    assert "#   at B1: once." in place.read_text("utf-8")
    ran = returned(desk, case, form)
    assert "tracked changes" in ran.err
    assert "at B1: once." in ran.err
    assert newest(desk)["involvement"] == ANSWERS["B1"]


def test_what_was_understood_can_be_corrected_as_yaml(desk: Desk, case: str, blank: bytes) -> None:
    form = with_text_below(answered(blank, {**ANSWERS, "A6": "in March"}), "One more thing.")
    before = desk.state()
    place = desk.answers / "understood.yaml"
    ran = returned(desk, case, form, "--to-yaml", place)
    assert desk.state() == before
    assert f"sptool agency-return {case} --from {place} --file FORM" in ran.err
    if os.name == "posix":
        assert stat.S_IMODE(place.stat().st_mode) == 0o600
    text = place.read_text("utf-8")
    assert "One more thing." in text
    said = desk.call("agency-return", case, "--from", place, "--on", BACK, today=BACK, code=2).err
    assert "`unplaced`" in said
    assert desk.state() == before
    settled = text.split("unplaced:")[0] + "signed_off_on: 2026-03-06\ngood_practice: One more thing.\n"
    words = ("agency-return", case, "--from", desk.file(settled), "--on", BACK, "--file", desk.file(form, "back.docx"))
    desk.call(*words, today=BACK, code=0)
    assert (newest(desk)["agency"], newest(desk)["good_practice"]) == ("police", "One more thing.")
    assert newest(desk)["answer"] == "written-here"
    assert kept(desk, case, "attachment-1.docx") == form


def test_what_was_understood_is_not_written_among_the_records(desk: Desk, case: str, blank: bytes) -> None:
    said = refused(desk, case, answered(blank), "--to-yaml", desk.folder / "x.yaml", code=2)
    assert "among the records" in said
    assert "--to-yaml needs the form" in refused(
        desk, case, b"agency: police\n", "--to-yaml", "x", code=2, name="a.yaml"
    )


def test_names_that_the_form_or_the_case_holds_stop_the_recording(desk: Desk, case: str, blank: bytes) -> None:
    named = {**ANSWERS, "B1": "Testy was seen.", "P1a": "Sibling C", "P1b": "Testy Fictional"}
    said = refused(desk, case, answered(blank, named), code=2)
    assert "involvement: line 1, word 1 identifies somebody" in said
    assert "write Sibling C instead" in said
    assert "Testy" not in said.partition("identifies")[2]
    assert "add --to-yaml FILE" in said
    returned(desk, case, answered(blank, named), "--not-a-name", "involvement:1:1")
    assert newest(desk)["involvement"] == "Testy was seen."


def test_a_form_in_yaml_has_the_line_too(desk: Desk, case: str) -> None:
    form = desk.call("form", "agency-return", case, "--agency", "police", today=DAY, code=0).out
    assert f"# Please leave this line as it is: {case} / " in form
    filled_in = form.replace("\nhappened_on:", f"\nhappened_on: {BACK}").replace("\nanswer:", "\nanswer: nil")
    other = notified(desk)
    desk.record("scope", other, answers=ASKED, today=DAY)
    assert "for another case" in refused(desk, other, filled_in.encode(), code=1, name="a.yaml")
    returned(desk, case, filled_in.encode(), name="a.yaml")
    assert newest(desk)["agency"] == "police"
    refusal = desk.call("form", "agency-return", case, "--agency", "police", today=DAY, code=2)
    assert "no open request" in refusal.err


def test_a_dry_run_shows_and_records_nothing(desk: Desk, case: str, blank: bytes) -> None:
    before = desk.state()
    ran = returned(desk, case, answered(blank), "--dry-run")
    assert "Would record" in ran.out
    assert desk.state() == before
