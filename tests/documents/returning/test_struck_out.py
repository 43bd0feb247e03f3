"""What a reader of the page does not take for said is no answer: struck out, hidden, deleted, not on the page."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sptool.documents.returning.reading import DELETED
from sptool.documents.returning.understanding import as_answers
from sptool.text.plain import Plain
from tests.documents.returning.conftest import read_back
from tests.documents.returning.filling import (
    changed,
    filled,
    looking,
    paragraphs,
    replaced,
    row_changed,
    run,
    ticked,
    with_style,
    with_text_below,
)

WORDS = "Nobody rang."
KEPT: dict[str, Plain] = {"involvement": "We attended twice."}
ANSWERS = {"B1": "We attended twice.", "B5": WORDS}
STYLED = '<w:style w:type="{0}" w:styleId="{1}"><w:name w:val="{1}"/>{2}<w:rPr>{3}</w:rPr></w:style>'


def style(kind: str, name: str, look: str, more: str = "") -> str:
    return STYLED.format(kind, name, more, look)


def based(on: str) -> str:
    return f'<w:basedOn w:val="{on}"/>'


def in_paragraph(form: bytes, properties: str) -> bytes:
    """The form with the answer's paragraph formatted."""
    return changed(
        form, lambda markup: markup.replace(f"<w:p>{run(WORDS)}", f"<w:p><w:pPr>{properties}</w:pPr>{run(WORDS)}")
    )


def left(form: bytes, blank: bytes) -> list[tuple[str, str, str]]:
    back = read_back(form, blank)
    assert as_answers(back.placed) == KEPT
    assert all(one.gone for one in back.unplaced)
    return [(one.place, one.text, one.why) for one in back.unplaced]


@pytest.fixture
def form(blank: bytes) -> bytes:
    return filled(blank, ANSWERS)


@pytest.mark.parametrize(
    ("look", "why"),
    [
        ("<w:strike/>", "struck out"),
        ('<w:strike w:val="true"/>', "struck out"),
        ('<w:strike w:val="on"/>', "struck out"),
        ("<w:dstrike/>", "struck out"),
        ("<w:vanish/>", "hidden"),
        ("<w:webHidden/>", "hidden"),
        ("<w:specVanish/>", "hidden"),
        ('<w:color w:val="FFFFFF"/>', "colour of what lies behind"),
        ('<w:color w:val="fefefe"/>', "colour of what lies behind"),
        ('<w:color w:themeColor="background1"/>', "colour of what lies behind"),
        ('<w:color w:val="FFFF00"/><w:highlight w:val="yellow"/>', "colour of what lies behind"),
        ('<w:color w:val="DCE6F0"/><w:shd w:val="clear" w:fill="DCE6F0"/>', "colour of what lies behind"),
        ('<w:color w:val="000000"/><w:shd w:val="solid" w:color="000000"/>', "colour of what lies behind"),
        ('<w:highlight w:val="black"/>', "colour of what lies behind"),
        ("<w14:textFill><w14:noFill/></w14:textFill>", "colour of what lies behind"),
        (
            '<w14:textFill><w14:solidFill><w14:srgbClr w14:val="FFFFFF"/></w14:solidFill></w14:textFill>',
            "colour of what lies behind",
        ),
        (
            '<w14:textFill><w14:solidFill><w14:srgbClr w14:val="FF0000"><w14:alpha w14:val="100000"/></w14:srgbClr>'
            "</w14:solidFill></w14:textFill>",
            "colour of what lies behind",
        ),
        ('<w:sz w:val="2"/>', "too small"),
    ],
)
def test_what_a_run_says_is_gone_is_no_answer(form: bytes, blank: bytes, look: str, why: str) -> None:
    (one,) = left(looking(named(form), WORDS, look), blank)
    assert one[:2] == ("at B5", WORDS)
    assert why in one[2]


def named(form: bytes) -> bytes:
    """The form with the namespace of newer formatting."""
    return changed(form, lambda markup: markup.replace("<w:document ", '<w:document xmlns:w14="w14" ', 1))


