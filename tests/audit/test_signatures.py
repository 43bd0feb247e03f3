"""Signatures judged by their place in the history: each forgery is found, and nothing else is."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from sptool.records.keyring import Keyring
from tests.audit.forging import ONE, TWO, checks, git, move_main, put_in_place, raw, resigned, watched
from tests.cli.running import pattern
from tests.signing import ADDRESS, NOTE, OTHER_ADDRESS, SigningDesk, desk, fingerprint, needs_openssh, public

__all__ = ["desk", "pattern"]

pytestmark = needs_openssh


@pytest.fixture
def pair(desk: SigningDesk) -> tuple[SigningDesk, Path, Path]:
    """A desk at which two officers sign, and a case; Officer One sits there."""
    one, two = desk.signed_on("one"), desk.key("two")
    desk.officer_two()
    desk.call("key", "add", "officer-two", "--public-key", public(two), "--fingerprint", fingerprint(two), code=0)
    desk.new_case()
    return desk, one, two


Pair = tuple[SigningDesk, Path, Path]


def note(desk: SigningDesk) -> str:
    """Records a note; the new head of main."""
    case = desk.call("list", "--json").data[0]["case"]
    desk.record("note", case, answers=NOTE)
    return desk.git("rev-parse", "main").strip()


def test_an_untouched_history_has_nothing_to_find(pair: Pair) -> None:
    desk, one, two = pair
    desk.call("sign-on", "--require", code=0)
    desk.sits_down(*TWO, two)
    note(desk)
    desk.call("key", "retire", fingerprint(one), "--reason", "replaced", code=0)
    note(desk)
    watch, found = watched(desk)
    assert found == []
    claim = watch.summary()
    assert (claim.verdict, claim.because[:22]) == ("proved", "8 of 9 commits are sig")


def test_a_folder_in_which_nobody_signs_claims_and_proves_nothing(desk: SigningDesk) -> None:
    desk.new_case()
    watch, found = watched(desk)
    assert (found, watch.summary().verdict) == ([], "claimed")


def test_a_step_that_lost_its_signature_is_found(pair: Pair) -> None:
    desk, _, _ = pair
    resigned(desk, None)
    assert checks(desk) == ["signature-missing"]
    assert watched(desk)[0].summary().verdict == "failed"


def test_an_unsigned_step_by_somebody_without_a_key_is_found_only_where_signing_is_required(desk: SigningDesk) -> None:
    desk.signed_on()
    desk.officer_two()
    desk.new_case()
    resigned(desk, None, author=("Officer Two", OTHER_ADDRESS))
    # The record still names Officer One, who signs.
    assert checks(desk) == ["signature-missing"]
    desk.git("reset", "-q", "--hard", "main~1")
    desk.sits_down("Officer Two", OTHER_ADDRESS)
    desk.new_case()
    assert checks(desk) == []
    desk.sits_down("Officer One", ADDRESS, desk.home / "one")
    desk.call("sign-on", "--require", code=0)
    desk.new_case()
    resigned(desk, None, author=("Officer Three", "officer.three@testshire.invalid"))
    assert checks(desk) == ["signature-missing"]


def test_a_change_beneath_a_signature_is_found(pair: Pair) -> None:
    desk, _, _ = pair
    put_in_place(desk, raw(desk).replace(b"referral", b"deferral", 1))
    assert checks(desk) == ["signature-broken"]


def test_a_signature_moved_from_another_step_is_found(pair: Pair) -> None:
    desk, _, _ = pair
    other = _signature(raw(desk, "main~1"))
    put_in_place(desk, raw(desk).replace(_signature(raw(desk)), other))
    assert checks(desk) == ["signature-broken"]


def test_a_signature_for_something_else_is_found(pair: Pair) -> None:
    """A checkpoint's signature, or a signed file's, never passes for that of a commit."""
    desk, one, _ = pair
    bare = _without_signature(raw(desk))
    made = _signed(desk, one, "file", bare)
    put_in_place(desk, _with_signature(bare, made))
    assert checks(desk) == ["signature-broken"]
    put_in_place(desk, _with_signature(bare, _signed(desk, one, "git", bare)))
    assert checks(desk) == []


@pytest.mark.parametrize(
    "garbage", [b"-----BEGIN PGP SIGNATURE-----\n\nAAAA\n-----END PGP SIGNATURE-----\n", b"none\n"]
)
def test_what_is_no_ssh_signature_is_not_taken_for_one(pair: Pair, garbage: bytes) -> None:
    desk, _, _ = pair
    put_in_place(desk, _with_signature(_without_signature(raw(desk)), garbage))
    assert checks(desk) == ["signature-unchecked"]


def test_a_key_that_is_not_in_the_register_is_found(pair: Pair) -> None:
    desk, _, _ = pair
    resigned(desk, desk.key("stranger"))
    assert checks(desk) == ["signature-unknown-key"]


def test_another_officers_good_key_does_not_sign_for_a_forged_author(pair: Pair) -> None:
    desk, one, two = pair
    resigned(desk, one, author=TWO)
    assert checks(desk) == ["signature-of-another"]
    desk.git("reset", "-q", "--hard", "main")
    resigned(desk, two, author=ONE)
    assert checks(desk) == ["signature-of-another"]
    resigned(desk, one, author=ONE)
    assert checks(desk) == []


def test_a_retired_key_signs_no_more_whatever_date_is_claimed(pair: Pair) -> None:
    desk, one, two = pair
    early = desk.git("show", "-s", "--format=%at +0000", "main~3").strip()
    desk.sits_down(*TWO, two)
    desk.call("key", "retire", fingerprint(one), "--reason", "may-be-known-to-others", code=0)
    note(desk)
    resigned(desk, one, author=ONE)
    assert checks(desk) == ["signature-retired-key"]
    resigned(desk, one, author=ONE, at=early)
    assert checks(desk) == ["signature-retired-key"]
    resigned(desk, two, author=TWO)
    assert checks(desk) == []


def test_a_retirement_counts_from_where_two_lines_meet(pair: Pair) -> None:
    """What was signed on another line, not knowing of the retirement, stays good; what comes after both does not."""
    desk, one, two = pair
    start = desk.git("rev-parse", "main").strip()
    desk.sits_down(*TWO, two)
    desk.call("key", "retire", fingerprint(one), "--reason", "lost", code=0)
    retired = desk.git("rev-parse", "main").strip()
    desk.git("reset", "-q", "--hard", start)
    desk.sits_down(*ONE, one)
    aside = note(desk)
    resigned(desk, two, author=TWO, parents=(aside, retired))
    assert checks(desk) == []
    resigned(desk, one, author=ONE, parents=(aside, retired))
    assert checks(desk) == ["signature-retired-key"]


def test_a_joining_of_two_lines_is_signed_too(pair: Pair) -> None:
    desk, one, _ = pair
    start = desk.git("rev-parse", "main").strip()
    left = note(desk)
    desk.git("reset", "-q", "--hard", start)
    right = note(desk)
    resigned(desk, None, parents=(left, right))
    assert checks(desk) == ["signature-missing"]
    resigned(desk, one, parents=(left, right))
    assert checks(desk) == []


def _adding_a_key(pair: Pair) -> Path:
    desk, _, _ = pair
    third = desk.key("three")
    words = ("--public-key", public(third), "--fingerprint", fingerprint(third))
    desk.call("key", "add", "officer-two", *words, code=0)
    return third


def _unsigned(pair: Pair, third: Path) -> None:
    resigned(pair[0], None)


def _by_the_key_itself(pair: Pair, third: Path) -> None:
    resigned(pair[0], third)


def _in_anothers_name(pair: Pair, third: Path) -> None:
    resigned(pair[0], pair[1], author=TWO)


def _tampered_with(pair: Pair, third: Path) -> None:
    put_in_place(pair[0], raw(pair[0]).replace(b"key added", b"key adder"))


@pytest.mark.parametrize(
    ("forge", "found"),
    [
        (_unsigned, "signature-missing"),
        (_by_the_key_itself, "signature-unknown-key"),
        (_in_anothers_name, "signature-of-another"),
        (_tampered_with, "signature-broken"),
    ],
)
def test_a_key_that_nobody_trusted_added_never_counts(
    pair: Pair, forge: Callable[[Pair, Path], None], found: str
) -> None:
    desk, _, _ = pair
    third = _adding_a_key(pair)
    forge(pair, third)
    assert checks(desk) == [found, "key-untrusted"]
    desk.git("reset", "-q", "--hard", "main")
    desk.sits_down(*TWO, third)
    note(desk)
    assert checks(desk) == [found, "key-untrusted", "signature-unknown-key"]


def test_a_key_that_a_colleague_added_counts(pair: Pair) -> None:
    desk, _, _ = pair
    desk.sits_down(*TWO, _adding_a_key(pair))
    note(desk)
    assert checks(desk) == []


def test_a_retirement_that_nobody_trusted_recorded_has_no_effect(pair: Pair) -> None:
    desk, one, two = pair
    desk.call("key", "retire", fingerprint(two), "--reason", "officer-left", code=0)
    resigned(desk, desk.key("stranger"))
    desk.git("reset", "-q", "--hard", "main")
    desk.sits_down(*ONE, one)
    note(desk)
    resigned(desk, two, author=TWO)
    # The record still names Officer One: her colleague's key is in force, and is not hers.
    assert checks(desk) == ["signature-unknown-key", "key-untrusted", "signature-of-another"]


def test_a_requirement_is_lifted_only_by_somebody_trusted(pair: Pair) -> None:
    desk, _, _ = pair
    desk.call("officer", "add", "--name", "Officer Three", "--email", "officer.three@testshire.invalid", code=0)
    desk.call("sign-on", "--require", code=0)
    desk.call("sign-on", "--no-longer-require", code=0)
    lifted = desk.git("rev-parse", "main").strip()
    three = ("Officer Three", "officer.three@testshire.invalid")
    desk.sits_down(*three)
    note(desk)
    assert checks(desk) == []
    move_main(desk, lifted)
    resigned(desk, desk.key("stranger"))
    untrusted = desk.git("rev-parse", "main").strip()
    desk.git("reset", "-q", "--hard", "main")
    desk.sits_down(*three)
    note(desk)
    assert desk.git("rev-parse", "main~1").strip() == untrusted
    assert checks(desk) == ["signature-unknown-key", "key-untrusted", "signature-missing"]


def test_the_first_key_is_signed_with_itself(desk: SigningDesk) -> None:
    key = desk.signed_on()
    assert checks(desk) == []
    resigned(desk, desk.key("stranger"))
    assert checks(desk) == ["signature-unknown-key", "key-untrusted"]
    resigned(desk, None)
    assert checks(desk) == ["key-untrusted"]
    resigned(desk, key)
    assert checks(desk) == []


def test_trust_that_starts_afresh_is_shown_for_ever(desk: SigningDesk) -> None:
    desk.signed_on().unlink()
    why = desk.file("Both laptops were replaced on one day.\n", "why.txt")
    desk.call("sign-on", "--key", desk.key("new"), "--afresh", why, code=0)
    desk.new_case()
    watch, found = watched(desk)
    assert [finding.check for finding in found] == ["key-afresh"]
    assert watch.summary().verdict == "failed"


def test_git_itself_agrees_on_every_commit(pair: Pair) -> None:
    """Good, unsigned, tampered with, by a stranger, by a retired key, for another: stock git says the same of each."""
    desk, one, two = pair
    desk.call("sign-on", "--require", code=0)
    forgeries: list[Callable[[], object]] = [
        lambda: resigned(desk, None),
        lambda: put_in_place(desk, raw(desk).replace(b"note", b"vote", 1)),
        lambda: resigned(desk, desk.key("stranger")),
        lambda: resigned(desk, two, author=ONE),
        lambda: resigned(desk, one),
    ]
    for forge in forgeries:
        note(desk)
        forge()
        desk.git("reset", "-q", "--hard", "main")
    desk.call("key", "retire", fingerprint(two), "--reason", "lost", code=0)
    note(desk)
    resigned(desk, two, author=TWO)
    watch, found = watched(desk)
    wrong = {finding.commit for finding in found}
    assert len(wrong) == 5
    for commit in desk.git("rev-list", "main").split():
        signed = b"\ngpgsig " in raw(desk, commit)
        assert _git_agrees(desk, commit, watch.keyrings) == (signed and commit not in wrong)


def _git_agrees(desk: SigningDesk, commit: str, keyrings: dict[str, Keyring]) -> bool:
    """Whether stock git finds a good signature of the author's, given the keys in force at that point."""
    above = desk.git("rev-parse", f"{commit}^@").split()
    before = keyrings[above[0]] if above else Keyring()
    counting = before if before.keys else keyrings[commit]
    allowed = desk.answers / "allowed_signers"
    allowed.write_text(counting.allowed_signers())
    options = ("-c", f"gpg.ssh.allowedSignersFile={allowed}")
    verdict, signer, author = desk.git(*options, "show", "-s", "--format=%G?%n%GS%n%ae", commit).splitlines()
    return verdict == "G" and signer == author


