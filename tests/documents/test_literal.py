"""Whatever a value holds, a reader sees exactly that text: proved with a CommonMark parser."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sptool.documents.literal import CLOSES, OPENS, literal, mark
from tests.documents.reading import blocks, one_line, paragraphs, texts

PIECES = (
    *"*_`#|$@\\<>&~^[](){}!-+=:.%'\"/ ;,?0aiX\n",
    *(
        "\n\n",
        "- ",
        "1. ",
        "10) ",
        "a. ",
        "(1) ",
        "| a | b |\n",
        "|---|---|\n",
        "---\n",
        "===\n",
        "***",
        "```\n",
        "~~~\n",
    ),
    *(
        "![x](/etc/passwd)",
        "[x](http://example.invalid)",
        "<http://example.invalid>",
        "[a]: b\n",
        "[^1]",
        "<b>",
        "<!--",
    ),
    *(
        "&amp;",
        "&#65;",
        "{{ x }}",
        "{% y %}",
        "$x$",
        "\\begin{a}",
        "    indented",
        "# h",
        "Table: ",
        "مرحبا",
        "😀",
        "🧑‍⚕️",
    ),
    *("\u202e", "\u200b", "\x1b[31m", "\x00", "\r\n", "\t", "\u2028", OPENS, CLOSES, "\ue000"),
)
hostile = st.lists(st.sampled_from(PIECES), min_size=1, max_size=14).map("".join).filter(paragraphs)
anything = hostile | st.text(min_size=1).filter(paragraphs)


@given(anything)
def test_prose_alone(text: str) -> None:
    assert texts(literal(mark(text))) == paragraphs(text)


@given(anything)
def test_prose_in_a_list(text: str) -> None:
    made = literal(f"Before\n\n1. {mark(text)}\n2. after\n")
    assert texts(made) == ["Before", *paragraphs(text), "after"]
    assert blocks(made).count("list_item_open") == 2


@given(anything)
def test_prose_in_a_numbered_list_whose_numbers_are_filled_in(text: str) -> None:
    made = literal(f"{mark(1)}. {mark(text)}\n{mark(2)}. after\n")
    assert texts(made) == [*paragraphs(text), "after"]
    assert blocks(made).count("list_item_open") == 2


@given(anything)
def test_prose_in_a_quotation(text: str) -> None:
    made = literal(f"> - {mark(text)}\n")
    assert texts(made) == paragraphs(text)
    assert blocks(made)[:2] == ["blockquote_open", "bullet_list_open"]
    assert blocks(made).count("blockquote_open") == 1


@given(anything)
def test_a_heading_stays_one_heading(text: str) -> None:
    made = literal(f"## About {mark(text)}\n")
    assert texts(made) == [f"About {one_line(text)}"]
    assert blocks(made) == ["heading_open", "inline", "heading_close"]


@given(anything, anything)
def test_a_table_keeps_its_rows_and_cells(first: str, second: str) -> None:
    made = literal(f"| A | B |\n|---|---|\n| {mark(first)} | {mark(second)} |\n| y | z |\n")
    assert texts(made) == ["A", "B", one_line(first), one_line(second), "y", "z"]


@given(anything)
def test_a_value_within_a_sentence(text: str) -> None:
    made = literal(f"It was {mark(text)}, they said.\n")
    assert "\n\n".join(texts(made)) == "It was " + "\n\n".join(paragraphs(text)) + ", they said."


def test_values_that_touch_make_no_list_together() -> None:
    assert texts(literal(mark("1") + mark(". x"))) == ["1. x"]
    assert texts(literal(mark("-") + mark(" ") + mark("x"))) == ["-x"]


@pytest.mark.parametrize(
    "text",
    [
        "It's Child A's own words: \"I don't know\" (aged 7); see p. 3, 50% & more - or not!",
        "2.5 kg at 10.30 on the 3rd",
        "He said: no. Then (once more) yes?",
    ],
)
def test_ordinary_prose_needs_no_backslash(text: str) -> None:
    assert literal(mark(text)) == text


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("1. first", "1\\. first"),
        ("- first", "\\- first"),
        ("a\n# b", "a\\\n\\# b"),
        ("@smith says $5", "\\@smith says \\$5"),
        ("see http://example.invalid", "see http\\://example.invalid"),
        ("www.example.invalid", "www\\.example.invalid"),
        ("A &amp; B", "A \\&amp; B"),
        ("Table: of contents", "Table\\: of contents"),
    ],
)
def test_what_would_be_read_as_markdown_gets_a_backslash(text: str, written: str) -> None:
    assert literal(mark(text)) == written


@pytest.mark.parametrize("sign", ["*", "`", "[", "\n- ", "1. ", "\\", "😀"])
def test_long_text_comes_out_whole(sign: str) -> None:
    text = "x" + sign * 20_000
    assert texts(literal(mark(text))) == paragraphs(text)


@pytest.mark.parametrize("hidden", ["\u202e", "\u200b", "\x1b", "\x00", OPENS, CLOSES])
def test_hidden_and_reordering_characters_are_gone(hidden: str) -> None:
    assert literal(mark(f"a{hidden}b")) == "ab"
