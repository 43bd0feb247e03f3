"""Prose is kept without what word processors leave in it, and can't harm a terminal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sptool.text.prose import for_screen, normalise

ODD = "\u200c\u200d\u0301\u212a\u3000\u2028\u0645\r\n\t \u034f\uffff\U0010ffff\ud800\u202e\ufeff\x0b\x1b e\xe9K"


@pytest.mark.parametrize(
    ("given_text", "kept"),
    [
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("one\x0btwo\x0cthree\x85four\u2028five\u2029six", "one\ntwo\nthree\nfour\nfive\nsix"),
        ("a\tb", "a    b"),
        ("a\xa0b\u2009c\u3000d", "a b c d"),
        ("a\u200bb\ufeffc\xadd\u202ee\u2066f", "abcdef"),
        ("\x1b[31mred\x07", "[31mred"),
        ("  first\n\nlast  \n \n", "  first\n\nlast"),
        ("\n \nfirst", "first"),
        ("cafe\u0301", "café"),
        ("“It\u2019s” \u2013 so…", "“It\u2019s” \u2013 so…"),
        ("W\u200dill", "Will"),
        ("\u0645\u06cc\u200c\u062e\u0648", "\u0645\u06cc\u200c\u062e\u0648"),
        ("👩\u200d👧", "👩\u200d👧"),
        ("", ""),
    ],
)
def test_normalised(given_text: str, kept: str) -> None:
    assert normalise(given_text) == kept


@given(st.one_of(st.text(st.sampled_from(ODD), max_size=15), st.text()))
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(st.text(st.sampled_from(ODD)))
def test_nothing_on_the_screen_moves_hides_or_reorders(text: str) -> None:
    shown = for_screen(text)
    assert not set(shown) & set("\x1b\x0b\r\u202e\u2028\ufeff\ud800\uffff\u034f")
    shown.encode()


def test_an_escape_sequence_is_spelled_out() -> None:
    assert for_screen("\x1b[2Jé\tx\r\ny\u202e") == "\\u001b[2Jé\tx\ny\\u202e"