@pytest.mark.parametrize(
    "look",
    [
        '<w:strike w:val="0"/>',
        '<w:strike w:val="false"/>',
        '<w:dstrike w:val="off"/>',
        '<w:vanish w:val="0"/><w:specVanish w:val="false"/><w:webHidden w:val="off"/>',
        '<w:color w:val="auto"/>',
        '<w:color w:val="C0C0C0"/>',
        '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="1F3864"/>',
        '<w:color w:val="FFFFFF"/><w:highlight w:val="darkBlue"/>',
        '<w:color w:val="FF0000"/><w:highlight w:val="yellow"/>',
        '<w:sz w:val="16"/>',
        '<w:rPrChange w:id="1" w:author="A"><w:rPr><w:strike/><w:vanish/></w:rPr></w:rPrChange>',
        "<w14:textFill><w14:solidFill><w14:srgbClr w14:val='FF0000'/></w14:solidFill></w14:textFill>",
    ],
)
def test_what_only_looks_otherwise_is_an_answer_like_any(form: bytes, blank: bytes, look: str) -> None:
    back = read_back(looking(named(form), WORDS, look), blank)
    assert as_answers(back.placed) == {**KEPT, "gaps": WORDS}
    assert back.unplaced == ()


@pytest.mark.parametrize("look", ["<w:strike/>", "<w:vanish/>", '<w:color w:val="FFFFFF"/>'])
@pytest.mark.parametrize(
    ("own", "paragraph", "styles"),
    [
        ('<w:rStyle w:val="Gone"/>', "", [("character", "Gone", "", True)]),
        (
            '<w:rStyle w:val="Gone"/>',
            "",
            [("character", "Gone", based("Below"), False), ("character", "Below", "", True)],
        ),
        ("", '<w:pStyle w:val="Gone"/>', [("paragraph", "Gone", based("Compact"), True)]),
        (
            "",
            '<w:pStyle w:val="Gone"/>',
            [("paragraph", "Gone", based("Below"), False), ("paragraph", "Below", "", True)],
        ),
        (
            "",
            '<w:pStyle w:val="Gone"/>',
            [
                ("paragraph", "Gone", '<w:link w:val="GoneChar"/>', True),
                ("character", "GoneChar", '<w:link w:val="Gone"/>', False),
            ],
        ),
        (
            '<w:rStyle w:val="Turned"/>',
            "",
            [("character", "Turned", based("Round"), False), ("character", "Round", based("Turned"), True)],
        ),
    ],
)
def test_what_a_style_says_counts(
    form: bytes,
    blank: bytes,
    look: str,
    own: str,
    paragraph: str,
    styles: list[tuple[str, str, str, bool]],
) -> None:
    for kind, name, more, has in styles:
        form = with_style(form, style(kind, name, look if has else "", more))
    form = in_paragraph(form, paragraph) if paragraph else looking(form, WORDS, own)
    assert [one[:2] for one in left(form, blank)] == [("at B5", WORDS)]


def test_of_a_style_and_what_stands_in_the_run_the_run_counts(form: bytes, blank: bytes) -> None:
    form = with_style(form, style("character", "Gone", '<w:strike/><w:vanish/><w:color w:val="FFFFFF"/>'))
    shown = '<w:rStyle w:val="Gone"/><w:strike w:val="0"/><w:vanish w:val="0"/><w:color w:val="000000"/>'
    assert as_answers(read_back(looking(form, WORDS, shown), blank).placed) == {**KEPT, "gaps": WORDS}


@pytest.mark.parametrize(("line", "gone"), [('w:line="20" w:lineRule="exact"', True), ('w:line="20"', False)])
def test_words_in_a_line_without_height_are_not_on_the_page(form: bytes, blank: bytes, line: str, gone: bool) -> None:
    back = read_back(in_paragraph(form, f"<w:spacing {line}/>"), blank)
    assert [(one.place, "too low" in one.why) for one in back.unplaced] == [("at B5", True)][: int(gone)]
    assert as_answers(back.placed) == {**KEPT, **({} if gone else {"gaps": WORDS})}


