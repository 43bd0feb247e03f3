"""Text that is taken as it is because nothing in it has to change: the quick way says what the thorough one says."""

from __future__ import annotations

import re
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sptool.text import prose
from sptool.text.prose import normalise

CHANGED = re.compile("|".join((prose._BREAKS, prose._SPACES, prose._DROPPED, prose._JOINER, "\t")))


def test_no_character_that_must_go_is_taken_as_it_is() -> None:
    kept = [chr(number) for number in range(sys.maxunicode + 1) if prose._is_tidy(f"a{chr(number)}b")]
    assert len(kept) > 100_000
    assert [f"U+{ord(one):04X}" for one in kept if CHANGED.search(one)] == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a \nb", "a\nb"),
        ("a\n", "a"),
        ("\na", "a"),
        ("a ", "a"),
        (" a", " a"),
        ("cafe\u0301", "caf\u00e9"),
        ("a\u034fb", "ab"),
        ("", ""),
        (" ", ""),
    ],
)
def test_what_has_to_change_is_changed(text: str, wanted: str) -> None:
    assert normalise(text) == wanted


@given(st.text(alphabet=st.sampled_from(" \n\tab\u00e9e\u0301\u200b\u034f\u2019"), max_size=12))
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once == unicodedata.normalize("NFC", once)
    assert not CHANGED.search(once.replace("\n", ""))
