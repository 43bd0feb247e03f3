"""YAML comes in strictly, goes out readably, and comes back as it was."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sptool.errors import UnfitFile
from sptool.text.prose import normalise
from sptool.text.yaml import Plain, read_plain, read_yaml, write_yaml

HOSTILE = [
    *("\x85", "\u2028", "\u2029", " ", "  ", "\n", "\r", "\x01", "\x7f", "\ufeff", "\t", "\uffff", "\xa0"),
    *("- ", "#", " #", "---", "...", ": ", "yes", "1e3", "2026-01-01", "09:14:07", "007", "null", "~", "<<"),
    *("|", ">", "%", "@", "`", "'", '"', "\\", "&a", "*a", "!t", "[", "{", "?", "é", "😀", "x" * 90),
]
TEXTS = st.one_of(
    st.lists(st.sampled_from(HOSTILE), max_size=6).map("".join),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=100),
)
SCALARS = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), TEXTS)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(TEXTS, inner, max_size=4)),
    max_leaves=10,
)


def without_none(value: Plain) -> Plain:
    if isinstance(value, dict):
        return {key: without_none(item) for key, item in value.items() if item is not None}
    if isinstance(value, list):
        return [without_none(item) for item in value]
    return value


@settings(deadline=None)
@given(st.dictionaries(TEXTS, VALUES, max_size=4))
def test_what_is_written_reads_back_the_same(data: dict[str, Plain]) -> None:
    written = write_yaml(data)
    assert read_plain(written, "file") == without_none(data)
    assert read_yaml(written, "file").data == without_none(data)
    assert b"\r" not in written


@settings(deadline=None)
@given(st.one_of(TEXTS, st.text(max_size=200)))
def test_normalised_prose_is_always_a_literal_block(text: str) -> None:
    prose = normalise(text)
    written = write_yaml({"rationale": prose, "list": [{"note": prose}]})
    assert read_plain(written, "file") == {"rationale": prose, "list": [{"note": prose}]}
    if "\n" in prose or len(prose) > 80:
        assert written.startswith(b"rationale: |")
        assert b"\n- note: |" in written


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("true", True),
        ("FALSE", False),
        ("~", None),
        ("", None),
        ("null", None),
        ("12", 12),
        ("-3", -3),
        ("1.5", 1.5),
        ("1e3", 1000.0),
        ("yes", "yes"),
        ("Off", "Off"),
        ("2026-01-01", "2026-01-01"),
        ("2026-03-02T09:14:07Z", "2026-03-02T09:14:07Z"),
        ("09:14:07", "09:14:07"),
        ("1:30", "1:30"),
        ("007", "007"),
        ("+44", "+44"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        (".inf", ".inf"),
        ("1e999", "1e999"),
        ("'12'", "12"),
        ('"true"', "true"),
    ],
)
def test_scalars_mean_what_yaml_1_2_says(text: str, value: Plain) -> None:
    assert read_plain(f"field: {text}\n".encode(), "file") == {"field": value}


@pytest.mark.parametrize("text", ["yes", "no", "on", "1e3", "12", "true", "null", "1:30", "007", "", "<<"])
def test_text_that_another_program_might_take_for_something_else_is_quoted(text: str) -> None:
    assert write_yaml({"field": text}) == f"field: '{text}'\n".encode()


def test_written_yaml_is_as_people_like_to_read_it() -> None:
    shared: list[Plain] = ["one"]
    data: dict[str, Plain] = {
        "record": "referral/1",
        "happened_on": "2026-03-02",
        "left_out": None,
        "agencies": shared,
        "again": shared,
        "children": [{"label": "Child A", "died": False, "gone": None}],
        "rationale": "First line: so.\n\n  Second, with an indent.",
    }
    assert write_yaml(data).decode() == (
        "record: referral/1\n"
        "happened_on: 2026-03-02\n"
        "agencies:\n"
        "- one\n"
        "again:\n"
        "- one\n"
        "children:\n"
        "- label: Child A\n"
        "  died: false\n"
        "rationale: |-\n"
        "  First line: so.\n"
        "\n"
        "    Second, with an indent.\n"
    )


def test_a_file_of_comments_holds_nothing() -> None:
    assert read_yaml(b"# nothing yet\n", "file").data is None
    assert read_yaml(b"", "file").data is None


def test_a_byte_order_mark_is_tolerated() -> None:
    assert read_plain(b"\xef\xbb\xbfa: 1\n", "file") == {"a": 1}


def test_lines_are_found_or_those_of_the_nearest_field_around() -> None:
    document = read_yaml(b"\na: 1\nchildren:\n- label: x\n  died: true\n- label: y\n", "file")
    assert document.line(("a",)) == 2
    assert document.line(("children", 0, "died")) == 5
    assert document.line(("children", 1)) == 6
    assert document.line(("children", 1, "missing", "deeper")) == 6
    assert document.line(("missing",)) is None


REFUSED = [
    ("duplicates", b"a: 1\nb: {c: 1, c: 2}\na: 3\n", [2, 3], "twice"),
    ("anchor", b"a: &secret 1\n", [1], "`&`"),
    ("alias", b"a: &secret 1\nb: *secret\n", [1, 2], "`*`"),
    ("alias to nothing", b"a: 1\nb: *secret\n", [2], "`*`"),
    ("tag", b"a: !secret 1\nb: !!python/object:secret 2\n", [1, 2], "`!`"),
    ("two documents", b"a: 1\n---\nb: secret\n", [2], "more than one document"),
    ("key that is a number", b"1: secret\ntrue: secret\n", [1, 2], "name of a field"),
    ("key that is a list", b"? [secret]\n: 1\n", [1], "name of a field"),
    ("tab", b"a:\n\tb: secret\nc:\n \td: 1\n", [2, 4], "tab"),
    ("control character", b"a: secret\x07\n", [1], "invisible"),
    ("second colon", b"a: secret: secret\n", [1], "colon"),
    ("no colon", b"a: 1\nsecret\n", [3], "colon"),
    ("open quotation mark", b"a: 'secret\nb: 1\n", [3], "quotation mark"),
    ("forbidden beginning", b"a: @secret\n", [1], "can't begin"),
    ("backslash", b'a: "\\secret"\n', [1], "backslash"),
    ("not UTF-8", "a: 1\nb: sécret\n".encode("latin-1"), [2], "UTF-8"),
    ("UTF-16", "a: secret\n".encode("utf-16"), [None], "UTF-16"),
    ("UTF-16 without a mark", "a: secret\n".encode("utf-16-be"), [None], "UTF-16"),
    ("too large", b"a: secret\n" * 300_000, [None], "MiB"),
    ("too deep", b"a: " + b"[" * 25 + b"]" * 25, [1], "deep"),
    ("bottomless flow", b"[" * 1_000_000, [1], "deep"),
    ("bottomless block", b"- " * 500_000, [1], "deep"),
    ("unclosed list", b"a: [secret, 1\nb: 2\n", [2], "YAML"),
]


@pytest.mark.parametrize(("content", "lines", "said"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_refused_with_file_and_line_and_without_a_value(content: bytes, lines: list[int | None], said: str) -> None:
    for read in (read_yaml, read_plain):
        with pytest.raises(UnfitFile) as refused:
            read(content, "form.yaml")
        assert [problem.line for problem in refused.value.problems] == lines
        assert said in refused.value.message
        assert "form.yaml" in refused.value.message
        assert "secret" not in refused.value.message


def test_duplicate_keys_name_the_field_and_the_first_line() -> None:
    with pytest.raises(UnfitFile, match=r"form, line 3, b\.c: this field is there twice, first on line 2"):
        read_yaml(b"b:\n  c: 1\n  c: 2\n", "form")


@pytest.mark.parametrize("value", [float("nan"), float("inf"), "half \ud800"])
def test_what_can_not_be_kept_is_not_written(value: float | str) -> None:
    with pytest.raises(UnfitFile, match=r"children\.0\.note"):
        write_yaml({"children": [{"note": value}]})