def test_how_the_end_of_a_paragraph_looks_says_nothing_of_its_words(form: bytes, blank: bytes) -> None:
    form = in_paragraph(form, "<w:rPr><w:strike/><w:vanish/></w:rPr>")
    assert as_answers(read_back(form, blank).placed) == {**KEPT, "gaps": WORDS}


def test_what_two_styles_turn_on_is_off_again(form: bytes, blank: bytes) -> None:
    form = with_style(form, style("paragraph", "One", "<w:strike/>") + style("character", "Two", "<w:strike/>"))
    form = in_paragraph(form, '<w:pStyle w:val="One"/>')
    assert [one[1] for one in left(form, blank)] == [WORDS]
    form = looking(form, WORDS, '<w:rStyle w:val="Two"/>')
    assert as_answers(read_back(form, blank).placed) == {**KEPT, "gaps": WORDS}


def test_what_all_text_has_is_gone_unless_the_run_says_otherwise(blank: bytes) -> None:
    struck = changed(
        filled(blank, {"B1": "One.", "B5": "Two."}),
        lambda markup: markup.replace("<w:rPrDefault><w:rPr>", "<w:rPrDefault><w:rPr><w:strike/>"),
        "word/styles.xml",
    )
    back = read_back(looking(struck, "One.", '<w:strike w:val="0"/>'), blank)
    assert as_answers(back.placed) == {"involvement": "One."}
    assert {"Two."} < {one.text for one in back.unplaced}


@pytest.mark.parametrize(
    ("part", "look", "gone"),
    [
        ("", "<w:strike/>", True),
        ("firstRow", "<w:strike/>", False),
        ("lastCol", "<w:vanish/>", True),
        ("firstCol", "<w:strike/>", False),
        ("band1Horz", "<w:strike/>", True),
        ("band2Horz", "<w:strike/>", False),
    ],
)
def test_what_a_tables_style_says_of_a_cell_counts(blank: bytes, part: str, look: str, gone: bool) -> None:
    inner = f"<w:rPr>{look}</w:rPr>"
    inner = f'<w:tblStylePr w:type="{part}">{inner}</w:tblStylePr>' if part else inner
    form = with_style(
        filled(blank, {"B1": WORDS}), f'<w:style w:type="table" w:styleId="T">{based("Table")}{inner}</w:style>'
    )
    asks = 'w:firstRow="1" w:lastRow="0" w:firstColumn="1" w:lastColumn="{}" w:noHBand="{}" w:noVBand="1"'
    asks = asks.format(int(part == "lastCol"), int(not part.startswith("band")))

    def restyled(markup: str) -> str:
        tables = markup.split("<w:tbl>")
        at = next(number for number, table in enumerate(tables) if ">B1</w:t>" in table)
        head, _, rest = tables[at].partition("<w:tblLook ")
        head = head.replace('<w:tblStyle w:val="Table" />', '<w:tblStyle w:val="T"/>')
        tables[at] = f"{head}<w:tblLook {asks}/>{rest.partition('/>')[2]}"
        return "<w:tbl>".join(tables)

    back = read_back(changed(form, restyled), blank)
    assert ("involvement" in as_answers(back.placed)) is not gone
    assert (WORDS in {one.text for one in back.unplaced}) is gone


def test_white_words_on_a_dark_cell_are_seen_and_dark_ones_are_not(form: bytes, blank: bytes) -> None:
    dark = row_changed(
        form, "B5", lambda row: row.replace("<w:tcPr />", '<w:tcPr><w:shd w:val="clear" w:fill="1F3864"/></w:tcPr>')
    )
    white = looking(dark, WORDS, '<w:color w:val="FFFFFF"/>')
    assert as_answers(read_back(white, blank).placed) == {**KEPT, "gaps": WORDS}
    assert [one[1] for one in left(looking(dark, WORDS, '<w:color w:val="1F3864"/>'), blank)] == [WORDS]
    shaded = in_paragraph(form, '<w:shd w:val="clear" w:fill="1F3864"/>')
    shaded = looking(shaded, WORDS, '<w:color w:val="FFFFFF"/>')
    assert as_answers(read_back(shaded, blank).placed) == {**KEPT, "gaps": WORDS}


