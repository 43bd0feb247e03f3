"""docs/format.md and the program say the same: every kind and field, and examples that are real."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path

import pytest

from sptool.publishing import BEGIN, END, page, rewritten
from sptool.records.case import Case
from sptool.records.header import Record
from sptool.records.kinds import KINDS, REGISTER_KINDS
from sptool.records.particulars import Particulars
from sptool.records.plain import model_of, to_plain
from sptool.records.references import SYMBOLS, case_folder, check_character, file_name, is_reference
from sptool.store.folder import FolderSettings, read_settings
from sptool.store.refs import particulars_ref
from sptool.text.yaml import read_plain, write_yaml
from sptool.workflow.another_look import suspects
from sptool.workflow.subjects import commit_message

PAGE = (Path(__file__).parents[1] / "docs" / "format.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^`([^`\n]+\.yaml)`\n\n```yaml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
FENCES = [text for language, text in BLOCKS if not language]


def read(text: str) -> Record:
    data = read_plain(text.encode(), "docs/format.md")
    model = model_of(data)
    assert not isinstance(model, str), model
    return model.model_validate(data)


def example_case() -> Case:
    records = [read(text) for _, text in EXAMPLES]
    return Case.of(records[0].case, records)


def test_the_list_of_kinds_is_that_of_the_program() -> None:
    assert rewritten(PAGE) == PAGE, "To write it afresh: make docs"


def test_rewriting_keeps_what_stands_around_the_list() -> None:
    assert rewritten(f"before\n{BEGIN}\nold\n{END}\nafter\n") == f"before\n{BEGIN}\n\n{page()}\n{END}\nafter\n"


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_listed_with_every_field_of_its_own(kind: str) -> None:
    section = PAGE.split(f"### `{kind}/{KINDS[kind].version}`")[1].split("\n### ")[0]
    own = set(KINDS[kind].model_fields) - set(Record.model_fields)
    assert {name for name in own if f"| `{name}`" not in section} == set()


def test_every_field_of_the_header_is_explained_before_the_list() -> None:
    prose = PAGE.split(BEGIN)[0].split("### Kept in every record")[1]
    assert [
        name for name in Record.model_fields if f"`{name}`" not in prose and name not in ("id", "out_of_order")
    ] == []


def test_no_link_of_the_page_leads_nowhere() -> None:
    headings = re.findall(r"^#+ (.+)$", PAGE, re.MULTILINE)
    anchors = {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings}
    assert [link for link in re.findall(r"\]\(#([^)]+)\)", PAGE) if link not in anchors] == []


def test_there_are_examples_of_a_first_step_a_correction_and_a_decision() -> None:
    assert [Path(path).name.rsplit("Z-")[1][:-16] for path, _ in EXAMPLES] == [
        "referral",
        "referral",
        "notification-decision",
    ]


@pytest.mark.parametrize(("path", "text"), EXAMPLES)
def test_each_example_comes_back_byte_for_byte(path: str, text: str) -> None:
    record = read(text)
    assert write_yaml(to_plain(record)).decode() == text
    assert path == f"{case_folder(record.case)}/{file_name(record.recorded_at, record.kind, record.id)}"


def test_the_examples_are_one_case_in_which_the_decision_knew_of_the_correction() -> None:
    case = example_case()
    assert [len(case.pasts[record.id]) for record in case.records] == [0, 1, 2]
    assert suspects(case) == ()
    assert [record.id for record in case.standing] == [case.records[1].id, case.records[2].id]


def test_the_commit_message_is_that_of_the_example() -> None:
    assert commit_message(example_case().records[2]) in FENCES


def test_the_salted_digest_is_that_of_the_example() -> None:
    block = next(fence for fence in FENCES if fence.startswith("SALT\n"))
    salt, digest = re.findall(r"`([0-9a-f]{64})`", PAGE)[:2]
    body = block.removeprefix("SALT\n")
    (part,) = example_case().records[0].private
    assert digest == part.sha256 == sha256(f"{salt}\n{body}".encode()).hexdigest()
    particulars = Particulars.model_validate(read_plain(body.encode(), "example"))
    assert write_yaml(to_plain(particulars)).decode() == body
    assert part.file == "particulars.yaml"


def test_the_reference_is_worked_out_as_the_page_says() -> None:
    total = 0
    for character in "2Z26PHEJ":
        total = (total + SYMBOLS.index(character)) * 3 % 31
    assert SYMBOLS[total] == check_character("2026", "PHEJ")
    assert is_reference(example_case().ref)
    assert f"`{SYMBOLS}`" in PAGE
    assert particulars_ref("REFERENCE") in PAGE


def test_the_settings_are_those_of_the_page() -> None:
    settings = FolderSettings(format=0, prefix="TST", partnership="Testshire Safeguarding Partnership", training=True)
    assert read_settings(settings.as_yaml()) == settings
    section = PAGE.split("`sptool.yaml` holds four fields")[1].split("\n`.git")[0]
    written = read_plain(settings.as_yaml(), "sptool.yaml")
    assert isinstance(written, dict)
    assert re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE) == list(written)


def test_the_register_kinds_are_named() -> None:
    section = PAGE.split("## The register and the framework")[1].split("\n## ")[0]
    assert [kind for kind in REGISTER_KINDS if f"`{kind}`" not in section] == []
