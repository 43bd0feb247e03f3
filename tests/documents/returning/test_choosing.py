"""A choice that is marked otherwise than by a tick is never guessed: it is shown, and asked about."""

from __future__ import annotations

import pytest

from sptool.documents.returning.reading import DELETED
from sptool.documents.returning.understanding import as_answers
from tests.documents.returning.conftest import read_back
from tests.documents.returning.filling import changed, filled, looking, replaced, row_changed, run, ticked

YES, NO = "Yes: our answers are below", "No: this is a nil return"
SPACE = "\N{NO-BREAK SPACE}"
PEN = '<w:highlight w:val="yellow"/>'
STRIKE = "<w:strike/>"


def asked(form: bytes, blank: bytes) -> list[tuple[str, str, str, bool]]:
    """What is asked about, where nothing is recorded."""
    back = read_back(form, blank)
    assert back.placed == ()
    assert all(one.place == f"at {one.near}" for one in back.unplaced)
    return [(one.near, one.text, one.why, one.picks) for one in back.unplaced]


@pytest.mark.parametrize(
    ("look", "how"),
    [
        (PEN, "highlighted"),
        ('<w:shd w:val="clear" w:fill="FFFF00"/>', "highlighted"),
        ("<w:b/>", "in bold"),
        ("<w:i/>", "in italics"),
        ('<w:u w:val="single"/>', "underlined"),
        ('<w:color w:val="FF0000"/>', "in another colour"),
        ('<w:bdr w:val="single" w:sz="4"/>', "framed"),
        ("<w:caps/>", "in capitals"),
        ('<w:sz w:val="36"/>', "in another size"),
        ('<w:em w:val="dot"/>', "marked letter by letter"),
        ('<w:effect w:val="antsRed"/>', "framed"),
        ("<w:shadow/>", "with an effect"),
        (f"<w:b/>{PEN}", "highlighted and in bold"),
    ],
)
@pytest.mark.parametrize("text", [YES, "our answers", f"☐{SPACE}{YES}"])
def test_a_choice_that_is_set_off_is_asked_about(blank: bytes, text: str, look: str, how: str) -> None:
    found = asked(looking(blank, text, look), blank)
    assert found == [("A1", YES, f"nothing is ticked, but one choice is {how}", True)]


def test_so_is_one_of_the_partnerships_own(blank: bytes) -> None:
    found = asked(looking(blank, "At school", PEN), blank)
    assert found == [("L2", "At school", "nothing is ticked, but one choice is highlighted", True)]


@pytest.mark.parametrize(
    ("struck", "text", "why"),
    [
        ([NO], YES, "nothing is ticked, and every other choice is struck out"),
        ([f" · ☐{SPACE}{NO}"], YES, "nothing is ticked, and every other choice is struck out"),
        (["a nil return"], YES, "nothing is ticked, and every other choice is struck out"),
        ([YES, NO], f"{YES} · {NO}", "nothing is ticked, and every choice is struck out"),
    ],
)
def test_a_choice_whose_others_are_struck_out_is_asked_about(
    blank: bytes, struck: list[str], text: str, why: str
) -> None:
    form = blank
    for one in struck:
        form = looking(form, one, STRIKE)
    assert asked(form, blank)[0] == ("A1", text, why, True)


def test_a_mark_on_what_is_struck_out_is_none(blank: bytes) -> None:
    form = looking(blank, NO, f'{STRIKE}<w:color w:val="FF0000"/>')
    assert asked(form, blank) == [("A1", YES, "nothing is ticked, and every other choice is struck out", True)]


def test_a_mark_that_all_choices_have_or_that_the_blank_has_is_none(blank: bytes) -> None:
    assert asked(looking(looking(blank, YES, PEN), NO, PEN), blank) == []
    ours = looking(blank, YES, "<w:b/>")
    assert asked(ours, ours) == []
    assert [one[1] for one in asked(looking(ours, NO, PEN), ours)] == [NO]


def test_a_tick_and_a_mark_that_agree_are_an_answer(blank: bytes) -> None:
    form = ticked(blank, YES)
    for same in (form, looking(form, YES, PEN), looking(form, NO, STRIKE), looking(form, NO, f"{STRIKE}<w:b/>")):
        back = read_back(same, blank)
        assert (as_answers(back.placed), back.unplaced) == ({"answer": "written-here"}, ())


