"""`sptool search`: which records are found, how they are shown, and that nothing of it is kept."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from sptool.index.place import ask
from sptool.index.searching import Hits, Query, search
from sptool.store.folder import CaseFolder
from tests.cli.folders import REF, REFS, assert_fits, make_folder, run
from tests.index.histories import everything
from tests.making import asked_agencies, case_of, closed, correction, new_referral, note, outcome, question

TYPO = note("2026-03-05", text="The helth visitor saw a bruise.")
FIRST = case_of(
    new_referral(summary="Child A, an infant, had a fracture of the arm."),
    question(question="Was the fracture seen on an X-ray?\nAnd by whom?"),
    TYPO,
    correction(TYPO, text="The health visitor saw a bruise."),
    asked_agencies("2026-03-06", "school"),
)
SECOND = case_of(
    new_referral("2026-03-03", summary="Child A fell; bruises were found. “Naïve” was the word used."),
    outcome("2026-03-20", themes=["neglect"], rationale="100% of the notes say NEAR(this) OR that."),
    closed("2026-03-21"),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> CaseFolder:
    return make_folder(tmp_path_factory.mktemp("search") / "c", FIRST, SECOND)


def found(folder: CaseFolder, *words: str) -> list[tuple[str, str]]:
    screen = run(folder, "search", *words, "--json")
    assert screen.code == 0
    return [(one["case"], one["kind"]) for one in screen.data]


def test_a_record_is_shown_with_its_case_stage_kind_and_day_and_the_word_is_marked(folder: CaseFolder) -> None:
    screen = run(folder, "search", "infant")
    assert screen.code == 0
    assert_fits(screen)
    assert f"{REF}  referral, Mon 2 Mar 2026 ({FIRST.records[0].id}). Stage: notification" in screen.out
    assert "an [infant], had a fracture" in " ".join(screen.out.split())
    assert screen.out.endswith("\n1 record.\n")


def test_programs_get_every_field(folder: CaseFolder) -> None:
    (hit,) = run(folder, "search", "infant", "--json").data
    assert hit == {
        "case": REF,
        "stage": "notification decision",
        "record": FIRST.records[0].id,
        "kind": "referral",
        "happened_on": "2026-03-02",
        "stands": True,
        "text": "Child A, an [infant], had a fracture of the arm.",
    }


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        (("fracture",), ["clarification-question", "referral"]),
        (("FRACTURE", "arm"), ["referral"]),
        (("fracture of",), ["referral"]),
        (("of fracture",), []),
        (("fract",), ["clarification-question", "referral"]),
        (("ractur",), []),
        (("naive",), ["referral"]),
        (("helth",), ["note"]),
        (("health visitor",), ["note"]),
        (("bruis",), ["note", "note", "referral"]),
        (("learning outcome",), ["learning-outcome"]),
        (("nowhere",), []),
    ],
)
def test_words_are_found_by_their_beginning_whatever_their_case(
    words: tuple[str, ...], kinds: list[str], folder: CaseFolder
) -> None:
    assert sorted(kind for _, kind in found(folder, *words)) == kinds


@pytest.mark.parametrize(
    ("words", "cases"),
    [
        (("child",), [REFS[1], REF]),
        (("child", "--stage", "notification-dec"), [REF]),
        (("child", "--stage", "closed"), [REFS[1]]),
        (("child", "--theme", "neglect"), [REFS[1]]),
        (("child", "--agency", "school"), [REF]),
        (("child", "--agency", "police"), []),
        (("child", "--year", "2026"), [REFS[1], REF]),
        (("child", "--year", "2025"), []),
        (("child", "--kind", "referral"), [REFS[1], REF]),
        (("child", "--kind", "closure"), []),
        (("bruise", "--kind", "note", "--agency", "school"), [REF, REF]),
    ],
)
def test_a_search_can_be_narrowed(words: tuple[str, ...], cases: list[str], folder: CaseFolder) -> None:
    assert [case for case, _ in found(folder, *words)] == cases


def test_what_no_longer_stands_is_found_and_marked(folder: CaseFolder) -> None:
    assert "it no longer stands" in run(folder, "search", "helth").out
    assert "it no longer stands" not in run(folder, "search", "health").out


@pytest.mark.parametrize(
    "word",
    [
        'fracture" OR "child',
        "fracture OR child",
        "NEAR(fracture child)",
        "fracture*child",
        "text:fracture child",
        "-fracture child",
        "^fracture child",
        "{text} : child",
        "fracture AND NOT child",
        "x' OR '1'='1",
        "fracture\nchild",
        "%",
        "fracture\\",
    ],
)
def test_nothing_in_a_word_is_a_command(word: str, folder: CaseFolder) -> None:
    screen = run(folder, "search", "--json", "--", word)
    if word == "%":
        assert (screen.code, screen.out) == (2, "")
    else:
        assert screen.code == 0
        assert len(screen.data) == (2 if word == "fracture\\" else 0)


def test_words_that_look_like_commands_are_found_to_the_letter(folder: CaseFolder) -> None:
    assert found(folder, "NEAR(this) OR that") == [(REFS[1], "learning-outcome")]
    assert found(folder, "100% of") == [(REFS[1], "learning-outcome")]


def test_nothing_found_is_said_plainly(folder: CaseFolder) -> None:
    screen = run(folder, "search", "nowhere")
    assert screen.code == 0
    assert screen.out.startswith("No record holds that.")
    assert "nowhere" not in screen.out + screen.err
    assert run(folder, "search", "nowhere", "--json").data == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("...",), "There is no letter or digit to look for."),
        (("child", "--stage", "nowhere"), "The stages are: "),
        (("child", "--theme", "neglet"), "Did you mean `neglect`?"),
        (("child", "--agency", "polise"), "Did you mean `police`?"),
        (("child", "--kind", "referal"), "Did you mean `referral`?"),
    ],
)
def test_what_does_not_exist_is_refused(words: tuple[str, ...], said: str, folder: CaseFolder) -> None:
    before = ask(folder.root, everything)
    screen = run(folder, "search", *words)
    assert (screen.code, screen.out) == (2, "")
    assert said in screen.err
    assert words[-1] not in screen.err
    assert ask(folder.root, everything) == before


def test_only_the_newest_are_shown_and_how_to_see_more(folder: CaseFolder) -> None:
    screen = run(folder, "search", "bruise", "--most", "1")
    assert "3 records. Only the newest 1 are shown." in " ".join(screen.out.split())
    assert screen.out.count("[bruise") == 1
    assert len(run(folder, "search", "bruise", "--most", "2", "--json").data) == 2


def test_what_is_looked_for_is_written_nowhere(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "c", FIRST)
    assert run(folder, "search", "Pretendperson").code == 0
    assert run(folder, "search", "Pretendperson", "--json").code == 0
    kept = [path for path in tmp_path.rglob("*") if path.is_file() and b"Pretendperson" in path.read_bytes()]
    assert kept == []


@pytest.mark.parametrize(
    ("words", "count"), [(("fracture", "arm"), 1), (("BRUISE",), 3), (("100% of",), 1), (("nowhere",), 0)]
)
def test_an_sqlite_that_can_not_search_text_finds_the_same(
    words: tuple[str, ...], count: int, folder: CaseFolder
) -> None:
    def by_letters(index: sqlite3.Connection) -> Hits:
        with closing(sqlite3.connect(":memory:", isolation_level=None)) as other:
            index.backup(other)
            kept = other.execute("SELECT rowid, title, text FROM words").fetchall()
            other.execute("DROP TABLE words")
            other.execute("CREATE TABLE words (title TEXT NOT NULL, text TEXT NOT NULL)")
            other.executemany("INSERT INTO words (rowid, title, text) VALUES (?, ?, ?)", kept)
            return search(other, Query(words))

    hits, wanted = ask(folder.root, by_letters), ask(folder.root, lambda index: search(index, Query(words)))
    assert hits.found == wanted.found == count
    assert [hit.record for hit in hits.shown] == [hit.record for hit in wanted.shown]
    assert all("[" in hit.text for hit in hits.shown)


def test_the_answers_of_a_record_are_told_apart(folder: CaseFolder) -> None:
    (hit,) = run(folder, "search", "wrongly", "--json").data
    assert hit["text"] == "Written down [wrongly] at first. · The health visitor saw a bruise."
