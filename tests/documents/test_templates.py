"""A partnership's own templates: they win, they can't reach anything, and every mistake is named with its line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from sptool.documents.bounds import Budget
from sptool.documents.rendering import override_problems
from sptool.documents.sources import LARGEST_TEMPLATE, Sources
from sptool.documents.templates import fill_in
from sptool.errors import UnfitFile
from tests.documents.cases import infant, written

NAME = "decision-letter.md.j2"


@dataclass(frozen=True)
class Person:
    role: str
    note: str | None = None


@dataclass(frozen=True)
class Facts:
    reference: str = "HSP-2026-K7QM3"
    people: tuple[Person, ...] = (Person("Nurse", "On *leave*"), Person("Head"))
    remark: str | None = None
    lead: Person | None = None
    urgent: bool = False


def filled(template: str, **more: str) -> str:
    parts = {"try.md.j2": template.encode(), **{f"{name}.md.j2": text.encode() for name, text in more.items()}}
    return fill_in("try.md.j2", Facts(), Sources(parts))


def complaints(template: str, **more: str) -> list[tuple[str, int | None, str]]:
    with pytest.raises(UnfitFile) as refused:
        filled(template, **more)
    return [(problem.file, problem.line, problem.what) for problem in refused.value.problems]


def test_the_partnerships_own_template_wins() -> None:
    own = written("decision-letter", infant(), overrides={NAME: b"# Ours\n\nAbout {{ reference }}\n"})
    assert own.markdown == "# Ours\n\nAbout HSP-2026-K7QM3\n"
    assert own.template_sha256 != written("decision-letter", infant()).template_sha256


def test_a_part_can_be_overridden_too() -> None:
    own = written("decision-letter", infant(), overrides={"practice-mark.md.j2": b"Only practice.\n"})
    assert own.markdown.startswith("Only practice.\n")
    assert "# Our decision about your referral" in own.markdown


def test_loops_questions_and_parts_work() -> None:
    made = filled(
        "{% for one in people %}\n"
        "{{ loop.index }}. {{ one.role | upper }}{% if one.note %}: {{ one.note }}{% endif %}\n"
        "{% endfor %}\n\n{% include 'part.md.j2' %}",
        part="{{ 'Now' if urgent else 'Later' }} {{ people | length }}\n",
    )
    assert made == "1. NURSE: On \\*leave\\*\n2. HEAD\n\nLater 2\n"


@pytest.mark.parametrize(
    "template",
    [
        "{% if remark and urgent %}{{ remark }}{% endif %}ok",
        "{% if not remark %}ok{% else %}{{ remark }}{% endif %}",
        "{% if not remark or urgent %}ok{% else %}{{ remark }}{% endif %}",
        "{{ remark if remark else 'ok' }}",
        "{% if lead and lead.note %}{{ lead.note }}{% endif %}ok",
        "{% if remark or lead or urgent %}no{% elif not urgent %}ok{% endif %}",
    ],
)
def test_what_was_asked_for_can_be_filled_in(template: str) -> None:
    assert filled(template) == "ok\n"


def test_text_in_a_template_that_looks_like_a_value_is_literal() -> None:
    assert filled("{{ '{{ reference }} *x*' }}") == "\\{\\{ reference \\}\\} \\*x\\*\n"


@pytest.mark.parametrize(
    ("template", "line", "says"),
    [
        ("a\n\n{{ referense }}", 3, "no `referense` here. Did you mean `reference`?"),
        ("{% if urgent %}\n{{ refrence }}\n{% endif %}", 2, "Did you mean `reference`?"),
        ("{% for one in people %}\n{{ one.rolle }}\n{% endfor %}", 2, "Did you mean `role`?"),
        ("{% for one in people %}{% endfor %}\n{{ one.role }}", 2, "no `one` here"),
        ("{{ remark }}", 1, "ask {% if remark %} first"),
        ("{{ lead.role }}", 1, "ask {% if lead %} first"),
        ("{% if not remark %}{{ remark }}{% endif %}", 1, "ask {% if remark %} first"),
        ("{% if remark or urgent %}{{ remark }}{% endif %}", 1, "ask {% if remark %} first"),
        ("{% for one in people %}{% if one.note %}x{% endif %}{{ one.note }}{% endfor %}", 1, "if one.note"),
        ("{% if remark %}{% for remark in people %}{{ remark.note }}{% endfor %}{% endif %}", 1, "if remark.note"),
        ("{% if lead and lead.note %}{% for lead in people %}{{ lead.note }}{% endfor %}{% endif %}", 1, "lead.note"),
        ("{{ people }}", 1, "isn't text"),
        ("{{ urgent }}", 1, "isn't text"),
        ("{% for one in reference %}{% endfor %}", 1, "isn't a list"),
        ("{{ 'x' if urgent }}", 1, "say what stands here otherwise"),
        ("{{ reference | safe }}", 1, "no such filter"),
        ("{{ reference | center(100000000) }}", 1, "no such filter"),
        ("text\n{% if %}", 2, "can't be read as a template"),
        ("{% for one in people %}", 1, "can't be read as a template"),
        ("{% include 'none.md.j2' %}", 1, "no such template"),
        ("{% include '../../../etc/passwd' %}", 1, "no such template"),
        ("{% include '/etc/passwd' %}", 1, "no such template"),
        ("{% include reference %}", 1, "in quotes"),
        ("{% include 'try.md.j2' %}", 1, "can't include itself"),
    ],
)
def test_a_mistake_is_named_with_its_line(template: str, line: int | None, says: str) -> None:
    (_, found_line, what), *_ = complaints(template)
    assert (found_line, says in what) == (line, True), what


@pytest.mark.parametrize(
    "template",
    [
        "{{ range(1000000000) }}",
        "{{ reference.__class__ }}",
        "{{ people.__class__.__mro__ }}",
        "{{ reference.upper() }}",
        "{{ reference.format }}",
        "{{ people[0].role }}",
        "{{ reference * 1000000 }}",
        "{{ 9 ** 99999999 }}",
        "{% set x = reference %}",
        "{% macro m() %}x{% endmacro %}",
        "{% import 'try.md.j2' as t %}",
        "{% extends 'try.md.j2' %}",
        "{% filter upper %}x{% endfilter %}",
        "{% autoescape true %}x{% endautoescape %}",
        "{% with x = reference %}{{ x }}{% endwith %}",
        "{% for one in people recursive %}{{ loop(people) }}{% endfor %}",
        "{{ self }}",
        "{{ cycler }}",
        "{{ lipsum }}",
    ],
)
def test_nothing_but_the_facts_can_be_reached(template: str) -> None:
    assert complaints(template)


def test_loops_can_only_be_three_deep_even_through_parts() -> None:
    three = "{% for a in people %}{% for b in people %}{% for c in people %}X{% endfor %}{% endfor %}{% endfor %}"
    assert filled(three) == "X" * 8 + "\n"
    found = complaints("{% for d in people %}{% include 'part.md.j2' %}{% endfor %}", part=three)
    assert found == [("part.md.j2", 1, "at most 3 `for` can stand inside each other")]


def test_two_parts_that_include_each_other_are_refused() -> None:
    found = complaints("{% include 'a.md.j2' %}", a="{% include 'b.md.j2' %}", b="x\n{% include 'a.md.j2' %}")
    assert found == [("b.md.j2", 2, "a template can't include itself")]


def test_every_mistake_is_listed_at_once() -> None:
    found = complaints("{{ one }}\n{{ two }}\n{% include 'part.md.j2' %}\n{{ four }}", part="{{ three }}")
    assert [(file, line) for file, line, _ in found] == [
        ("try.md.j2", 1),
        ("try.md.j2", 2),
        ("part.md.j2", 1),
        ("try.md.j2", 4),
    ]


def test_a_template_that_is_too_large_or_not_utf8_is_refused() -> None:
    assert "larger than" in complaints("x" * (LARGEST_TEMPLATE + 1))[0][2]
    with pytest.raises(UnfitFile) as refused:
        fill_in("try.md.j2", Facts(), Sources({"try.md.j2": b"fine\nnot \xe9 fine"}))
    assert refused.value.problems[0].line == 2


def test_a_document_without_end_is_refused() -> None:
    many = Facts(people=tuple(Person("x" * 300) for _ in range(200)))
    template = b"{% for a in people %}{% for b in people %}{{ b.role }}{% endfor %}{% endfor %}"
    with pytest.raises(UnfitFile, match="longer than"):
        fill_in("try.md.j2", many, Sources({"try.md.j2": template}))


def test_a_file_beside_the_templates_is_never_read(tmp_path: Path) -> None:
    canary = tmp_path / "canary.md.j2"
    canary.write_text("canary text")
    for name in (str(canary), canary.as_uri(), "canary.md.j2"):
        assert all("canary text" not in what for _, _, what in complaints(f"{{% include {name!r} %}}"))
    assert canary.read_text() == "canary text"


def test_marks_of_values_in_a_template_do_nothing() -> None:
    assert filled("\ufdd0*x*\ufdd1") == "*x*\n"


def test_shipped_templates_and_good_overrides_have_no_problems() -> None:
    assert override_problems({}) == []
    assert override_problems({NAME: b"{{ decision.rationale }}{% include 'foot.md.j2' %}", "foot.md.j2": b"Bye"}) == []


def test_overrides_are_all_checked_and_a_misspelt_name_is_noticed() -> None:
    found = override_problems(
        {
            "decison-letter.md.j2": b"x",
            "checks.md.j2": b"\n{{ chekcs }}",
            NAME: b'{% if decision.outcome == "notifies" %}{% endif %}{% include "checks.md.j2" %}',
        }
    )
    assert [(problem.file, problem.line) for problem in found] == [
        ("checks.md.j2", 2),
        (NAME, 1),
        ("decison-letter.md.j2", None),
    ]
    assert "It can be: notify, do-not-notify" in found[1].what
    assert "Did you mean `decision-letter.md.j2`?" in found[2].what


SEVERAL = Facts(people=tuple(Person("x" * 300) for _ in range(100)))


@pytest.mark.parametrize(
    ("template", "line", "says"),
    [
        # Empty loops print nothing, so only counting their rounds stops them.
        (
            "a\n{% for a in people %}{% for b in people %}{% for c in people %}{% endfor %}{% endfor %}{% endfor %}",
            2,
            "too long",
        ),
        ("a\n\n{{ people | length }}{{ reference" + " | join(reference)" * 9 + " }}", 3, "longer than 2,000,000"),
        (
            "{{ 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'" + " | join('bbbbbbbbbbbbbbbbbbbbbbbbb')" * 9 + " }}",
            1,
            "longer",
        ),
        (
            "{% if people %}\n{{ "
            + "reference | join(reference) | join(reference) | join(reference) ~ " * 60
            + "1 }}{% endif %}",
            2,
            "longer than 2,000,000",
        ),
        ("{{ " + "(" * 5000 + "reference" + ")" * 5000 + " }}", None, "goes too deep"),
        ("{{ " + "9" * 5000 + " }}", None, "a number is too long"),
        ("{{ " + "not " * 3000 + "urgent }}", None, "goes too deep"),
        ("{{ reference" + " | upper" * 3000 + " }}", None, "goes too deep"),
        ("{% if urgent %}" * 500 + "{% endif %}" * 500, None, "goes too deep"),
        ("{% if urgent %}{% else %}" * 200 + "{% endif %}" * 200, None, "goes too deep"),
    ],
    ids=lambda value: value[:24] if isinstance(value, str) else None,
)
def test_a_template_without_end_or_measure_is_stopped_and_named(template: str, line: int | None, says: str) -> None:
    with pytest.raises(UnfitFile) as refused:
        fill_in("try.md.j2", SEVERAL, Sources({"try.md.j2": template.encode()}))
    (problem,) = refused.value.problems
    assert (problem.file, problem.line, says in problem.what) == ("try.md.j2", line, True)


def test_a_loop_without_end_in_a_part_is_named_with_the_parts_line() -> None:
    parts = {
        "try.md.j2": b"{% for a in people %}{% include 'part.md.j2' %}{% endfor %}",
        "part.md.j2": b"\n{% for b in people %}{% for c in people %}{% endfor %}{% endfor %}",
    }
    with pytest.raises(UnfitFile) as refused:
        fill_in("try.md.j2", SEVERAL, Sources(parts))
    assert [(one.file, one.line) for one in refused.value.problems] == [("part.md.j2", 2)]


def test_a_template_that_crawls_is_stopped_by_time_and_one_that_does_not_is_not() -> None:
    sources = Sources({"try.md.j2": b"{% for one in people %}{{ one.role | upper }}{% endfor %}"})
    with pytest.raises(UnfitFile, match="too long"):
        fill_in("try.md.j2", Facts(), sources, Budget(seconds=0))
    assert fill_in("try.md.j2", Facts(), sources, Budget(steps=4)) == "NURSEHEAD\n"
    with pytest.raises(UnfitFile, match="too long"):
        fill_in("try.md.j2", Facts(), sources, Budget(steps=3))


def test_parts_are_not_larger_altogether_than_a_template_may_be() -> None:
    large = b"x" * 190_000
    parts = {f"part-{letter}.md.j2": large for letter in "abc"}
    whole = "".join(f"{{% include '{name}' %}}" for name in parts)
    with pytest.raises(UnfitFile, match="more than 500,000 characters of templates"):
        fill_in("try.md.j2", Facts(), Sources({"try.md.j2": whole.encode(), **parts}))
    twice = "{% include 'part-a.md.j2' %}" * 2
    assert len(fill_in("try.md.j2", Facts(), Sources({"try.md.j2": twice.encode(), **parts}))) == 380_001
