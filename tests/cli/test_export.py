"""`sptool export`: a pack that somebody else checks with git and ssh-keygen alone, following its own instructions."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from sptool.store.folder import open_case_folder
from sptool.store.refs import particulars_ref
from tests.cli.auditors import Answer, ask, everything
from tests.cli.running import pattern
from tests.conftest import DemoRun
from tests.signing import SigningDesk, desk, needs_openssh

__all__ = ["desk", "pattern"]

STORY = "08-panel-disagrees"
AFTER = "2026-03-11"
"""The day after the demonstration's last."""
QUIET = re.compile(
    r"sha256sum --check|.*\| cmp |.*\bcmp |.*NOT HERE|.*ANOTHER HISTORY|.*--diff-filter=|git .*(init|unpack|clone)|sed "
)
"""What must print nothing; everything else must answer."""


def packed(demo: DemoRun, place: Path, *words: str, formats: str = "md") -> Answer:
    return ask(demo.folder, "export", *words, "--to", place, "--formats", formats, today=AFTER)


def typed(pack: Path) -> Iterator[str]:
    """Every command that the instructions of a pack say to type."""
    for line in (pack / "INSTRUCTIONS.txt").read_text().splitlines():
        if line.startswith("    ") and not re.fullmatch(r" {4}[0-9a-f]{40}", line):
            yield line.strip()


def followed(pack: Path) -> list[tuple[str, str]]:
    """Each command of the instructions with everything that it printed, typed into bash literally."""
    shutil.rmtree(pack / "check", ignore_errors=True)
    end = "@@@ end @@@"
    commands = list(typed(pack))
    script = "\n".join(f"{command}\necho '{end}'" for command in commands)
    env = {"PATH": os.environ["PATH"], "HOME": str(pack.parent), "LC_ALL": "C", "GIT_CONFIG_NOSYSTEM": "1"}
    done = subprocess.run(
        ["bash", "-c", f"exec 2>&1\n{script}"], cwd=pack, env=env, capture_output=True, check=False
    ).stdout.decode()
    answers = done.split(f"{end}\n")
    assert len(answers) == len(commands) + 1
    return list(zip(commands, answers, strict=False))


def complaints(pack: Path) -> list[str]:
    """The steps of the instructions that don't go as they say."""
    return [
        f"{command} -> {answer}"
        for command, answer in followed(pack)
        if bool(answer.strip()) == bool(QUIET.match(command))
    ]


