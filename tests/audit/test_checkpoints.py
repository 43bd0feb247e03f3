"""Checkpoints: a history that only grew passes; one that was replaced, or a statement that was touched, doesn't."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from sptool.audit.checkpoints import read_checkpoint
from sptool.audit.since_checkpoint import check_against
from sptool.errors import UsageError
from sptool.store.folder import open_case_folder
from sptool.store.signing import read_key, sign
from tests.audit.forging import ONE, TWO, git, move_main, resigned
from tests.cli.running import pattern
from tests.signing import ADDRESS, NOTE, OTHER_ADDRESS, SigningDesk, desk, fingerprint, needs_openssh, public

__all__ = ["desk", "pattern"]

pytestmark = needs_openssh

Found = list[tuple[str, str, tuple[str, ...]]]


def found_against(desk: SigningDesk, content: bytes) -> Found:
    """What stands against a checkpoint: check, weight and fields."""
    findings = check_against(open_case_folder(desk.folder), content)
    return [(finding.check, finding.verdict, finding.fields) for finding in findings]


def made(desk: SigningDesk, name: str = "checkpoint.txt") -> bytes:
    """A checkpoint of the folder as it is."""
    place = desk.answers / name
    desk.call("checkpoint", "--out", place, code=0)
    return place.read_bytes()


@pytest.fixture
def signed(desk: SigningDesk) -> tuple[SigningDesk, bytes, Path]:
    """A desk whose officer signs, and a checkpoint after which the history has grown."""
    key = desk.signed_on()
    desk.officer_two()
    desk.new_case()
    content = made(desk)
    desk.new_case()
    return desk, content, key


Signed = tuple[SigningDesk, bytes, Path]


def test_a_history_that_only_grew_passes(signed: Signed) -> None:
    desk, content, key = signed
    assert found_against(desk, content) == []
    assert found_against(desk, made(desk, "later.txt")) == []
    said = read_checkpoint(content).said
    assert said["commit"] == desk.git("rev-parse", "main~1").strip()
    assert (said["commits"], said["records"], said["made_by"]) == (4, 1, "officer-one")
    assert said["signed_with"] == fingerprint(key)


def test_an_unsigned_checkpoint_says_so(desk: SigningDesk) -> None:
    ran = desk.call("checkpoint", code=0)
    assert "signed_with: nobody" in ran.out
    assert "sptool sign-on" in ran.err
    assert found_against(desk, ran.out.encode()) == [("checkpoint-unsigned", "noted", ())]


@pytest.mark.parametrize("pruned", [False, True])
def test_another_line_of_history_in_its_place_is_found(signed: Signed, pruned: bool) -> None:
    """A force-push: the records look the same, and their commits are others."""
    desk, content, key = signed
    desk.git("reset", "-q", "--hard", "main~1")
    resigned(desk, key, at="1772445600 +0000")
    if pruned:
        desk.git("reflog", "expire", "--expire=now", "--all")
        desk.git("gc", "-q", "--prune=now")
    assert found_against(desk, content) == [("checkpoint-gone", "failed", ())]


def test_a_graft_does_not_make_a_replaced_history_pass(signed: Signed) -> None:
    desk, content, key = signed
    old = desk.git("rev-parse", "main~1").strip()
    desk.git("reset", "-q", "--hard", "main~1")
    new = resigned(desk, key, at="1772445600 +0000")
    grafts = desk.folder / ".git" / "info" / "grafts"
    grafts.parent.mkdir(exist_ok=True)
    grafts.write_text(f"{new} {old}\n")
    assert found_against(desk, content) == [("checkpoint-gone", "failed", ())]
    grafts.unlink()
    desk.git("replace", "--graft", new, old)
    assert found_against(desk, content) == [("checkpoint-gone", "failed", ())]


def test_a_roster_that_was_rolled_back_is_found(signed: Signed) -> None:
    desk, content, key = signed
    before = desk.git("rev-parse", "main~1").strip()
    entries = desk.git("ls-tree", f"{before}:register").splitlines()
    kept = "".join(f"{entry}\n" for entry in entries if "officer-added" not in entry or entry == entries[1])
    register = git(desk, "mktree", given=kept.encode())
    top = desk.git("ls-tree", before).splitlines()
    others = "".join(f"{entry}\n" for entry in top if not entry.endswith("\tregister"))
    tree = git(desk, "mktree", given=f"{others}040000 tree {register}\tregister\n".encode())
    move_main(desk, before)
    forged = resigned(desk, key, tree=tree)
    assert found_against(desk, content) == [("checkpoint-gone", "failed", ())]
    assert found_against(desk, _rewritten(content, b"commit: " + before.encode(), b"commit: " + forged.encode())) == [
        ("checkpoint-differs", "failed", ("register", "files_sha256")),
        ("checkpoint-signature", "failed", ()),
    ]


@pytest.mark.parametrize(
    ("field", "old", "new"),
    [
        ("commits", b"commits: 4", b"commits: 5"),
        ("records", b"records: 1\nregister", b"records: 2\nregister"),
        ("register", b"  records: 4", b"  records: 3"),
        ("cases", b": 1\n-----BEGIN", b": 2\n-----BEGIN"),
    ],
)
def test_a_statement_that_was_changed_is_found(signed: Signed, field: str, old: bytes, new: bytes) -> None:
    desk, content, _ = signed
    assert found_against(desk, _rewritten(content, old, new)) == [
        ("checkpoint-differs", "failed", (field,)),
        ("checkpoint-signature", "failed", ()),
    ]


@pytest.mark.parametrize(
    ("old", "new"), [(b"made_by: officer-one", b"made_by: officer-two"), (b"made_at: 2026-03", b"made_at: 2026-04")]
)
def test_who_made_it_and_when_cannot_be_changed(signed: Signed, old: bytes, new: bytes) -> None:
    desk, content, _ = signed
    assert found_against(desk, _rewritten(content, old, new)) == [("checkpoint-signature", "failed", ())]


def test_a_signature_taken_off_is_found(signed: Signed) -> None:
    desk, content, key = signed
    bare = read_checkpoint(content).text
    assert found_against(desk, bare) == [("checkpoint-signature", "failed", ())]
    unsigned = bare.replace(fingerprint(key).encode(), b"nobody")
    assert found_against(desk, unsigned) == [("checkpoint-signature", "failed", ())], "its officer signs by then"
    desk.call("sign-on", "--require", code=0)
    later = read_checkpoint(made(desk, "later.txt")).text.replace(fingerprint(key).encode(), b"nobody")
    assert found_against(desk, later) == [("checkpoint-signature", "failed", ())]


def _with_a_strangers_key(desk: SigningDesk, text: bytes) -> bytes:
    stranger = desk.key("stranger")
    text = text.replace(fingerprint(desk.home / "one").encode(), fingerprint(stranger).encode())
    return text + sign(read_key(stranger), "sptool-checkpoint", text)


def _with_a_signature_for_a_commit(desk: SigningDesk, text: bytes) -> bytes:
    return text + sign(read_key(desk.home / "one"), "git", text)


def _with_garbage(desk: SigningDesk, text: bytes) -> bytes:
    return text + b"-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----\n"


@pytest.mark.parametrize("forge", [_with_a_strangers_key, _with_a_signature_for_a_commit, _with_garbage])
def test_another_signature_is_found(signed: Signed, forge: Callable[[SigningDesk, bytes], bytes]) -> None:
    desk, content, _ = signed
    assert found_against(desk, forge(desk, read_checkpoint(content).text)) == [("checkpoint-signature", "failed", ())]


def test_neither_another_officers_key_nor_a_retired_one_signs_a_checkpoint(signed: Signed) -> None:
    desk, content, one = signed
    two = desk.key("two")
    desk.call("key", "add", "officer-two", "--public-key", public(two), "--fingerprint", fingerprint(two), code=0)
    desk.sits_down(*TWO, two)
    desk.call("key", "retire", fingerprint(one), "--reason", "may-be-known-to-others", code=0)
    assert found_against(desk, content) == []
    text = read_checkpoint(made(desk, "later.txt")).text
    in_anothers_name = text.replace(b"made_by: officer-two", b"made_by: officer-one")
    forged = in_anothers_name + sign(read_key(two), "sptool-checkpoint", in_anothers_name)
    assert found_against(desk, forged) == [("checkpoint-signature", "failed", ())]
    text = text.replace(b"made_by: officer-two", b"made_by: officer-one")
    text = text.replace(fingerprint(two).encode(), fingerprint(one).encode())
    forged = text + sign(read_key(one), "sptool-checkpoint", text)
    assert found_against(desk, forged) == [("checkpoint-signature", "failed", ())]


def test_a_checkpoint_of_another_folder_proves_nothing(signed: Signed) -> None:
    desk, content, _ = signed
    assert found_against(desk, _rewritten(content, b"folder: HSP", b"folder: TST")) == [
        ("checkpoint-of-another-folder", "failed", ("folder",))
    ]


@pytest.mark.parametrize("commit", [b"main", b"--all", b"0" * 40])
def test_a_commit_that_is_none_is_not_there(signed: Signed, commit: bytes) -> None:
    desk, content, _ = signed
    real = str(read_checkpoint(content).said["commit"]).encode()
    assert found_against(desk, content.replace(real, b"'" + commit + b"'")) == [("checkpoint-gone", "failed", ())]


@pytest.mark.parametrize("content", [b"", b"hello\n", b"checkpoint: sptool-checkpoint/2\n", b"\xff", b"a: [\n"])
def test_what_is_no_checkpoint_is_refused(desk: SigningDesk, content: bytes) -> None:
    with pytest.raises(UsageError, match="no checkpoint"):
        found_against(desk, content)


def test_line_ends_changed_by_a_mail_program_do_no_harm(signed: Signed) -> None:
    desk, content, _ = signed
    assert found_against(desk, content.replace(b"\n", b"\r\n")) == []


def test_stock_openssh_and_coreutils_say_the_same(signed: Signed) -> None:
    desk, content, _ = signed
    at = content.index(b"-----BEGIN")
    text, signature, allowed = (desk.answers / name for name in ("text", "text.sig", "allowed"))
    text.write_bytes(content[:at])
    signature.write_bytes(content[at:])
    allowed.write_text(desk.call("key", "list", "--allowed-signers").out)
    command = ["ssh-keygen", "-Y", "verify", "-f", str(allowed), "-I", ADDRESS, "-n", "sptool-checkpoint", "-s"]
    done = subprocess.run([*command, str(signature)], input=text.read_bytes(), capture_output=True, check=False)
    assert done.returncode == 0, done
    said = read_checkpoint(content).said
    names = desk.git("ls-tree", "-r", "--name-only", str(said["commit"])).splitlines()
    listed = subprocess.run(["sha256sum", *names], cwd=desk.folder, capture_output=True, check=True).stdout
    assert sha256(listed).hexdigest() == said["files_sha256"]


def test_without_the_key_there_is_no_checkpoint(signed: Signed) -> None:
    desk, _, key = signed
    key.unlink()
    place = desk.answers / "none.txt"
    desk.must_refuse("checkpoint", "--out", place, code=1)
    assert not place.exists()


def test_a_checkpoint_overwrites_nothing_and_stays_out_of_the_folder(signed: Signed) -> None:
    desk, content, _ = signed
    place = desk.answers / "checkpoint.txt"
    desk.must_refuse("checkpoint", "--out", place, code=2)
    assert place.read_bytes() == content
    desk.must_refuse("checkpoint", "--out", desk.folder / "checkpoint.txt", code=2)


@pytest.mark.parametrize("ending", ["md", "docx", "pdf", "html"])
def test_a_page_for_the_minutes(signed: Signed, ending: str) -> None:
    desk, _, key = signed
    out, page = desk.answers / "again.txt", desk.answers / f"page.{ending}"
    desk.call("checkpoint", "--out", out, "--page", page, code=0)
    content = page.read_bytes()
    assert content
    if ending == "md":
        said = content.decode()
        assert desk.git("rev-parse", "main").strip() in said
        assert sha256(out.read_bytes()).hexdigest() in said
        assert fingerprint(key) in said
        assert [word for word in (*ONE, OTHER_ADDRESS, str(NOTE["text"])) if word in said] == []


def _rewritten(content: bytes, old: bytes, new: bytes) -> bytes:
    assert content.count(old) == 1
    return content.replace(old, new)


def test_sptool_verify_holds_a_history_against_its_checkpoint(signed: Signed) -> None:
    desk, _, key = signed
    place = desk.answers / "checkpoint.txt"
    before = desk.git("rev-parse", "main").strip()
    assert "PROVED: The history was not rewritten since the checkpoint." in _verified(desk, place, 0)
    move_main(desk, desk.git("rev-parse", "main~1").strip())
    resigned(desk, key, at="1772445600 +0000")
    assert "checkpoint-gone: " in _verified(desk, place, 1)
    move_main(desk, before)
    _verified(desk, place, 0)


def _verified(desk: SigningDesk, place: Path, code: int) -> str:
    return desk.call("verify", "--against", place, code=code).out