def _signature(content: bytes) -> bytes:
    start = content.index(b"gpgsig ")
    return content[start : content.index(b"END SSH SIGNATURE-----\n", start)]


def _without_signature(content: bytes) -> bytes:
    start = content.index(b"gpgsig ")
    end = content.index(b"END SSH SIGNATURE-----\n", start) + len(b"END SSH SIGNATURE-----\n")
    return content[:start] + content[end:]


def _with_signature(bare: bytes, signature: bytes) -> bytes:
    head, blank, message = bare.partition(b"\n\n")
    folded = signature.rstrip(b"\n").replace(b"\n", b"\n ")
    return head + b"\ngpgsig " + folded + blank + message


def _signed(desk: SigningDesk, key: Path, namespace: str, message: bytes) -> bytes:
    command = ["ssh-keygen", "-Y", "sign", "-q", "-n", namespace, "-f", str(key)]
    return subprocess.run(command, input=message, capture_output=True, check=True).stdout


def test_sptool_verify_says_so(pair: Pair) -> None:
    desk, one, two = pair
    assert "PROVED: Every step was signed by the officer" in desk.call("verify").out
    resigned(desk, two, author=ONE)
    ran = desk.call("verify", code=1)
    assert "FAILED: Every step was signed by the officer" in ran.out
    assert "signature-of-another: " in ran.out
    resigned(desk, one)
    assert "signature-" not in desk.call("verify").out


