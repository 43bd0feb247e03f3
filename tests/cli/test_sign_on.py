"""Signing: set up once, then every step is signed; if one can't be, nothing at all is written."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from sptool.cli.key import REASONS
from sptool.records.plain import allowed_values
from sptool.records.register import KeyRetired
from tests.cli.running import MONDAY, pattern
from tests.signing import (
    ADDRESS,
    NOTE,
    OTHER_ADDRESS,
    REFERRAL,
    SigningDesk,
    agent_at,
    desk,
    fingerprint,
    hand_over,
    needs_openssh,
    public,
)

__all__ = ["desk", "pattern"]

pytestmark = needs_openssh
WORDS = "made-up-words"
CHILDREN = [{"id": "child-a", "outcome": "seriously-harmed", "looked_after": "no"}]


@pytest.fixture
def agent() -> Iterator[tuple[str, int]]:
    """An agent; its socket's path must be short."""
    with tempfile.TemporaryDirectory(prefix="agent-") as place, agent_at(Path(place)) as running:
        yield running


def test_a_new_key_signs_every_step_from_then_on(desk: SigningDesk) -> None:
    before = desk.git("rev-list", "--count", "main")
    ran = desk.call("sign-on", "--make", "--no-passphrase", code=0)
    made = desk.home / ".ssh" / "sptool-hsp"
    assert fingerprint(made) in ran.out
    assert made.stat().st_mode & 0o077 == 0
    ref = desk.new_case()
    desk.record("note", ref, answers=NOTE)
    desk.officer_two()
    signed = ["G " + ADDRESS] * 4
    assert desk.signers() == [*signed, *["N "] * int(before)]
    desk.assert_sound()


def test_the_register_says_whose_key_it_is_and_nothing_of_the_private_half(desk: SigningDesk) -> None:
    key = desk.signed_on()
    said = desk.newest()
    assert f"officer: officer-one\npublic_key: {public(key)}" in said.replace("|-\n  ", "")
    assert f"fingerprint: {fingerprint(key)}" in said
    assert desk.git("log", "-1", "--format=%s").strip() == "register: signing key added"
    assert desk.call("key", "list", "--json").data == {
        "signing_required": False,
        "keys": [
            {
                "officer": "officer-one",
                "fingerprint": fingerprint(key),
                "state": "in force",
                "public_key": public(key),
            }
        ],
    }
    assert "made up" not in said


def test_signing_on_again_records_nothing(desk: SigningDesk) -> None:
    key = desk.signed_on()
    before = desk.state()
    desk.call("sign-on", code=0)
    desk.call("sign-on", "--key", key, code=0)
    assert desk.state() == before


def test_no_key_is_ever_overwritten(desk: SigningDesk) -> None:
    key = desk.key()
    before = key.read_bytes()
    said = desk.must_refuse("sign-on", "--make", "--no-passphrase", "--key", key, code=2).err
    assert "There is a key at that place already" in said
    assert key.read_bytes() == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("sign-on",), "Say with which key."),
        (("sign-on", "--make"), "--no-passphrase"),
        (("sign-on", "--key", "nowhere"), "can't be read"),
        (("key", "retire", "SHA256:none", "--reason", "tired of it"), "not one of the known reasons"),
        (("key", "add", "nobody", "--public-key", "x", "--fingerprint", "y"), "No officer in the register"),
        (("key", "add", "officer-one", "--public-key", "x", "--fingerprint", "y"), "not the public half"),
        (("key", "add", "officer-one", "--public-key", "ssh-ed25519 AAAA", "--fingerprint", "y"), "damaged"),
    ],
)
def test_what_cannot_be_understood_changes_nothing(desk: SigningDesk, words: tuple[str, ...], said: str) -> None:
    assert said in desk.must_refuse(*words, code=2).err


def test_reasons_for_retiring_are_those_of_the_record() -> None:
    assert tuple(allowed_values(KeyRetired.model_fields["reason"].annotation)) == REASONS


def test_a_step_is_refused_before_anything_is_written_if_the_key_is_gone(desk: SigningDesk) -> None:
    ref = desk.new_case()
    key = desk.signed_on()
    away = key.rename(key.with_name("away"))
    ran = desk.must_refuse("note", ref, answers=NOTE)
    assert "your signing key could not be used" in ran.err
    assert "sptool sign-on" in ran.err
    away.rename(key)
    desk.record("note", ref, answers=NOTE)
    assert desk.signers()[0] == f"G {ADDRESS}"