def test_of_an_answer_a_part_of_which_is_struck_out_the_rest_is_placed(blank: bytes) -> None:
    form = filled(blank, {"B1": "We attended once or twice.\nWe left.\nWe came back.", "A6": "5th March 2026"})
    form = looking(form, "once or ", "<w:strike/>")
    form = looking(looking(form, "We left.", "<w:strike/>"), "5th", "<w:dstrike/>")
    back = read_back(form, blank)
    assert as_answers(back.placed) == {"involvement": "We attended twice.\nWe came back."}
    assert [(one.place, one.text, one.gone) for one in back.unplaced] == [
        ("at A6", "March 2026", False),
        ("at A6", "5th", True),
        ("at B1", "once or\nWe left.", True),
    ]


words = st.text("abc .", min_size=1, max_size=8).filter(str.strip)


@given(parts=st.lists(st.tuples(words, st.sampled_from(["", "<w:strike/>", "<w:vanish/>", "<w:b/>"])), min_size=1))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_letter_is_placed_or_shown(form: bytes, blank: bytes, parts: list[tuple[str, str]]) -> None:
    gone = ("<w:strike/>", "<w:vanish/>")
    back = read_back(replaced(form, WORDS, "".join(run(text, look) for text, look in parts)), blank)
    assert bare(str(as_answers(back.placed).get("gaps", ""))) == bare(
        *(text for text, look in parts if look not in gone)
    )
    assert sorted(bare(*(one.text for one in back.unplaced))) == sorted(bare(*(t for t, look in parts if look in gone)))


def bare(*texts: str) -> str:
    return "".join("".join(texts).split())


def test_words_struck_out_below_the_tables_in_a_comment_and_in_our_own_text_are_shown(blank: bytes) -> None:
    form = looking(with_text_below(blank, "Old words. New words."), "Old words.", "<w:strike/>")
    form = looking(form, "What were the gaps?", "<w:strike/>")
    box = f"<w:r><w:pict><w:txbxContent>{paragraphs('In a box')}</w:txbxContent></w:pict></w:r>"
    form = looking(changed(form, lambda markup: markup.replace("</w:p>", f"{box}</w:p>", 1)), "In a box", "<w:vanish/>")
    assert {(one.place, one.text, one.gone) for one in read_back(form, blank).unplaced} == {
        ("in the question's own box at B5", "What were the gaps?", True),
        ("in the text below N1", "Old words.", True),
        ("in the text below N1", "New words.", False),
        ("in a text box", "In a box", True),
    }


def test_what_the_blank_form_strikes_out_itself_is_not_the_agencys_doing(form: bytes, blank: bytes) -> None:
    def struck(word: bytes) -> bytes:
        return looking(word, "Save the form as a Word document", "<w:strike/>")

    assert read_back(struck(form), struck(blank)).unplaced == ()
    assert [one.text for one in read_back(struck(form), blank).unplaced] == ["Save the form as a Word document"]


DELETED_ROW = '<w:trPr><w:del w:id="9" w:author="A" w:date="2026-03-01T00:00:00Z"/>'


def test_a_row_or_a_cell_that_tracked_changes_deleted_is_no_answer(form: bytes, blank: bytes) -> None:
    gone = row_changed(form, "B5", lambda row: row.replace("<w:trPr>", DELETED_ROW, 1))
    (one,) = left(gone, blank)
    assert one[:2] == ("at B5", WORDS)
    assert read_back(gone, blank).missing == ("B5",)
    cell = row_changed(
        form, "B5", lambda row: row.replace("<w:tcPr />", '<w:tcPr><w:cellDel w:id="9" w:author="A"/></w:tcPr>')
    )
    assert [one[:2] for one in left(cell, blank)] == [("at B5", WORDS)]