@pytest.fixture(scope="module")
def one_case(demo: DemoRun, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("one") / "pack"
    assert packed(demo, place, demo.reference(STORY)).code == 0
    return place


@pytest.fixture
def pack(one_case: Path, tmp_path: Path) -> Path:
    """A pack of the test's own."""
    return Path(shutil.copytree(one_case, tmp_path / "pack"))


@pytest.mark.parametrize("words", [(), ("--bundle",), ("--all",), ("--identify",), ("--bundle", "--identify")])
def test_the_instructions_work_as_they_are_written(words: tuple[str, ...], demo: DemoRun, tmp_path: Path) -> None:
    which = words if "--all" in words else (demo.reference(STORY), *words)
    answer = packed(demo, tmp_path / "pack", *which, formats="none")
    assert answer.code == 0, answer.err
    assert len(list(typed(tmp_path / "pack"))) > 7
    assert complaints(tmp_path / "pack") == []


def test_an_altered_record_is_seen_even_if_the_sums_are_made_afresh(pack: Path) -> None:
    record = next((pack / "records").rglob("*-referral-*.yaml"))
    record.chmod(0o600)
    record.write_text(record.read_text().replace("happened_on: 2025", "happened_on: 2024"))
    assert len(complaints(pack)) == 3  # the sums, the newest commit, and the commit of the step
    files = sorted(path for path in pack.rglob("*") if path.is_file() and "check" not in path.parts)
    sums = [
        f"{sha256(path.read_bytes()).hexdigest()}  {path.relative_to(pack).as_posix()}\n"
        for path in files
        if path.name != "SHA256SUMS"
    ]
    (pack / "SHA256SUMS").write_text("".join(sums))
    assert len(complaints(pack)) == 2


def test_a_record_that_was_left_out_is_seen(pack: Path) -> None:
    next((pack / "records").rglob("*-referral-*.yaml")).unlink()
    assert any("NOT HERE" in one for one in complaints(pack))


def test_a_pack_of_one_case_holds_no_record_of_another(one_case: Path, demo: DemoRun, tmp_path: Path) -> None:
    subprocess.run(["git", "init", "--quiet", "--bare", str(tmp_path / "r")], check=True)
    unpacking = ["git", "-C", str(tmp_path / "r"), "unpack-objects", "-q"]
    subprocess.run(unpacking, stdin=(one_case / "evidence.pack").open("rb"), check=True)
    listing = ["git", "-C", str(tmp_path / "r"), "cat-file", "--batch", "--batch-all-objects"]
    held = subprocess.run(listing, capture_output=True, check=True).stdout
    named = set(re.findall(rb"^case: (HSP-\S+)", held, re.MULTILINE))
    assert named == {demo.reference(STORY).encode()}
    assert not (one_case / "history.bundle").exists()


def test_the_whole_history_is_never_packed_with_one_case_unasked_and_is_announced(
    demo: DemoRun, tmp_path: Path
) -> None:
    answer = packed(demo, tmp_path / "p", demo.reference(STORY), "--bundle", formats="none")
    assert "EVERY case" in answer.err
    assert "EVERY CASE" in (tmp_path / "p" / "INSTRUCTIONS.txt").read_text()
    assert (tmp_path / "p" / "history.bundle").is_file()


def names_of(demo: DemoRun, reference: str) -> list[str]:
    told = demo.git("log", "-p", "--format=%B", f"refs/particulars/{reference}")
    return re.findall(r"^\+ *(?:- )?name: (.+)$", told, re.MULTILINE)


def content(place: Path) -> bytes:
    return b"".join(path.read_bytes() for path in place.rglob("*") if path.is_file())


def test_no_name_is_in_a_pack_unless_it_was_asked_for(demo: DemoRun, one_case: Path, tmp_path: Path) -> None:
    reference = demo.reference(STORY)
    names = names_of(demo, reference)
    assert names
    assert not any(name.encode() in content(one_case) for name in names)
    answer = packed(demo, tmp_path / "p", reference, "--identify", formats="none")
    assert "IT HOLDS NAMES" in answer.err
    plain = b"".join(path.read_bytes() for path in (tmp_path / "p" / "particulars" / "plain").rglob("*.yaml"))
    assert all(name.encode() in plain for name in names)
    assert not re.match(rb"[0-9a-f]{64}\n", plain)


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
def test_only_its_owner_can_read_a_pack(demo: DemoRun, tmp_path: Path) -> None:
    packed(demo, tmp_path / "p", demo.reference(STORY), "--identify", formats="none")
    packed(demo, tmp_path / "p.zip", demo.reference(STORY), "--identify", formats="none")
    modes = {path.stat().st_mode & 0o077 for path in [tmp_path / "p", tmp_path / "p.zip", *(tmp_path / "p").rglob("*")]}
    assert modes == {0}


def test_the_pack_holds_every_document_of_the_case_and_its_history(one_case: Path, demo: DemoRun) -> None:
    reference = demo.reference(STORY)
    assert (one_case / "verification" / "certificate.md").is_file()
    documents = {path.name for path in (one_case / "documents" / reference).iterdir()}
    assert f"{reference}-local-review-decision.md" in documents
    history = {path.name for path in (one_case / "history").iterdir()}
    assert history == {f"{reference}.csv", f"{reference}.json", f"{reference}-case-history.md"}


def test_the_same_folder_gives_the_same_zip(demo: DemoRun, tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        assert packed(demo, tmp_path / name / "p.zip", demo.reference(STORY), formats="md,html,docx").code == 0
    assert (tmp_path / "one" / "p.zip").read_bytes() == (tmp_path / "two" / "p.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "one" / "p.zip") as opened:
        names = opened.namelist()
        assert names == sorted(names)
        assert {entry.date_time for entry in opened.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert all(name.startswith("p/") for name in names)


@pytest.fixture
def folder(demo: DemoRun, tmp_path: Path) -> Path:
    """A case folder of the test's own."""
    return Path(shutil.copytree(demo.folder, tmp_path / "folder"))


def told_of(folder: Path, reference: str, place: Path, demo: DemoRun) -> tuple[int, str]:
    answer = ask(folder, "export", reference, "--to", place, "--formats", "none", today=AFTER)
    return answer.code, (place / "particulars.txt").read_text()


def test_particulars_are_told_apart(demo: DemoRun, folder: Path, tmp_path: Path) -> None:
    reference = demo.reference(STORY)
    assert told_of(folder, reference, tmp_path / "a", demo)[1].rstrip().endswith(": there and matching")
    code, told = told_of(folder, demo.reference("17-erased"), tmp_path / "b", demo)
    assert code == 0
    assert re.search(r": erased by record [a-z][0-9a-z]{9}$", told, re.MULTILINE)
    subprocess.run(["git", "clone", "--quiet", "--no-local", str(folder), str(tmp_path / "clone")], check=True)
    assert told_of(tmp_path / "clone", reference, tmp_path / "c", demo)[1].rstrip().endswith(": not fetched here")


def test_particulars_that_were_tampered_with_are_called_wrong(demo: DemoRun, folder: Path, tmp_path: Path) -> None:
    reference = demo.reference(STORY)
    git = open_case_folder(folder).git
    ref = particulars_ref(reference)
    held = git.run("ls-tree", "-r", "--name-only", ref).decode().splitlines()[0]
    blob = git.run("hash-object", "-w", "--stdin", stdin=b"0" * 64 + b"\nanother\n").decode().strip()
    inner = git.run("mktree", stdin=f"100644 blob {blob}\t{held.split('/')[1]}\n".encode()).decode().strip()
    outer = git.run("mktree", stdin=f"040000 tree {inner}\t{held.split('/')[0]}\n".encode()).decode().strip()
    identity = {f"GIT_{who}_{what}": "X" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    commit = git.run("commit-tree", "-m", "x", outer, settings=identity).decode().strip()
    git.run("update-ref", ref, commit)
    code, told = told_of(folder, reference, tmp_path / "a", demo)
    assert (code, told.rstrip().rpartition(": ")[2]) == (1, "wrong")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ((), "Say which case"),
        (("HERE", "--all"), "Say which case"),
        (("HERE",), "Say where"),
        (("HERE", "--to", "INSIDE/pack"), "among the records"),
        (("HERE", "--to", "INSIDE/x.zip"), "among the records"),
        (("HERE", "--to", "TAKEN"), "already"),
        (("HERE", "--to", "NOWHERE/deep/pack"), "not there"),
        (("HERE", "--to", "FREE", "--formats", "odt"), "format"),
        (("HSP-2026-NONE", "--to", "FREE"), "no case"),
    ],
)
def test_what_can_not_be_done_is_refused_and_leaves_nothing(
    words: tuple[str, ...], says: str, demo: DemoRun, folder: Path, tmp_path: Path
) -> None:
    desk = tmp_path / "desk"
    (desk / "taken").mkdir(parents=True)
    places = {"HERE": demo.reference(STORY), "TAKEN": f"{desk}/taken", "FREE": f"{desk}/free"}
    spelled = [places.get(one, one.replace("INSIDE", str(folder)).replace("NOWHERE", f"{desk}/no")) for one in words]
    before, around = everything(folder), sorted(desk.rglob("*"))
    answer = ask(folder, "export", *spelled, today=AFTER)
    assert answer.code == 2
    assert says in answer.err
    assert everything(folder) == before
    assert sorted(desk.rglob("*")) == around


def test_a_pack_that_fails_on_the_way_leaves_nothing(demo: DemoRun, folder: Path, tmp_path: Path) -> None:
    broken = folder / "framework" / "templates" / "decision-letter.md.j2"
    broken.parent.mkdir(parents=True, exist_ok=True)
    broken.write_text("{{ nothing_like_it }}\n")
    identity = ("-c", "user.name=X", "-c", "user.email=x@example.invalid")
    subprocess.run(["git", *identity, "add", "-f", "framework"], cwd=folder, check=True)
    subprocess.run(["git", *identity, "commit", "-q", "-m", "x"], cwd=folder, check=True)
    (tmp_path / "desk").mkdir()
    for name in ("pack", "pack.zip"):
        answer = ask(folder, "export", demo.reference(STORY), "--to", tmp_path / "desk" / name, today=AFTER)
        assert answer.code == 3
    assert list((tmp_path / "desk").iterdir()) == []


@needs_openssh
def test_signatures_are_checked_by_the_instructions(desk: SigningDesk, tmp_path: Path) -> None:
    desk.call("sign-on", "--make", "--no-passphrase", code=0)
    case = desk.new_case()
    for words in ((case,), ("--all",)):
        place = tmp_path / f"pack-{len(words[0])}"
        desk.call("export", *words, "--to", place, "--formats", "none", code=0)
        told = "\n".join(answer for _, answer in followed(place))
        assert complaints(place) == []
        assert told.count('Good "git" signature') == (1 if words[0] == case else 2)
        assert 'Good "sptool-checkpoint" signature' in told


@needs_openssh
def test_a_checkpoint_that_was_altered_is_seen(desk: SigningDesk, tmp_path: Path) -> None:
    desk.call("sign-on", "--make", "--no-passphrase", code=0)
    desk.call("export", desk.new_case(), "--to", tmp_path / "pack", "--formats", "none", code=0)
    statement = tmp_path / "pack" / "checkpoint.txt"
    statement.write_text(statement.read_text().replace("made_by: officer-one", "made_by: officer-two"))
    told = dict(followed(tmp_path / "pack"))
    assert not any('Good "sptool-checkpoint"' in answer for answer in told.values())


def test_findings_about_other_cases_stay_out_of_a_pack_of_one(demo: DemoRun, folder: Path, tmp_path: Path) -> None:
    mine, other = demo.reference(STORY), demo.reference("16-corrected")
    stray = folder / other.split("-")[1] / other / "stray.txt"
    stray.write_text("By hand.\n")
    identity = ("-c", "user.name=X", "-c", "user.email=x@example.invalid")
    subprocess.run(["git", *identity, "add", "-f", str(stray)], cwd=folder, check=True)
    subprocess.run(["git", *identity, "commit", "-q", "-m", "x"], cwd=folder, check=True)
    answer = ask(folder, "export", mine, "--to", tmp_path / "p", "--formats", "none", today=AFTER)
    assert answer.code == 1
    assert "NOT EVERYTHING HOLDS" in answer.err
    report = json.loads((tmp_path / "p" / "verification" / "report.json").read_text())
    assert report["findings_about_other_cases"] > 0
    assert other not in json.dumps(report)
    assert {one["case"] for one in report["due"]} == {mine}


def test_an_earlier_checkpoint_is_held_against_the_history_and_goes_in(demo: DemoRun, tmp_path: Path) -> None:
    packed(demo, tmp_path / "a", demo.reference(STORY), formats="none")
    earlier = tmp_path / "a" / "checkpoint.txt"
    answer = packed(demo, tmp_path / "b", demo.reference(STORY), "--against", str(earlier), formats="none")
    assert answer.code == 0, answer.err
    assert (tmp_path / "b" / "checkpoint-earlier.txt").read_bytes() == earlier.read_bytes()
    assert json.loads((tmp_path / "b" / "verification" / "report.json").read_text())["against_checkpoint"] is True
