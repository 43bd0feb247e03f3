"""docs/framework-file.md keeps step with the program: every field, event and example."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sptool.cli.reference import with_events
from sptool.framework.loading import field_names
from sptool.framework.models import LISTS, Framework
from sptool.text.yaml import Plain, read_yaml, write_yaml
from sptool.workflow.edition import load_edition
from sptool.workflow.events import EVENTS

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "framework-file.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```yaml\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


def in_code(word: str) -> bool:
    return f"`{word}`" in PAGE


def test_every_field_is_explained_and_marked_if_it_must_be_there() -> None:
    for names in field_names().values():
        assert [name for name in names if not in_code(name)] == []
    top = {name: field for name, field in Framework.model_fields.items() if name != "sha256"}
    starred = [name for name, field in top.items() if f"| `{name}`* |" in PAGE]
    assert starred == [name for name, field in top.items() if field.is_required()]


def test_every_list_that_the_page_names_is_there() -> None:
    assert [one.name for one in LISTS.values() if not in_code(one.fields[-1])] == []


def test_every_event_is_listed_with_its_meaning() -> None:
    rows = re.findall(r"^\| `([a-z-]+)` \| (.*?) \| ?(.*?) ?\|$", PAGE.split("## What a clock")[1], re.MULTILINE)
    assert rows == [(name, event.what, event.each) for name, event in EVENTS.items()], "To write them afresh: make docs"
    assert with_events(PAGE) == PAGE


def merged(shipped: Plain, example: Plain) -> dict[str, Plain]:
    """The shipped edition with the example's entries put in, each in the place of the one with its id."""
    assert isinstance(shipped, dict)
    assert isinstance(example, dict)
    changed = dict(shipped)
    for section, given in example.items():
        old = changed[section]
        if isinstance(given, list) and isinstance(old, list):
            changed[section] = [*(entry for entry in old if entry_id(entry) not in map(entry_id, given)), *given]
        else:
            changed[section] = given
    return changed


def entry_id(entry: Plain) -> Plain:
    return entry.get("id") if isinstance(entry, dict) else None


def test_the_page_has_examples_of_each_change() -> None:
    sections = {line for example in EXAMPLES for line in re.findall(r"^(\w+):", example, re.MULTILINE)}
    assert sections == {"deadlines", "agencies", "themes", "questions", "calendar"}


@pytest.mark.parametrize("example", EXAMPLES)
def test_each_example_makes_a_fit_edition(shipped_bytes: bytes, example: str) -> None:
    edition = merged(
        read_yaml(shipped_bytes, "shipped").data, read_yaml(example.encode(), "docs/framework-file.md").data
    )
    framework = load_edition(write_yaml(edition), "example.yaml")
    assert framework.edition == "2022-01"