def test_a_tick_and_a_mark_that_disagree_are_asked_about(blank: bytes) -> None:
    form = ticked(blank, YES)
    assert asked(looking(form, NO, PEN), blank) == [
        ("A1", NO, "one choice is ticked, but another is highlighted", True)
    ]
    assert asked(looking(form, YES, STRIKE), blank)[0][0::3] == ("A1", True)
    both = ticked(form, NO)
    assert asked(looking(both, YES, STRIKE), blank) == [
        ("A1", YES, "more than one box is ticked, and what stands at one is struck out", True)
    ]


def test_words_beside_choices_that_are_marked_or_struck_out_are_shown_too(blank: bytes) -> None:
    form = filled(blank, {"A1": f"☐ {YES} · ☐ {NO} since 2019 perhaps"})
    form = looking(looking(form, "perhaps", STRIKE), YES, PEN)
    assert asked(form, blank) == [
        ("A1", YES, "nothing is ticked, but one choice is highlighted", True),
        ("A1", "since 2019", "it is written beside the boxes", False),
        ("A1", "perhaps", "it is struck out", False),
    ]


def test_a_word_that_is_struck_out_beside_a_tick_is_shown(blank: bytes) -> None:
    form = looking(filled(blank, {"A1": f"☒ {YES} · ☐ {NO} since 2019"}), " since 2019", STRIKE)
    back = read_back(form, blank)
    assert as_answers(back.placed) == {"answer": "written-here"}
    assert [(one.text, one.why, one.gone) for one in back.unplaced] == [("since 2019", "it is struck out", True)]


def test_a_choice_that_is_struck_out_is_not_said_by_the_word_that_is_left(blank: bytes) -> None:
    form = looking(filled(blank, {"L2": "At home / At school"}), "At school", STRIKE)
    assert asked(form, blank) == [("L2", "At home", "nothing is ticked, and every other choice is struck out", True)]


@pytest.mark.parametrize(("said", "meant"), [("Yes", "yes"), ("No", "no"), ("no", "no")])
def test_a_choice_that_stands_there_alone_is_the_answer(blank: bytes, said: str, meant: str) -> None:
    back = read_back(filled(blank, {"L1": said}), blank)
    assert (as_answers(back.placed), back.unplaced) == ({"local": {"early-help": meant}}, ())


def test_a_picture_at_the_boxes_is_asked_about(blank: bytes) -> None:
    circle = "<w:r><w:pict><v:oval/></w:pict></w:r>"
    form = row_changed(blank, "A1", lambda row: row.replace("</w:p></w:tc></w:tr>", f"{circle}</w:p></w:tc></w:tr>"))
    assert [(one[0], one[1]) for one in asked(form, blank)] == [("A1", "(a picture or a drawing)")]


def test_a_choice_that_tracked_changes_took_back_is_told(blank: bytes) -> None:
    text = f"☐{SPACE}{YES} · ☐{SPACE}{NO}"
    taken = f"<w:del><w:r><w:delText> · ☐{SPACE}{NO}</w:delText></w:r></w:del>"
    form = replaced(blank, text, run(f"☐{SPACE}{YES}") + taken)
    back = read_back(form, blank)
    assert back.placed == ()
    assert [(one.near, one.picks) for one in back.unplaced] == [("A1", True)]
    assert [(one.place, one.text) for one in back.taken_back] == [("at A1", f"· ☐ {NO}")]
    assert back.notices == (DELETED,)


@pytest.mark.parametrize(("letter", "font"), [("\u00fe", "Wingdings"), ("\uf0fe", ""), ("R", "Wingdings 2")])
def test_a_tick_of_a_symbol_font_is_one(blank: bytes, letter: str, font: str) -> None:
    look = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}"/>' if font else ""
    text = f"☐{SPACE}{YES} · ☐{SPACE}{NO}"
    form = replaced(blank, text, run(letter, look) + run(f" {YES} · ☐{SPACE}{NO}"))
    assert as_answers(read_back(form, blank).placed) == {"answer": "written-here"}


def test_a_cell_that_is_shaded_is_no_choice_but_one_of_several_is(blank: bytes) -> None:
    shade = '<w:tcPr><w:shd w:val="clear" w:fill="FFFF00"/></w:tcPr>'
    whole = row_changed(blank, "A1", lambda row: row.replace("<w:tcPr />", shade))
    assert asked(whole, blank) == []
    one, two = run(f"☐{SPACE}{YES}"), run(f"☐{SPACE}{NO}")
    text = run(f"☐{SPACE}{YES} · ☐{SPACE}{NO}")
    parts = changed(blank, lambda markup: markup.replace(text, f"{one}</w:p></w:tc><w:tc>{shade}<w:p>{two}"))
    assert asked(parts, blank) == [("A1", NO, "nothing is ticked, but one choice is highlighted", True)]