def test_whatever_records_is_refused_alike_and_an_erasure_destroys_nothing(desk: SigningDesk) -> None:
    people = [{"id": "child-a", "role": "child", "name": "Example Childname"}]
    ref = desk.record("new-referral", answers={**REFERRAL, "children": CHILDREN, "private": {"people": people}}).case
    key = desk.signed_on()
    away = key.rename(key.with_name("away"))
    erasure = {"happened_on": MONDAY, "authority": "Head of law", "basis": "court-order", "reason": "It was ordered."}
    desk.must_refuse("erase", ref, answers=erasure)
    desk.must_refuse("officer", "add", "--name", "Officer Two", "--email", OTHER_ADDRESS)
    desk.must_refuse("key", "retire", fingerprint(key), "--reason", "lost")
    assert "Example Childname" in desk.call("show", ref, "--identify", code=0).out
    away.rename(key)
    desk.record("erase", ref, answers=erasure)
    assert f"refs/particulars/{ref}" not in desk.git("for-each-ref")
    assert desk.signers()[0] == f"G {ADDRESS}"


def test_a_step_is_refused_on_a_computer_that_has_no_key_set_up(desk: SigningDesk) -> None:
    ref = desk.new_case()
    key = desk.signed_on()
    desk.git("config", "--unset", "user.signingkey")
    assert "has not been told with which key" in desk.must_refuse("note", ref, answers=NOTE).err
    desk.git("config", "user.signingkey", str(desk.key("stranger")))
    assert "not a key of yours" in desk.must_refuse("note", ref, answers=NOTE).err
    desk.git("config", "user.signingkey", str(key))
    desk.record("note", ref, answers=NOTE)


def test_two_halves_that_do_not_belong_together_are_noticed(desk: SigningDesk) -> None:
    ref = desk.new_case()
    key, other = desk.signed_on(), desk.key("other")
    right = key.read_bytes()
    key.write_bytes(other.read_bytes())
    assert "Nothing was recorded" in desk.must_refuse("note", ref, answers=NOTE).err
    key.write_bytes(right)
    desk.record("note", ref, answers=NOTE)


def test_a_key_with_a_passphrase_needs_an_agent(desk: SigningDesk, agent: tuple[str, int]) -> None:
    ref = desk.new_case()
    key = desk.key(passphrase=WORDS)
    said = desk.must_refuse("sign-on", "--key", key).err
    assert "It has a passphrase, and no agent holds it" in said
    assert "ssh-add ~/one" in said
    at_work = desk.with_agent(agent[0])
    hand_over(key, agent[0], WORDS, desk.home)
    at_work.call("sign-on", "--key", key, code=0)
    at_work.record("note", ref, answers=NOTE)
    assert at_work.signers()[:2] == [f"G {ADDRESS}"] * 2
    desk.must_refuse("note", ref, answers=NOTE)


def test_a_step_is_refused_once_the_agent_has_died(desk: SigningDesk) -> None:
    ref = desk.new_case()
    key = desk.key(passphrase=WORDS)
    with tempfile.TemporaryDirectory(prefix="agent-") as place:
        with agent_at(Path(place)) as (socket, _):
            hand_over(key, socket, WORDS, desk.home)
            at_work = desk.with_agent(socket)
            at_work.call("sign-on", "--key", key, code=0)
            at_work.record("note", ref, answers=NOTE)
        said = at_work.must_refuse("note", ref, answers=NOTE).err
    assert "your signing key could not be used" in said


def test_a_key_that_only_an_agent_holds_signs_too(desk: SigningDesk, agent: tuple[str, int]) -> None:
    key = desk.key(passphrase=WORDS)
    hand_over(key, agent[0], WORDS, desk.home)
    key.unlink()
    at_work = desk.with_agent(agent[0])
    at_work.call("sign-on", "--key", key.with_name("one.pub"), code=0)
    assert at_work.signers()[0] == f"G {ADDRESS}"


@pytest.mark.parametrize("kind", ["rsa", "ecdsa"])
def test_older_kinds_of_key_can_be_used(desk: SigningDesk, kind: str) -> None:
    key = desk.key(kind=kind)
    desk.call("sign-on", "--key", key, code=0)
    assert desk.signers()[0] == f"G {ADDRESS}"


def test_the_folders_own_settings_name_no_program_that_signs(desk: SigningDesk) -> None:
    ref = desk.new_case()
    desk.signed_on()
    trap, trace = desk.home / "trap", desk.home / "sprung"
    trap.write_text(f"#!/bin/sh\ntouch {trace}\nexit 1\n")
    trap.chmod(0o700)
    for name in ("gpg.ssh.program", "gpg.program", "gpg.ssh.defaultKeyCommand"):
        desk.git("config", name, str(trap))
    desk.record("note", ref, answers=NOTE)
    assert not trace.exists()


