"""What the page shows is the answer, however it is made; what only the file holds is none: fields, boxes, drawings."""

from __future__ import annotations

import pytest

from sptool.documents.returning.understanding import as_answers
from tests.documents.returning.conftest import read_back
from tests.documents.returning.filling import changed, paragraphs, replaced, row_changed, run
from tests.documents.returning.test_struck_out import KEPT, WORDS, form, left

__all__ = ["form"]


def field(code: str, result: str) -> str:
    def mark(what: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{what}"/></w:r>'

    return (
        mark("begin")
        + f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
        + f"{mark('separate')}{result}{mark('end')}"
    )


NESTED = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> IF </w:instrText></w:r>'
    + field("MERGEFIELD x", run("in the code"))
    + f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(WORDS)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
SHOWN = f'<w:sdt><w:sdtPr><w:showingPlcHdr w:val="0"/></w:sdtPr><w:sdtContent>{run(WORDS)}</w:sdtContent></w:sdt>'
TWICE = (
    '<mc:AlternateContent xmlns:mc="mc"><mc:Choice Requires="wps">{}</mc:Choice>'
    "<mc:Fallback>{}</mc:Fallback></mc:AlternateContent>"
)


@pytest.mark.parametrize(
    ("markup", "said"),
    [
        (field("HYPERLINK http://example.invalid", run(WORDS)), WORDS),
        (f'<w:fldSimple w:instr=" AUTHOR ">{run(WORDS)}</w:fldSimple>', WORDS),
        (f'<w:hyperlink r:id="rId1">{run(WORDS)}</w:hyperlink>', WORDS),
        (f"<w:smartTag><w:customXml>{run(WORDS)}</w:customXml></w:smartTag>", WORDS),
        (SHOWN, WORDS),
        (TWICE.format(run(WORDS), run(WORDS)), WORDS),
        (f'<w:ins w:id="1" w:author="A">{run(WORDS)}</w:ins>', WORDS),
        (run("10") + run("2", '<w:vertAlign w:val="superscript"/>') + run(" m"), "10² m"),
        (
            f"<w:r><w:ruby><w:rubyPr/><w:rt>{run('small')}</w:rt><w:rubyBase>{run('Large')}</w:rubyBase></w:ruby></w:r>",
            "Large (small)",
        ),
    ],
)
def test_what_the_page_shows_is_the_answer(form: bytes, blank: bytes, markup: str, said: str) -> None:
    back = read_back(replaced(form, WORDS, markup), blank)
    assert as_answers(back.placed) == {**KEPT, "gaps": said}
    assert back.unplaced == ()


@pytest.mark.parametrize(
    ("markup", "said", "shown", "why"),
    [
        (NESTED, WORDS, "in the code", "hidden"),
        (field(r'DATE \@ "d MMMM yyyy"', run("5 March 2026")), "", "5 March 2026", "changes whenever"),
        (f'<w:fldSimple w:instr="TIME">{run("5 March 2026")}</w:fldSimple>', "", "5 March 2026", "changes whenever"),
        (SHOWN.replace(' w:val="0"', ""), "", WORDS, "empty field"),
        (TWICE.format(run("Now."), run("Then.")), "Now.", "Then.", "some programs"),
        (TWICE.format("", run("Then.")), "", "Then.", "some programs"),
        (
            "<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>",
            "",
            "12",
            "formula",
        ),
        ("<w:r><w:drawing><a:blip/></w:drawing></w:r>", "", "(a picture or a drawing)", "can't be read"),
        ("<w:r><w:pict><v:oval/></w:pict></w:r>", "", "(a picture or a drawing)", "can't be read"),
    ],
)
def test_what_the_page_does_not_show_so_is_shown_as_not_placed(
    form: bytes, blank: bytes, markup: str, said: str, shown: str, why: str
) -> None:
    back = read_back(replaced(form, WORDS, markup), blank)
    assert as_answers(back.placed) == {**KEPT, **({"gaps": said} if said else {})}
    (one,) = back.unplaced
    assert (one.place, one.text, one.gone) == ("at B5", shown, True)
    assert why in one.why


def test_a_file_or_a_picture_in_an_answer_is_asked_about(form: bytes, blank: bytes) -> None:
    chunk = row_changed(form, "B5", lambda row: row.replace("</w:tc></w:tr>", '<w:altChunk r:id="a"/></w:tc></w:tr>'))
    back = read_back(chunk, blank)
    assert as_answers(back.placed) == {**KEPT, "gaps": WORDS}
    assert [(one.place, one.gone) for one in back.unplaced] == [("at B5", True)]


def test_words_in_a_cell_that_is_merged_with_the_one_above_are_not_on_the_page(form: bytes, blank: bytes) -> None:
    merged = row_changed(form, "B5", lambda row: row.replace("<w:tcPr />", "<w:tcPr><w:vMerge/></w:tcPr>"))
    assert [(one[0], one[1], "merged" in one[2]) for one in left(merged, blank)] == [("at B5", WORDS, True)]


def test_words_in_a_row_without_height_are_not_on_the_page(form: bytes, blank: bytes) -> None:
    def low(row: str) -> str:
        return row.replace('<w:trHeight w:val="680" w:hRule="atLeast" />', '<w:trHeight w:val="20" w:hRule="exact" />')

    assert [(one[0], "too low" in one[2]) for one in left(row_changed(form, "B5", low), blank)] == [("at B5", True)]


def test_a_text_box_that_is_drawn_in_two_ways_is_shown_once(form: bytes, blank: bytes) -> None:
    box = f"<w:txbxContent>{paragraphs('In a box')}</w:txbxContent>"
    both = TWICE.format(
        f"<w:drawing><wps:wsp>{box}</wps:wsp></w:drawing>", f"<w:pict><v:shape>{box}</v:shape></w:pict>"
    )
    form = changed(form, lambda markup: markup.replace("</w:p>", f"<w:r>{both}</w:r></w:p>", 1))
    form = changed(form, lambda markup: markup.replace("<w:document ", '<w:document xmlns:wps="s" ', 1))
    back = read_back(form, blank)
    assert [(one.place, one.text) for one in back.unplaced] == [("in a text box", "In a box")]
    assert back.notices == ()


def test_letters_across_the_page_are_shown(form: bytes, blank: bytes) -> None:
    mark = '<w:r><w:pict><v:shape xmlns:v="v"><v:textpath string="DRAFT"/></v:shape></w:pict></w:r></w:p>'
    form = changed(form, lambda markup: markup.replace("</w:p>", mark, 1), "word/header1.xml")
    (one,) = read_back(form, blank).unplaced
    assert (one.place, one.text) == ("in big letters across the page", "DRAFT")


FORM_FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="x"/><w:enabled/>{}</w:ffData></w:fldChar></w:r>'
    "<w:r><w:instrText> FORM </w:instrText></w:r>"
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
LISTED = '<w:ddList>{}<w:listEntry w:val="First"/><w:listEntry w:val="Second"/></w:ddList>'
BOX = "<w:checkBox><w:sizeAuto/>{}</w:checkBox>"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (LISTED.format('<w:result w:val="1"/>'), "Second"),
        (LISTED.format('<w:default w:val="1"/>'), "Second"),
        (LISTED.format(""), "First"),
        (LISTED.format('<w:result w:val="7"/>'), ""),
        (BOX.format('<w:default w:val="0"/><w:checked/>'), "☒"),
        (BOX.format('<w:default w:val="1"/><w:checked w:val="0"/>'), "☐"),
    ],
)
def test_old_form_fields_are_read(form: bytes, blank: bytes, data: str, said: str) -> None:
    back = read_back(replaced(form, WORDS, FORM_FIELD.format(data)), blank)
    assert as_answers(back.placed) == {**KEPT, **({"gaps": said} if said else {})}
    assert back.unplaced == ()