def _joined_to(desk: SigningDesk, start: str, aside: str, main: str, key: Path | None, author: tuple[str, str]) -> None:
    """Joins a line that began at `start` to main, with both lines' files."""
    tree = git(desk, "merge-tree", "--write-tree", aside, main)
    move_main(desk, main)
    resigned(desk, key, author=author, parents=(main, aside), tree=tree)
    assert start in desk.git("rev-list", "main")


@pytest.fixture
def aside(desk: SigningDesk) -> tuple[SigningDesk, Path, str, str, str]:
    """A desk whose officer signs on; and a line from before that, with an unsigned step in the officer's name."""
    start = desk.git("rev-parse", "main").strip()
    desk.new_case()
    unsigned = desk.git("rev-parse", "main").strip()
    desk.git("reset", "-q", "--hard", start)
    one = desk.signed_on("one")
    return desk, one, start, unsigned, desk.git("rev-parse", "main").strip()


Aside = tuple[SigningDesk, Path, str, str, str]


def test_steps_slipped_in_from_before_signing_began_need_a_joining_that_is_signed(aside: Aside) -> None:
    """Judged by its own past the unsigned step is good: whoever joins its line has to vouch for it."""
    desk, one, start, unsigned, main = aside
    _joined_to(desk, start, unsigned, main, None, ("Nobody Known", "nobody@testshire.invalid"))
    assert checks(desk) == ["signature-joined"]
    assert watched(desk)[0].summary().verdict == "failed"
    _joined_to(desk, start, unsigned, main, one, ONE)
    assert checks(desk) == []
    assert watched(desk)[0].summary().verdict == "proved"


