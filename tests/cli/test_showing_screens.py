"""Every screen that only shows, word for word; each fits 80 columns and needs no colour."""

from __future__ import annotations

from pathlib import Path

import pytest

from sptool.store.folder import CaseFolder
from tests.cli.fictional import CORRECTED, REFERRAL, hardly_begun, in_full_course
from tests.cli.folders import REF, assert_fits, make_folder, run
from tests.cli.golden import assert_golden

TODAY = "2026-03-16"
SCREENS = {
    "overdue": ("overdue", "--within", "10"),
    "list": ("list",),
    "show": ("show", REF),
    "show-as-of": ("show", REF, "--as-of", "2026-03-09"),
    "show-correction": ("show", REF, "--record", CORRECTED.id),
    "timeline": ("timeline", REF),
    "next": ("next", REF),
    "explain": ("explain", REF, "rapid-review"),
    "explain-returns": ("explain", REF, "returns"),
    "working-days": ("working-days", "2026-12-23", "5"),
    "framework-list": ("framework", "list"),
    "framework-explain": ("framework", "explain"),
    "framework-explain-panel": ("framework", "explain", "panel"),
    "framework-explain-themes": ("framework", "explain", "themes"),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> CaseFolder:
    return make_folder(tmp_path_factory.mktemp("screens") / "cases", in_full_course(), hardly_begun())


@pytest.fixture(autouse=True)
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.delenv("COLUMNS", raising=False)


@pytest.mark.parametrize("name", SCREENS)
def test_a_screen_reads_as_it_should(name: str, folder: CaseFolder) -> None:
    screen = run(folder, *SCREENS[name], today=TODAY)
    assert screen.code == 0
    assert_golden(name, screen)


@pytest.mark.parametrize("name", SCREENS)
def test_a_screen_is_there_for_programs_too(name: str, folder: CaseFolder) -> None:
    assert run(folder, *SCREENS[name], "--json", today=TODAY).data


@pytest.mark.parametrize("words", [("show", REF), ("overdue",), ("timeline", REF), ("list",)])
def test_a_wide_terminal_or_long_prose_breaks_no_screen(
    words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    case = in_full_course()
    long = REFERRAL.model_copy(update={"summary": "word " * 60 + "x" * 200, "lead_officer": "officer-" + "o" * 50})
    folder = make_folder(tmp_path / "c", type(case).of(case.ref, [long, *case.records[1:-3]]))
    assert_fits(run(folder, *words, today=TODAY))


def test_only_showing_writes_nothing(folder: CaseFolder) -> None:
    def everything() -> dict[str, bytes]:
        return {str(path): path.read_bytes() for path in folder.root.rglob("*") if path.is_file()}

    before = everything()
    for words in SCREENS.values():
        run(folder, *words, today=TODAY)
    assert everything() == before


def test_a_practice_folder_says_so_on_every_screen(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "c", in_full_course(), training=True)
    for words in (("overdue",), ("list",), ("show", REF), ("next", REF), ("timeline", REF), ("explain", REF, "panel")):
        assert "PRACTICE FOLDER" in run(folder, *words).err


def test_control_characters_in_a_record_never_reach_the_terminal(tmp_path: Path) -> None:
    harmful = REFERRAL.model_copy(update={"summary": "before\x1b[2Jafter\u202e"})
    case = in_full_course()
    folder = make_folder(tmp_path / "c", type(case).of(case.ref, [harmful]))
    screen = run(folder, "show", REF)
    assert_fits(screen)
    assert "after" in screen.out
    assert "\u202e" not in screen.out
