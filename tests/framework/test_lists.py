"""A list of the framework is one field of an edition: whatever speaks of a list or an entry elsewhere is held to it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin, get_type_hints

import pytest
from pydantic import Field

from sptool.cli.framework.items import HEADINGS, every_item
from sptool.framework.checks import EVENT_PLACES, NEEDED, PERIODS, REFERENCES, places
from sptool.framework.entries import Coded, Part, Slug, Sourced
from sptool.framework.lists import lists_of
from sptool.framework.models import LISTS, Framework, Retention, Rule, SeriousHarm
from sptool.publishing import inner_models
from sptool.records.fields import FromFramework
from sptool.records.kinds import KINDS
from sptool.records.plain import marks
from sptool.records.walk import full_annotation
from sptool.text.yaml import read_yaml

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "framework-file.md").read_text(encoding="utf-8")
KINDS_OF_ENTRY: set[type[Sourced]] = {*(one.entry for one in LISTS.values()), Rule, SeriousHarm, Retention}
SAID_OF_ANY = {"id", "name", "title", "source", "verified"}  # a page has these in its own way, without a heading
ASKED_BY_NAME = ("name_of", "choices", "entries", "choice", "why_not_allowed")


def inside(hint: Any) -> Iterator[Any]:
    yield hint
    for argument in get_args(hint):
        yield from inside(argument)


def is_id(hint: Any) -> bool:
    return get_origin(hint) is Annotated and get_args(Slug)[1] in get_args(hint)


def test_records_find_the_lists_by_these_names() -> None:
    assert list(LISTS) == [
        *("agencies", "safeguarding-partners", "bodies-told", "groups"),
        *("criteria.notification", "criteria.local-review", "criteria.circumstances", "criteria.national-review"),
        *("rapid-review-content", "approaches", "learning-sources", "learning-outcomes", "themes", "closure-reasons"),
    ]


def test_a_field_of_coded_entries_is_a_list_without_more_being_said() -> None:
    class More(Framework):
        schools: Annotated[tuple[Coded, ...], Field()] = ()

    assert set(lists_of(More)) - set(LISTS) == {"schools"}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_read_from_the_place_where_the_file_has_it(
    shipped: Framework, shipped_bytes: bytes, name: str
) -> None:
    data = read_yaml(shipped_bytes, "shipped").data
    assert [entry.id for entry in shipped.entries(name)] == [
        code for _, code in places(data, f"{LISTS[name].place}.*.id")
    ]
    assert (f"{LISTS[name].place}.*", "valid_from", "valid_to") in PERIODS


@pytest.mark.parametrize("kind", KINDS)
def test_each_list_that_a_record_takes_a_code_from_is_there(kind: str) -> None:
    models = [KINDS[kind], *inner_models(KINDS[kind])]
    named = [mark.name for model in models for mark in taken(model)]
    assert [name for name in named if name not in LISTS] == []


def taken(model: Any) -> Iterator[FromFramework]:
    """The marks of codes in a model's fields, of the keys of a mapping too."""
    for field in model.model_fields.values():
        annotation = full_annotation(field)
        for hint in [annotation, *inside(annotation)]:
            found = marks(hint) if get_origin(hint) is Annotated or hint is annotation else ()
            yield from (mark for mark in found if isinstance(mark, FromFramework))


def test_a_mark_is_seen_in_a_field_a_list_and_a_mapping() -> None:
    assert {mark.name for kind in KINDS.values() for one in [kind, *inner_models(kind)] for mark in taken(one)} >= {
        *("agencies", "themes", "criteria.notification", "criteria.local-review", "closure-reasons", "bodies-told")
    }


def asked_by_name() -> Iterator[tuple[str, str, str | None]]:
    """Where a list is asked for by its name: the file, the list, and the code if that is written there too."""
    for path in sorted((ROOT / "sptool").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ASKED_BY_NAME:
                words = [one.value if isinstance(one, ast.Constant) else None for one in node.args]
                if words and isinstance(words[0], str):
                    yield path.name, words[0], words[1] if len(words) > 1 and isinstance(words[1], str) else None
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "named":
                yield from ((path.name, str(one.value), None) for one in node.args if isinstance(one, ast.Constant))


def test_each_list_that_the_program_asks_for_is_there() -> None:
    asked = list(asked_by_name())
    assert len(asked) > 20
    assert [(file, name) for file, name, _ in asked if name not in LISTS] == []


def test_each_entry_that_the_program_asks_for_is_one_that_no_edition_leaves_out(shipped: Framework) -> None:
    needed = {name: NEEDED[one.place] for name, one in LISTS.items() if one.place in NEEDED}
    asked = [(file, name, code) for file, name, code in asked_by_name() if code is not None]
    assert [one for one in asked if one[2] not in needed.get(one[1], ())] == []
    for section, codes in NEEDED.items():
        assert set(codes) <= {getattr(entry, "id", "") for entry in getattr(shipped, section)}


@pytest.mark.parametrize("entry", sorted(KINDS_OF_ENTRY, key=str), ids=lambda one: one.__name__)
def test_whatever_an_entry_says_is_shown_under_a_heading(entry: type[Sourced]) -> None:
    assert [name for name in entry.model_fields if name not in {*HEADINGS, *SAID_OF_ANY}] == []


def test_no_heading_is_left_of_what_no_entry_says() -> None:
    assert set(HEADINGS) - {name for entry in KINDS_OF_ENTRY for name in entry.model_fields} == set()


def test_whatever_has_a_source_can_be_looked_up(shipped: Framework) -> None:
    listed = {id(item.entry) for item in every_item(shipped)}

    def left_out(value: object) -> Iterator[Sourced]:
        if isinstance(value, Sourced) and id(value) not in listed:
            yield value
        for inner in value if isinstance(value, tuple) else vars(value).values() if isinstance(value, Part) else ():
            yield from left_out(inner)

    assert list(left_out(shipped)) == []


def test_the_page_says_what_each_list_has_besides() -> None:
    rows = re.findall(
        r"^\| (?:`(\w+)`)? ?\| `(\w+)`(\*?) \| .* \|$", PAGE.split("Some lists have more")[1], re.MULTILINE
    )
    said: dict[str, dict[str, bool]] = {}
    for section, field, starred in rows:
        said.setdefault(section or list(said)[-1], {})[field] = bool(starred)
    more = {one.fields[0]: one.entry for one in LISTS.values() if one.entry is not Coded}
    assert said == {
        section: {
            name: field.is_required() for name, field in entry.model_fields.items() if name not in Coded.model_fields
        }
        for section, entry in more.items()
    }


def slugs(part: type[Part], at: str = "") -> Iterator[str]:
    """Every place of an edition that holds an id, as a pattern such as `groups.*.members.*.agency`."""
    for name, hint in get_type_hints(part, include_extras=True).items():
        place = f"{at}{part.model_fields[name].alias or name}{'.*' * ('tuple' in str(hint) or 'dict' in str(hint))}"
        for inner in inside(hint):
            if is_id(inner) and "dict" not in str(hint):
                yield place
            elif isinstance(inner, type) and issubclass(inner, Part):
                yield from slugs(inner, f"{place}.")


def test_each_id_is_an_entrys_own_or_checked_against_the_list_that_must_have_it() -> None:
    checked = {place for place, _ in REFERENCES} | set(EVENT_PLACES)
    left_out = [place for place in slugs(Framework) if not (place in checked or place.endswith((".id", ".source.*")))]
    assert left_out == []
    assert checked - set(slugs(Framework)) == {"**.source.*"}