def test_words_that_tracked_changes_took_back_are_told_with_their_place(form: bytes, blank: bytes) -> None:
    def taken(text: str) -> str:
        return f'<w:del w:id="1" w:author="A"><w:r><w:delText xml:space="preserve">{text}</w:delText></w:r></w:del>'

    added = f'<w:ins w:id="2" w:author="A">{run("twice.")}</w:ins>'
    form = replaced(form, "We attended twice.", f"{run('We attended ')}{taken('once.')}{added}")
    row = row_changed(replaced(form, WORDS, taken(WORDS)), "B5", lambda row: row.replace("<w:trPr>", DELETED_ROW, 1))
    back = read_back(row, blank)
    assert as_answers(back.placed) == KEPT
    assert back.unplaced == ()
    assert [(one.place, one.text) for one in back.taken_back] == [("at B1", "once."), ("at B5", WORDS)]
    assert back.notices == (DELETED,)


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next(blank: bytes) -> None:
    form = filled(blank, {"B5": "No\nbody rang."})
    mark = '<w:p><w:pPr><w:rPr><w:del w:id="1" w:author="A"/></w:rPr></w:pPr>'
    joined = changed(form, lambda markup: markup.replace(f"<w:p>{run('No')}", f"{mark}{run('No')}"))
    assert as_answers(read_back(joined, blank).placed) == {"gaps": WORDS}


def test_words_moved_within_the_form_stand_where_they_were_moved_to(form: bytes, blank: bytes) -> None:
    away = f'<w:moveFrom w:id="1" w:author="A">{run(WORDS)}</w:moveFrom>'
    here = f'<w:moveTo w:id="2" w:author="A">{run(WORDS)}</w:moveTo>'
    moved = replaced(replaced(form, WORDS, away), "We attended twice.", here)
    assert as_answers(read_back(moved, blank).placed) == {"involvement": WORDS}


STRUCK: list[Callable[[bytes], bytes]] = [
    lambda form: looking(form, WORDS, "<w:strike/>"),
    lambda form: looking(form, WORDS, "<w:dstrike/>"),
    lambda form: looking(form, WORDS, "<w:vanish/>"),
    lambda form: looking(form, WORDS, '<w:color w:val="FFFFFF"/>'),
    lambda form: looking(with_style(form, style("character", "G", "<w:strike/>")), WORDS, '<w:rStyle w:val="G"/>'),
    lambda form: in_paragraph(with_style(form, style("paragraph", "G", "<w:strike/>")), '<w:pStyle w:val="G"/>'),
]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_what_is_struck_out_stays_so_when_libreoffice_saved_it(form: bytes, blank: bytes, tmp_path: Path) -> None:
    for number, strike in enumerate(STRUCK):
        (tmp_path / f"{number}.docx").write_bytes(strike(form))
    marked = looking(form, "Yes: our answers are below", '<w:highlight w:val="yellow"/>')
    (tmp_path / "marked.docx").write_bytes(marked)
    for ending, start, into in (("odt", "docx", "a"), ("docx", "odt", "b")):
        home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
        command = ["soffice", home, "--headless", "--convert-to", ending, "--outdir", str(tmp_path / into)]
        files = sorted((tmp_path if into == "a" else tmp_path / "a").glob(f"*.{start}"))
        subprocess.run([*command, *map(str, files)], check=True, capture_output=True, timeout=240)
    for number in range(len(STRUCK)):
        assert [one[:2] for one in left((tmp_path / "b" / f"{number}.docx").read_bytes(), blank)] == [("at B5", WORDS)]
    back = read_back((tmp_path / "b" / "marked.docx").read_bytes(), blank)
    assert [(one.place, one.why) for one in back.unplaced] == [
        ("at A1", "nothing is ticked, but one choice is highlighted")
    ]


def test_a_tick_that_is_struck_out_is_none(blank: bytes) -> None:
    form = ticked(blank, "Yes: our answers are below")
    back = read_back(looking(form, "☒", "<w:strike/>"), blank)
    assert back.placed == ()
    assert [one.picks for one in back.unplaced] == [True]
