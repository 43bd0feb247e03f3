"""Every way of tampering that a check is there for, by the check's id. Each is done to a copy of the demonstration."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import replace
from types import MappingProxyType

from sptool.index.place import ask
from sptool.records.case import Case
from sptool.records.notification import NotificationDecision
from sptool.records.references import SYMBOLS, is_reference
from sptool.text.plain import Plain
from tests.audit.registers import (
    adopt_another_file_than_named,
    adopt_what_is_not_there,
    change_an_address,
    correct_the_register,
    put_a_case_step_into_the_register,
    put_an_officer_into_a_case,
    take_an_officers_address,
    take_an_officers_place,
)
from tests.audit.tampering import Place, Told, field_changed
from tests.making import decision, id_of, note, notified

Tamper = Callable[[Place], None]
NOBODY = "Nobody Known <nobody@example.invalid>"


def _is_step(one: Told) -> bool:
    return "Step: " in one.message


def _last_two(place: Place, same_case: bool) -> tuple[list[Told], int]:
    """The history, and the number of the last commit whose neighbour is of the same case, or of another."""
    history = place.history()
    fitting = [
        number for number in range(3, len(history)) if (history[number].case == history[number - 1].case) == same_case
    ]
    return history, fitting[-1]


def edit_a_record(place: Place) -> None:
    path = next(one.path for one in place.history() if "-notification-decision-" in one.changes[0])
    place.hand_in({path: field_changed(place.content(path), "decided_by", "Somebody else")})


def remove_a_record(place: Place) -> None:
    place.hand_in({place.history()[-1].path: None})


def drop_a_commit(place: Place) -> None:
    history, number = _last_two(place, same_case=True)
    history[number].parents = history[number - 1].parents
    place.rewrite([*history[: number - 1], *history[number:]])


def swap_two_of_a_case(place: Place) -> None:
    _swap(place, *_last_two(place, same_case=True))


def swap_two_of_different_cases(place: Place) -> None:
    _swap(place, *_last_two(place, same_case=False))


def _swap(place: Place, history: list[Told], number: int) -> None:
    one, other = history[number - 1], history[number]
    history[number - 1] = replace(other, parents=one.parents)
    history[number] = replace(one, parents=[other.mark])
    for later in history[number + 1 : number + 2]:
        later.parents = [one.mark]
    place.rewrite(history)


def forge_an_author(place: Place) -> None:
    place.rewrite_where(_is_step, lambda one: one.signed(f"{NOBODY} {one.author.split('> ')[1]}"))


def forge_a_name(place: Place) -> None:
    place.rewrite_where(_is_step, lambda one: one.signed(re.sub("^[^<]*", "Another Name ", one.author)))


def forge_a_committer(place: Place) -> None:
    place.rewrite_where(_is_step, lambda one: replace(one, committer=f"{NOBODY} {one.author.split('> ')[1]}"))


def name_an_unknown_officer(place: Place) -> None:
    place.rewrite_content("referral", lambda content: field_changed(content, "recorded_by", "nobody"))


def roll_back_the_roster(place: Place) -> None:
    """An officer who has recorded is taken out of the register, as if nobody had ever let them in."""
    case = next(place.book.cases())
    officers = list(place.book.officers)
    place.add(case, next(one for one in case.records if one.kind == "referral"), recorded_by=officers[1])
    history = place.history()
    first = next(number for number, one in enumerate(history) if "-officer-added-" in one.path and one.parents)
    history[first + 1].parents = history[first].parents
    place.rewrite([*history[:first], *history[first + 1 :]])


def backdate_the_commit(place: Place) -> None:
    place.rewrite_where(_is_step, lambda one: one.at(-1))


def backdate_record_and_commit(place: Place) -> None:
    place.rewrite_where(_is_step, lambda one: one.at(-400 * 86400))


def date_ahead(place: Place) -> None:
    place.rewrite_where(_is_step, lambda one: one.at(400 * 86400))


def change_a_message(place: Place) -> None:
    place.rewrite_where(_is_step, lambda one: replace(one, message=one.message.replace("Record: ", "Record: x")))


def two_records_in_a_commit(place: Place) -> None:
    history, number = _last_two(place, same_case=False)
    history[number - 1].changes += history[number].changes
    for later in history[number + 1 : number + 2]:
        later.parents = [history[number - 1].mark]
    place.rewrite([*history[:number], *history[number + 1 :]])


def a_commit_without_a_record(place: Place) -> None:
    place.hand_in({})


def an_extra_file(place: Place) -> None:
    def with_extra(one: Told) -> Told:
        blob = place.blob(b"\x00\x01\x02\n")
        return replace(one, changes=[*one.changes, f"M 100644 {blob} {one.path.rpartition('/')[0]}/picture.bin"])

    place.rewrite_where(_is_step, with_extra)


def make_a_record_a_program(place: Place) -> None:
    place.rewrite_where(_is_step, lambda one: replace(one, changes=[one.changes[0].replace("100644", "100755")]))


def make_a_record_a_link(place: Place) -> None:
    place.rewrite_where(_is_step, lambda one: replace(one, changes=[one.changes[0].replace("100644", "120000")]))


def rename_a_record(place: Place) -> None:
    place.rewrite_where(_is_step, lambda one: replace(one, changes=[re.sub(r"-\d{6}Z-", "-000000Z-", one.changes[0])]))


def forked(place: Place) -> tuple[list[Told], Told]:
    """The history with its last two steps, of two cases, side by side; and what joins them."""
    history, number = _last_two(place, same_case=False)
    history = history[: number + 1]
    one, other = history[-2:]
    other.parents = one.parents
    joining = replace(other.at(3600), mark=":9998", message="Joined", parents=[one.mark, other.mark])
    joining.changes = [other.changes[0]]
    return history, joining


def change_a_record_inside_a_merge(place: Place) -> None:
    history, joining = forked(place)
    path = next(one.path for one in history if "-notification-decision-" in one.changes[0])
    changed = place.blob(field_changed(place.content(path), "decided_by", "Somebody else"))
    joining.changes.append(f"M 100644 {changed} {path}")
    place.rewrite([*history, joining])


def add_a_record_inside_a_merge(place: Place) -> None:
    history, joining = forked(place)
    joining.changes.append(joining.changes[0].replace("Z-", "Z-more-"))
    place.rewrite([*history, joining])


def drop_a_record_inside_a_merge(place: Place) -> None:
    history, joining = forked(place)
    joining.changes = []
    place.rewrite([*history, joining])


def join_a_strange_history(place: Place) -> None:
    history = place.history()
    strange = replace(history[-1], mark=":9997", parents=[], message="Elsewhere", changes=[])
    joining = replace(
        history[-1].at(60), mark=":9998", message="Joined", parents=[history[-1].mark, ":9997"], changes=[]
    )
    place.rewrite([*history, strange, joining])


def put_more_into_the_first_commit(place: Place) -> None:
    history = place.history()
    history[0].changes.append(f"M 100644 {place.blob(b'more')} 2026/notes.txt")
    place.rewrite(history)


def use_an_id_twice(place: Place) -> None:
    first, second = list(place.book.cases())[:2]
    place.add(second, second.records[0], id=first.records[0].id)


def an_invalid_record(place: Place) -> None:
    place.rewrite_content("referral", lambda content: field_changed(content, "at_risk_now", "perhaps"))


def rewrite_the_bytes(place: Place) -> None:
    place.rewrite_content("referral", lambda content: b"# by hand\n" + content)


def name_another_edition(place: Place) -> None:
    other: Plain = {"edition": "2022-01", "sha256": "0" * 64}
    place.rewrite_content("referral", lambda content: field_changed(content, "framework", other))


def what_the_rules_refuse(place: Place) -> None:
    """A second notification decision that takes the place of none."""
    case = place.case_with("notification-decision")
    place.add(case, next(one for one in case.records if one.kind == "notification-decision"))


def name_itself_as_its_past(place: Place) -> None:
    """A decision that is right in all else: author, message, date and name."""
    case = place.case_with("notification-decision")
    like = next(one for one in case.records if one.kind == "notification-decision")
    own = id_of("a decision of its own making")
    place.add(case, like, id=own, after=[own], outcome="do-not-notify")


def replace_what_was_never_known(place: Place) -> None:
    case = place.case_with("referral")
    gone = {"record": id_of("gone"), "as": "correction", "reason": "A slip."}
    place.add(case, case.records[0], replaces=gone)


def answer_what_does_not_fit(place: Place) -> None:
    case = place.case_with("notification-decision")
    decision = next(one for one in case.records if one.kind == "notification-decision")
    afresh = {"record": decision.id, "as": "reconsideration", "reason": "Again.", "asked_by": "Police"}
    place.add(case, decision, replaces=afresh, happened_on="2026-12-24")


def change_what_is_kept_apart(place: Place) -> None:
    ref = place.git("for-each-ref", "--format=%(refname)", "refs/particulars").splitlines()[0]
    path = place.git("ls-tree", "-r", "--name-only", ref).splitlines()[0]
    blob = place.blob(b"0" * 64 + b"\nSomebody else\n")
    history = [Told(":1", f"{NOBODY} 1 +0000", f"{NOBODY} 1 +0000", "x", [], [f"M 100644 {blob} {path}"])]
    _onto(place, ref, history)


def _onto(place: Place, ref: str, history: list[Told]) -> None:
    main = place.git("rev-parse", "main")
    place.rewrite(history)
    place.git("update-ref", ref, "main")
    place.git("update-ref", "refs/heads/main", main)


def lose_what_is_kept_apart(place: Place) -> None:
    ref = place.git("for-each-ref", "--format=%(refname)", "refs/particulars").splitlines()[0]
    blob = place.blob(b"nothing")
    _onto(place, ref, [Told(":1", f"{NOBODY} 1 +0000", f"{NOBODY} 1 +0000", "x", [], [f"M 100644 {blob} elsewhere"])])


def replace_an_object(place: Place) -> None:
    place.git("replace", "main~3", "main~4")


def graft(place: Place) -> None:
    _write(place, "info/grafts", f"{place.git('rev-parse', 'main')} {place.git('rev-parse', 'main~5')}\n")


def _write(place: Place, name: str, content: str) -> None:
    file = place.root / ".git" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content, encoding="utf-8")


def cut_off(place: Place) -> None:
    _write(place, "shallow", f"{place.git('rev-list', '--max-parents=0', 'main')}\n")


def borrow_objects(place: Place) -> None:
    elsewhere = place.root.parent / "elsewhere"
    shutil.copytree(place.root / ".git" / "objects", elsewhere)
    _write(place, "objects/info/alternates", f"{elsewhere}\n")


def clone_partially(place: Place) -> None:
    place.git("config", "remote.origin.promisor", "true")


def lose_an_object(place: Place) -> None:
    ref = place.git("for-each-ref", "--format=%(refname)", "refs/particulars").splitlines()[0]
    blob = place.git("rev-parse", f"{ref}:{place.git('ls-tree', '-r', '--name-only', ref).splitlines()[0]}")
    (place.root / ".git" / "objects" / blob[:2] / blob[2:]).unlink()


def rename_people(place: Place) -> None:
    (place.root / ".mailmap").write_text("Somebody Else <other@example.invalid> <demo-officer@sptool.invalid>\n")


def hide_differences(place: Place) -> None:
    _write(place, "info/attributes", "*.yaml -diff\n")


def hide_differences_in_the_folder(place: Place) -> None:
    next(place.root.glob("20??/")).joinpath(".gitattributes").write_text("*.yaml binary\n")


def hide_differences_from_the_start(place: Place) -> None:
    history = place.history()
    blob = place.blob(b"* -text -diff\n")
    lines = history[0].changes
    history[0].changes = [f"M 100644 {blob} .gitattributes" if ".gitattributes" in one else one for one in lines]
    place.rewrite(history)


def configure_a_program(place: Place) -> None:
    place.git("config", "diff.external", "true")


def configure_an_include(place: Place) -> None:
    place.git("config", "include.path", "other")


def lay_a_hook(place: Place) -> None:
    _write(place, "hooks/post-checkout", "#!/bin/sh\n")
    (place.root / ".git" / "hooks" / "post-checkout").chmod(0o755)


def a_tag_called_main(place: Place) -> None:
    place.git("tag", "main", "main~5")


def another_branch(place: Place) -> None:
    place.git("branch", "other", "main~5")


def a_file_called_main(place: Place) -> None:
    (place.root / ".git" / "main").write_text(place.git("rev-parse", "refs/heads/main~3") + "\n")


def a_ref_beside_those_of_cases(place: Place) -> None:
    place.git("update-ref", "refs/particulars/elsewhere", "main~2")


def link_the_objects(place: Place) -> None:
    elsewhere = place.root.parent / "elsewhere"
    (place.root / ".git" / "objects").rename(elsewhere)
    (place.root / ".git" / "objects").symlink_to(elsewhere, target_is_directory=True)


def a_header_in_a_merge(place: Place) -> None:
    history, joining = forked(place)
    place.rewrite([*history, joining])
    said = place.git("cat-file", "commit", "main").encode() + b"\n"
    odd = said.replace(b"\n\n", b"\nencoding latin-1\n\n", 1)
    place.git("update-ref", "refs/heads/main", place.git("hash-object", "-t", "commit", "-w", "--stdin", stdin=odd))


def a_template_by_a_stranger(place: Place) -> None:
    change_a_template(place)
    history = place.history()
    history[-1] = history[-1].signed(f"{NOBODY} {history[-1].author.split('> ')[1]}")
    place.rewrite(history)


def open_a_case_of_another_folder(place: Place) -> None:
    case = place.case_with("referral")
    reference = next(one for one in (f"ZZ-2026-K7QM{symbol}" for symbol in SYMBOLS) if is_reference(one))
    place.add(Case(reference, case.records[:1]), case.records[0], after=[])


def show_another_commit(place: Place) -> None:
    place.git("update-ref", "--no-deref", "HEAD", "main~5")


def write_into_the_index(place: Place) -> None:
    """What is late is taken out of the file from which the lists are answered."""
    ask(place.root, lambda _: None)
    with closing(sqlite3.connect(place.root / ".git" / "sptool" / "index.sqlite")) as index, index:
        index.execute("DELETE FROM deadlines")


CAUGHT: Mapping[Tamper, str] = MappingProxyType(
    {
        edit_a_record: "unchanged",
        remove_a_record: "unchanged",
        drop_a_commit: "after",
        swap_two_of_a_case: "after",
        swap_two_of_different_cases: "backwards",
        forge_an_author: "author",
        forge_a_name: "author-name",
        forge_a_committer: "commit-form",
        name_an_unknown_officer: "author",
        roll_back_the_roster: "author",
        backdate_the_commit: "date",
        backdate_record_and_commit: "backwards",
        date_ahead: "future",
        change_a_message: "message",
        two_records_in_a_commit: "one-record",
        a_commit_without_a_record: "one-record",
        an_extra_file: "one-record",
        make_a_record_a_program: "plain-file",
        make_a_record_a_link: "plain-file",
        rename_a_record: "place",
        change_a_record_inside_a_merge: "merge",
        add_a_record_inside_a_merge: "merge",
        drop_a_record_inside_a_merge: "merge",
        join_a_strange_history: "founding",
        put_more_into_the_first_commit: "founding",
        use_an_id_twice: "unique",
        an_invalid_record: "valid",
        rewrite_the_bytes: "written",
        name_another_edition: "edition",
        what_the_rules_refuse: "rules",
        name_itself_as_its_past: "after",
        replace_what_was_never_known: "replacing",
        answer_what_does_not_fit: "answers",
        change_what_is_kept_apart: "particulars",
        lose_what_is_kept_apart: "particulars",
        replace_an_object: "replaced",
        graft: "grafts",
        cut_off: "shallow",
        borrow_objects: "alternates",
        clone_partially: "partial",
        lose_an_object: "objects",
        rename_people: "mailmap",
        hide_differences: "attributes",
        hide_differences_in_the_folder: "attributes",
        hide_differences_from_the_start: "attributes",
        configure_a_program: "configuration",
        configure_an_include: "configuration",
        lay_a_hook: "hooks",
        a_tag_called_main: "refs",
        another_branch: "refs",
        a_file_called_main: "refs",
        a_ref_beside_those_of_cases: "refs",
        show_another_commit: "head",
        link_the_objects: "alternates",
        a_header_in_a_merge: "commit-form",
        a_template_by_a_stranger: "author",
        open_a_case_of_another_folder: "place",
        take_an_officers_place: "author",
        take_an_officers_address: "rules",
        correct_the_register: "rules",
        put_a_case_step_into_the_register: "rules",
        put_an_officer_into_a_case: "rules",
        adopt_another_file_than_named: "edition",
        adopt_what_is_not_there: "edition",
        write_into_the_index: "index",
    }
)
"""Which check catches which tampering."""


def write_up_late(place: Place) -> None:
    place.add(place.case_with("referral"), note(on="2025-11-03"))


def record_out_of_order(place: Place) -> None:
    case = place.case_with("referral")
    happened_on = case.records[-1].happened_on.isoformat()
    place.add(case, note(on=happened_on), out_of_order="It had been forgotten.")


def write_up_after_the_day(place: Place) -> None:
    """A notification that is dated in time, but was written down long after the last day."""
    case = next(case for case in place.book.cases() if _awaits_decision(case))
    on = case.records[-1].happened_on.isoformat()
    place.add(case, decision(on=on))
    place.add(place.book.case(case.ref), notified(on=on), minutes=30 * 24 * 60)


def _awaits_decision(case: Case) -> bool:
    undecided = case.latest(NotificationDecision) is None and case.records[0].kind == "referral"
    return undecided and str(case.facts.la_aware_on) not in ("None", "unknown")


def change_a_template(place: Place) -> None:
    place.hand_in({"framework/templates/decision-letter.md.j2": b"Dear colleague\n"})


NOTED: Mapping[Tamper, str] = MappingProxyType(
    {
        write_up_late: "late-entry",
        record_out_of_order: "out-of-order",
        write_up_after_the_day: "after-the-day",
        change_a_template: "template",
        change_an_address: "address",
    }
)
"""What is true and worth a look, by the check that says so. None of it stands against a claim."""
