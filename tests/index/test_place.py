"""The index's file: private, disposable, and never a reason for a wrong answer."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest

from sptool.errors import UnfitFolder
from sptool.index.building import Workroom, derive_all
from sptool.index.keeping import Place
from sptool.index.known import Editions
from sptool.index.listing import listed
from sptool.index.place import ask, newest, note_step
from sptool.store.casebook import Casebook
from sptool.store.folder import CaseFolder
from sptool.workflow.edition import load_edition
from tests.cli.folders import EDITION, REF, REFS, USED, bytes_of, make_folder, path_of, run
from tests.index.histories import change, everything, from_scratch, git
from tests.making import case_of, decision, new_referral, note, notified

NOTE = note("2026-03-12")


@pytest.fixture
def folder(tmp_path: Path) -> CaseFolder:
    return make_folder(tmp_path / "c", *(case_of(new_referral(), decision(), notified()) for _ in REFS))


def index_of(folder: CaseFolder) -> Path:
    return Place(folder.root, "").file


def add_note(folder: CaseFolder) -> None:
    change(folder, {path_of(NOTE, REF): bytes_of(NOTE, REF)})


def assert_right(folder: CaseFolder) -> None:
    """What is answered is what an index made from nothing answers."""
    assert ask(folder.root, everything, patience=0.2) == from_scratch(folder)


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps a user's own folders private by other means")
def test_the_index_is_for_its_owner_only(folder: CaseFolder) -> None:
    before = os.umask(0)
    try:
        ask(folder.root, everything)
    finally:
        os.umask(before)
    assert index_of(folder).stat().st_mode & 0o777 == 0o600
    assert index_of(folder).parent.stat().st_mode & 0o777 == 0o700


def test_what_is_known_is_not_read_again(folder: CaseFolder) -> None:
    ask(folder.root, everything)
    before = index_of(folder).read_bytes()
    assert run(folder, "overdue", today="2026-03-05").out != run(folder, "overdue", today="2026-06-05").out
    assert index_of(folder).read_bytes() == before


def test_only_the_case_that_changed_is_read_again(folder: CaseFolder) -> None:
    before = ask(folder.root, everything)
    paths = git(folder, "ls-tree", "-r", "--name-only", "main", "2026").splitlines()
    for path in (path for path in paths if REF not in path):
        blob = git(folder, "rev-parse", f"main:{path}")
        (folder.root / ".git" / "objects" / blob[:2] / blob[2:]).unlink(missing_ok=True)  # whoever reads it, fails
    add_note(folder)
    after = ask(folder.root, everything)
    assert len(after["records"]) == len(before["records"]) + 1
    index_of(folder).unlink()
    with pytest.raises(UnfitFolder, match="git has lost a record"):
        ask(folder.root, everything)


def _shorten(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def _empty(file: Path) -> None:
    file.write_bytes(b"")


def _fill_with_text(file: Path) -> None:
    file.write_bytes(b"This is no index at all.\n" * 400)


def _spoil_all_but_the_head(file: Path) -> None:
    content = file.read_bytes()
    file.write_bytes(content[:100] + b"\xa5" * (len(content) - 100))


def _spoil_all_but_the_first_page(file: Path) -> None:
    content = file.read_bytes()
    file.write_bytes(content[:4096] + b"\xa5" * (len(content) - 4096))


def _take_a_table_away(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("DROP TABLE deadlines")


def _make_it_another_version(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE cases SET stage = 'of another version'")
        connection.execute("PRAGMA user_version = 4711")


def _make_it_another_program(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE cases SET stage = 'of another program'")
        connection.execute("UPDATE about SET value = 'another' WHERE name = 'made_from'")


def _remove(file: Path) -> None:
    file.unlink()


@pytest.mark.parametrize("changed", [False, True], ids=["nothing new", "something new"])
@pytest.mark.parametrize(
    "spoil",
    [
        _shorten,
        _empty,
        _fill_with_text,
        _spoil_all_but_the_head,
        _spoil_all_but_the_first_page,
        _take_a_table_away,
        _make_it_another_version,
        _make_it_another_program,
        _remove,
    ],
)
def test_an_index_that_is_no_good_is_made_anew_without_a_word(
    spoil: Callable[[Path], None], changed: bool, folder: CaseFolder
) -> None:
    ask(folder.root, everything)
    spoil(index_of(folder))
    if changed:
        add_note(folder)
    screen = run(folder, "list", "--json")
    assert (screen.code, screen.err) == (0, "Note: today is taken to be Tue 10 Mar 2026.\n")
    assert_right(folder)
    with closing(sqlite3.connect(index_of(folder))) as connection:
        assert everything(connection) == from_scratch(folder)


def _a_folder_in_its_place(folder: CaseFolder) -> None:
    index_of(folder).mkdir(parents=True)


def _a_file_for_its_folder(folder: CaseFolder) -> None:
    index_of(folder).parent.write_bytes(b"")


@pytest.mark.parametrize("prevent", [_a_folder_in_its_place, _a_file_for_its_folder])
def test_where_no_index_can_be_kept_the_answer_is_the_same(
    prevent: Callable[[CaseFolder], None], folder: CaseFolder, tmp_path: Path
) -> None:
    wanted = run(make_folder(tmp_path / "d", *(case_of(new_referral(), decision(), notified()) for _ in REFS)), "list")
    workshop = index_of(folder).parent
    for left in workshop.iterdir():
        left.unlink()
    workshop.rmdir()
    prevent(folder)
    assert run(folder, "list") == wanted
    assert_right(folder)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a user to whom a folder can be closed")
def test_a_folder_that_can_only_be_read_is_answered_from_its_index(folder: CaseFolder) -> None:
    ask(folder.root, everything)
    add_note(folder)
    index_of(folder).chmod(0o400)
    index_of(folder).parent.chmod(0o500)
    try:
        assert_right(folder)
    finally:
        index_of(folder).parent.chmod(0o700)


def test_an_index_that_another_program_holds_is_done_without(folder: CaseFolder) -> None:
    ask(folder.root, everything)
    with closing(sqlite3.connect(index_of(folder), isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        add_note(folder)
        assert_right(folder)
        note_step(folder.root, newest(folder.root))
        other.execute("ROLLBACK")
    assert_right(folder)


def test_several_at_once_all_answer_right(folder: CaseFolder) -> None:
    command = [sys.executable, "-m", "sptool", "--cases", str(folder.root), "list", "--json"]
    started = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(4)]
    answers = {process.communicate(timeout=120) for process in started}
    assert len(answers) == 1
    (said, complaint) = answers.pop()
    assert all(ref.encode() in said for ref in REFS)
    assert complaint == b""
    assert_right(folder)


def test_a_step_just_recorded_is_put_into_the_index(folder: CaseFolder) -> None:
    note_step(folder.root, newest(folder.root))
    assert not index_of(folder).exists()  # a step is no time to read every case
    ask(folder.root, everything)
    add_note(folder)
    note_step(folder.root, newest(folder.root))
    with closing(sqlite3.connect(index_of(folder))) as connection:
        assert everything(connection) == from_scratch(folder)


def test_after_a_step_an_index_of_another_program_is_left_to_whoever_asks(folder: CaseFolder) -> None:
    ask(folder.root, everything)
    _make_it_another_program(index_of(folder))
    before = index_of(folder).read_bytes()
    note_step(folder.root, newest(folder.root))
    assert index_of(folder).read_bytes() == before


def test_further_processes_find_the_same(folder: CaseFolder) -> None:
    commit = newest(folder.root)
    room = Workroom(folder, commit, Editions(Casebook(folder, commit, load_edition)))
    cases = listed(folder, commit)
    assert list(derive_all(room, cases, worth_sharing=1)) == list(derive_all(room, cases)) != []


def test_a_tampered_edition_is_refused_each_time(folder: CaseFolder) -> None:
    ask(folder.root, everything)
    before = git(folder, "rev-parse", "main")
    change(folder, {"framework/2022-01.yaml": EDITION + b"\n# Changed after it was adopted\n"})
    for _ in range(2):
        with pytest.raises(UnfitFolder, match="was changed after it was adopted"):
            ask(folder.root, everything)
    assert git(folder, "rev-parse", "main~1") == before
    change(folder, {"framework/2022-01.yaml": EDITION})
    assert_right(folder)


def test_a_new_edition_changes_no_case_that_was_opened_under_the_old_one(folder: CaseFolder) -> None:
    before = ask(folder.root, everything)
    newer = EDITION.replace(b"edition: 2022-01", b"edition: 2026-04").replace(b"2022-01-", b"2026-04-", 1)
    change(folder, {"framework/2026-04.yaml": newer})
    after = ask(folder.root, everything)
    assert {row[1] for row in after["editions"]} == {"2022-01"}
    assert after["deadlines"] == before["deadlines"]
    assert_right(folder)


def test_closures_of_an_edition_move_the_deadlines_of_its_cases(tmp_path: Path) -> None:
    closure = b"  closures:\n  - name: Moving house\n    from: 2026-03-04\n    to: 2026-03-05\n    stops: [notify]\n"
    edition = EDITION.replace(b"  closures: []\n", closure)
    assert edition != EDITION
    referral = new_referral("2026-03-02", la_aware_on="2026-03-02")
    content = bytes_of(referral, REF).replace(USED.sha256.encode(), sha256(edition).hexdigest().encode())
    folders = (
        make_folder(tmp_path / "c", case_of(referral)),
        make_folder(tmp_path / "d", files={path_of(referral, REF): content}, edition=edition),
    )
    found = [run(folder, "overdue", "--json", today="2026-03-11").data for folder in folders]
    notify = [next(one for one in each if one["deadline"] == "notify") for each in found]
    assert [(one["due"], one["working_days_late"]) for one in notify] == [("2026-03-09", 2), ("2026-03-11", 0)]


def test_the_morning_check_loads_nothing_heavy(folder: CaseFolder) -> None:
    ask(folder.root, everything)
    program = (
        "import sys; from sptool.cli.main import call\n"
        f"code = call(['--cases', {str(folder.root)!r}, 'overdue'])\n"
        "print(*sorted({name.partition('.')[0] for name in sys.modules}), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    loaded = set(done.stderr.decode().split())
    assert {"sqlite3", "typer"} <= loaded
    assert loaded & {"pydantic", "yaml", "jinja2", "holidays", "rich", "questionary", "git", "multiprocessing"} == set()


def _take_the_calendars_away(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("DELETE FROM calendars")


def _make_it_name_no_commit(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE about SET value = '--output=taken-for-a-commit' WHERE name = 'commit'")


@pytest.mark.parametrize("spoil", [_take_the_calendars_away, _make_it_name_no_commit])
def test_an_index_that_was_spoilt_with_care_answers_right(spoil: Callable[[Path], None], folder: CaseFolder) -> None:
    before = run(folder, "overdue", "--json")
    spoil(index_of(folder))
    assert run(folder, "overdue", "--json") == before
    assert_right(folder)
    assert not list(folder.root.glob("*taken-for-a-commit*"))


def test_whoever_looks_at_a_case_brings_the_index_up_to_date(folder: CaseFolder) -> None:
    assert run(folder, "show", REF).code == 0
    with closing(sqlite3.connect(index_of(folder))) as connection:
        assert everything(connection) == from_scratch(folder)


def test_a_case_is_shown_though_another_can_t_be_judged(folder: CaseFolder) -> None:
    before = run(folder, "show", REF)
    index_of(folder).unlink()
    opened = bytes_of(new_referral("2026-03-01", name="0"), REFS[1]).replace(USED.sha256.encode(), b"0" * 64)
    paths = git(folder, "ls-tree", "-r", "--name-only", "main", "2026").splitlines()
    change(
        folder,
        {
            **{path: None for path in paths if REFS[1] in path},
            path_of(new_referral("2026-03-01", name="0"), REFS[1]): opened,
        },
    )
    assert run(folder, "overdue").code == 3
    assert run(folder, "show", REF) == before