def test_steps_slipped_in_from_before_a_keys_retirement_need_a_joining_that_is_signed(pair: Pair) -> None:
    desk, one, two = pair
    start = desk.git("rev-parse", "main").strip()
    stolen = note(desk)
    desk.git("reset", "-q", "--hard", start)
    desk.sits_down(*TWO, two)
    desk.call("key", "retire", fingerprint(one), "--reason", "may-be-known-to-others", code=0)
    main = desk.git("rev-parse", "main").strip()
    _joined_to(desk, start, stolen, main, None, ("Nobody Known", "nobody@testshire.invalid"))
    assert checks(desk) == ["signature-joined"]
    _joined_to(desk, start, stolen, main, one, ONE)
    assert checks(desk) == ["signature-retired-key"]
    _joined_to(desk, start, stolen, main, two, TWO)
    assert checks(desk) == []


def test_a_first_key_on_a_line_of_its_own_starts_trust_afresh(desk: SigningDesk) -> None:
    """Nobody makes a key trusted by beginning a line before the first key and joining it later."""
    desk.officer_two()
    start = desk.git("rev-parse", "main").strip()
    one = desk.signed_on("one")
    main = desk.git("rev-parse", "main").strip()
    desk.git("reset", "-q", "--hard", start)
    desk.sits_down(*TWO)
    desk.signed_on("two")
    assert checks(desk) == []
    _joined_to(desk, start, desk.git("rev-parse", "main").strip(), main, one, ONE)
    assert checks(desk) == ["key-afresh"]


def test_a_step_of_the_register_is_signed_by_the_officer_whom_it_names(pair: Pair) -> None:
    desk, one, _ = pair
    desk.call("officer", "add", "--name", "Officer Three", "--email", "officer.three@testshire.invalid", code=0)
    path = desk.git("log", "-1", "--name-only", "--format=", "main").strip()
    content = (desk.folder / path).read_bytes().replace(b"recorded_by: officer-one", b"recorded_by: officer-two")
    blob = git(desk, "hash-object", "-w", "--stdin", given=content)
    git(desk, "update-index", "--cacheinfo", f"100644,{blob},{path}")
    resigned(desk, one, tree=git(desk, "write-tree"))
    assert checks(desk) == ["signature-of-another"]