def test_a_colleague_who_signs_adds_the_next_key(desk: SigningDesk) -> None:
    first = desk.signed_on()
    desk.officer_two()
    second = desk.key("two")
    desk.sits_down("Officer Two", OTHER_ADDRESS)
    said = desk.must_refuse("sign-on", "--key", second).err
    typed = f'sptool key add officer-two --public-key "{public(second)}" --fingerprint "{fingerprint(second)}"'
    assert typed in said
    words = ("key", "add", "officer-two", "--public-key", public(second), "--fingerprint")
    assert "Only an officer who signs" in desk.must_refuse(*words, fingerprint(second)).err
    desk.sits_down("Officer One", ADDRESS, first)
    assert "does not belong to this key" in desk.must_refuse(*words, fingerprint(first), code=2).err
    desk.call(*words, fingerprint(second), code=0)
    assert "in the register already" in desk.must_refuse(*words, fingerprint(second)).err
    desk.sits_down("Officer Two", OTHER_ADDRESS)
    desk.call("sign-on", "--key", second, code=0)
    desk.new_case()
    assert desk.signers()[:2] == [f"G {OTHER_ADDRESS}", f"G {ADDRESS}"]


def test_an_officers_old_key_vouches_for_the_new_one(desk: SigningDesk) -> None:
    old = desk.signed_on()
    new = desk.signed_on("new")
    desk.call("key", "retire", fingerprint(old), "--reason", "replaced", code=0)
    assert f"fingerprint: {fingerprint(old)}\nreason: replaced" in desk.newest()
    assert [row["state"] for row in desk.call("key", "list", "--json").data["keys"]].count("retired") == 1
    desk.git("config", "user.signingkey", str(old))
    assert "not a key of yours that is in force" in desk.must_refuse("new-referral", answers=REFERRAL).err
    assert "never comes back" in desk.must_refuse("sign-on", "--key", old).err
    desk.git("config", "user.signingkey", str(new))
    desk.new_case()


def test_an_old_key_that_is_gone_vouches_for_nothing(desk: SigningDesk) -> None:
    old, new = desk.signed_on(), desk.key("new")
    old.unlink()
    said = desk.must_refuse("sign-on", "--key", new).err
    assert f'sptool key add officer-one --public-key "{public(new)}"' in said


def test_trust_starts_afresh_only_with_a_reason_on_record(desk: SigningDesk) -> None:
    old, new = desk.signed_on(), desk.key("new")
    old.unlink()
    why = desk.file("Both laptops were replaced on one day.\nThe head of service saw us do it.\n", "why.txt")
    desk.call("sign-on", "--key", new, "--afresh", why, code=0)
    assert "Both laptops were replaced on one day." in desk.newest()
    desk.call("key", "retire", fingerprint(old), "--reason", "lost", code=0)
    assert desk.signers()[:2] == [f"G {ADDRESS}"] * 2


def test_where_signing_is_required_nobody_records_without_a_key(desk: SigningDesk) -> None:
    ref = desk.new_case()
    assert "Say with which key." in desk.must_refuse("sign-on", "--require", code=2).err
    first = desk.signed_on()
    desk.officer_two()
    desk.sits_down("Officer Two", OTHER_ADDRESS)
    desk.record("note", ref, answers=NOTE)
    desk.sits_down("Officer One", ADDRESS, first)
    desk.call("sign-on", "--require", code=0)
    assert "so already" in desk.call("sign-on", "--require", code=0).out
    assert desk.call("key", "list", "--json").data["signing_required"] is True
    desk.sits_down("Officer Two", OTHER_ADDRESS)
    assert "Every step has to be signed here" in desk.must_refuse("note", ref, answers=NOTE).err
    newcomer = ("officer", "add", "--me", "--name", "Officer Three", "--email", "officer.three@testshire.invalid")
    desk.must_refuse(*newcomer)
    desk.sits_down("Officer One", ADDRESS, first)
    desk.call("sign-on", "--no-longer-require", code=0)
    desk.sits_down("Officer Two", OTHER_ADDRESS)
    desk.record("note", ref, answers=NOTE)
    assert desk.signers()[:2] == ["N ", f"G {ADDRESS}"]


def test_the_last_key_stays_while_signing_is_required(desk: SigningDesk) -> None:
    key = desk.signed_on()
    desk.call("sign-on", "--require", code=0)
    assert "This is the last key" in desk.must_refuse("key", "retire", fingerprint(key), "--reason", "lost").err
    desk.call("sign-on", "--no-longer-require", code=0)
    desk.call("key", "retire", fingerprint(key), "--reason", "lost", code=0)
    assert "No key in force" in desk.must_refuse("key", "retire", fingerprint(key), "--reason", "lost").err


def test_without_keys_nothing_is_signed(desk: SigningDesk) -> None:
    desk.new_case()
    assert set(desk.signers()) == {"N "}
    assert "Nobody signs in this folder yet" in desk.call("key", "list").out
