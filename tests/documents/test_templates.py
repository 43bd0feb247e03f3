"""A partnership's own templates: they win, they can't reach anything, and every mistake is named with its line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

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
class Parent:
    role: str
    children: tuple[Person, ...]


@dataclass(frozen=True)
class Elder:
    role: str
    children: tuple[Parent, ...]


@dataclass(frozen=True)
class Family:
    people: tuple[Elder, ...]


@dataclass(frozen=True)
class Facts:
    reference: str = "HSP-2026-K7QM3"
    people: tuple[Person, ...] = (Person("Nurse", "On *leave*"), Person("Head"))
    remark: str | None = None
    lead: Person | None = None
    urgent: bool = False
    words: tuple[str, ...] = ("one", "two")


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
        ("{{ 'x' if urgent }}", 1, "say what goes here if not"),
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


# On the forum report of 10,000 cases, with some 1,500 actions to escalate, this would go round for minutes and print
# nothing; for hours if it compared two texts each time. It is the template for which the rule is there.
ENDLESS = "\n{% for a in people %}{% for b in people %}{% for c in people %}{% endfor %}{% endfor %}{% endfor %}"


def test_loops_inside_each_other_go_through_two_whole_lists_at_most_even_through_parts() -> None:
    two = "{% for a in people %}{% for b in people %}X{% endfor %}{% endfor %}"
    assert filled(two) == "X" * 4 + "\n"
    assert filled("{% for d in people %}{% endfor %}{% include 'part.md.j2' %}", part=two) == "X" * 4 + "\n"
    assert [(file, line) for file, line, _ in complaints(ENDLESS)] == [("try.md.j2", 2)]
    (found,) = complaints("{% for d in people %}{% include 'part.md.j2' %}{% endfor %}", part=two)
    assert found[:2] == ("part.md.j2", 1)
    assert found[2].startswith("of `for` inside each other only 2 can go through whole lists; a third goes through")


def test_a_list_of_the_entry_can_always_be_gone_through() -> None:
    four = (
        "{% for a in people %}{% for b in people %}{% for c in b.children %}{% for d in c.children %}"
        "{{ d.role }}{% endfor %}{% endfor %}{% endfor %}{% endfor %}"
    )
    people = (Elder("A", (Parent("B", (Person("C"), Person("D"))),)),)
    assert fill_in("try.md.j2", Family(people), Sources({"try.md.j2": four.encode()})) == "CD\n"
    whole_again = four.replace("in c.children", "in b.children")
    with pytest.raises(UnfitFile, match="whole lists"):
        fill_in("try.md.j2", Family(people), Sources({"try.md.j2": whole_again.encode()}))


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


@pytest.mark.parametrize(
    ("template", "line", "says"),
    [
        # Each of these would make a text longer than memory can hold, in one pair of brackets.
        ("a\n\n{{ reference" + " | join(reference)" * 9 + " }}", 3, "can only be used on a list of texts"),
        ("{{ words | join(words | join(words | join(reference))) }}", 1, "what stands between in quotes"),
        ("{{ " + "reference ~ " * 60 + "1 }}", 1, "at most 20 parts"),
        ("{{ " + " ~ ".join(["(reference ~ reference)"] * 20) + " }}", 1, "at most 20 parts"),
        ("{% if " + "reference ~ " * 60 + "1 == 'x' %}{% endif %}", 1, "at most 20 parts"),
        ("{{ " + "(" * 5000 + "reference" + ")" * 5000 + " }}", None, "nested too deeply"),
        ("{{ " + "9" * 5000 + " }}", None, "a number is too long"),
        ("{{ " + "not " * 3000 + "urgent }}", None, "nested too deeply"),
        ("{{ reference" + " | upper" * 3000 + " }}", None, "nested too deeply"),
        ("{% if urgent %}" * 500 + "{% endif %}" * 500, None, "nested too deeply"),
        ("{% if urgent %}{% else %}" * 200 + "{% endif %}" * 200, None, "nested too deeply"),
    ],
    ids=lambda value: value[:24] if isinstance(value, str) else None,
)
def test_a_template_without_end_or_measure_is_stopped_and_named(template: str, line: int | None, says: str) -> None:
    found = complaints(template)
    assert [(file, at, says in what) for file, at, what in found] == [("try.md.j2", line, True)]


@pytest.mark.parametrize(
    ("template", "says"),
    [
        ("{{ people | upper }}", "`upper` can only be used on text"),
        ("{{ people | length | upper }}", "`upper` can only be used on text"),
        ("{{ 5 | length }}", "`length` can only be used on a list or text"),
        ("{{ people | join }}", "`join` can only be used on a list of texts"),
        ("{{ remark | upper }}", "ask {% if remark %} first"),
        ("{{ words | join('a', 'b') }}", "only `join` has brackets"),
        ("{{ reference | upper('a') }}", "only `join` has brackets"),
        ("{{ ('a' if urgent else 5) | upper }}", "`upper` can only be used on text"),
        ("{% if people < 5 %}x{% endif %}", "only numbers can be more or less"),
        ("{% if people | length > 'a' %}x{% endif %}", "only numbers can be more or less"),
        ("{% if 1 < people | length < 'a' %}x{% endif %}", "only numbers can be more or less"),
        ("{% if remark < 5 %}x{% endif %}", "ask {% if remark %} first"),
        ("{% if remark in 'abc' %}x{% endif %}", "ask {% if remark %} first"),
        ("{% if reference in 5 %}x{% endif %}", "`in` looks for text in a text"),
        ("{% if 5 in reference %}x{% endif %}", "`in` looks for text in a text"),
    ],
)
def test_what_would_fail_while_it_is_filled_in_is_named_before(template: str, says: str) -> None:
    assert [(line, says in what) for _, line, what in complaints(template)] == [(1, True)]


@pytest.mark.parametrize(
    "template",
    [
        "{{ words | join(', ') | upper }}",
        "{{ 'ONE' if not urgent else 5 }}, {{ 'two' | upper }}",
        "{{ 'ONE' ~ ', ' ~ ('two' if not urgent else 'three') | upper }}",
        "{% if 'one' in words and 'HSP' in reference and 1 < words | length <= 2 %}ONE, TWO{% endif %}",
        "{% if remark and remark in 'abc' %}x{% elif remark == none %}ONE, TWO{% endif %}",
    ],
)
def test_what_fits_is_used_on_it(template: str) -> None:
    assert filled(template) == "ONE, TWO\n"


def test_parts_are_not_larger_altogether_than_a_template_may_be() -> None:
    large = b"x" * 190_000
    parts = {f"part-{letter}.md.j2": large for letter in "abc"}
    whole = "".join(f"{{% include '{name}' %}}" for name in parts)
    with pytest.raises(UnfitFile, match="longer than 500,000 characters"):
        fill_in("try.md.j2", Facts(), Sources({"try.md.j2": whole.encode(), **parts}))
    again = "{% include 'part-a.md.j2' %}"
    twice, thrice = ({"try.md.j2": (again * times).encode(), **parts} for times in (2, 3))
    assert len(fill_in("try.md.j2", Facts(), Sources(twice))) == 380_001
    with pytest.raises(UnfitFile, match="longer than 500,000 characters"):
        fill_in("try.md.j2", Facts(), Sources(thrice))
    doubling = {f"p{n}.md.j2": f"{{% include 'p{n + 1}.md.j2' %}}".encode() * 2 for n in range(30)}
    with pytest.raises(UnfitFile, match="longer than 500,000 characters"):
        fill_in("p0.md.j2", Facts(), Sources({**doubling, "p30.md.j2": b"x"}))
