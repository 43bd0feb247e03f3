"""An edition at a glance: its deadlines, and what else it holds."""

from __future__ import annotations

from collections.abc import Iterator

from sptool.cli.framework.items import item_data
from sptool.cli.screen import say, say_json
from sptool.cli.wording import labelled, part, say_lines, say_parts, wrapped
from sptool.framework.models import LISTS, Framework, Rule
from sptool.text.english import british
from sptool.text.plain import Plain


def say_overview(policy: Framework) -> None:
    """Prints every deadline with days, force and source, and the names and sizes of the lists."""
    say_lines(wrapped(f"{policy.title}, edition {policy.edition}", indent=0))
    say_lines(labelled("Partnership", policy.partnership))
    say_lines(labelled("In force from", british(policy.in_force_from)))
    say_parts(part("Deadlines", (line for rule in policy.deadlines for line in _rule(rule, policy))))
    say_parts(part("Lists", (f"  {name:<28}{len(policy.entries(name))}" for name in LISTS)))
    say()
    say("More about one: sptool framework explain ID-OR-LIST")


def _rule(rule: Rule, policy: Framework) -> Iterator[str]:
    yield from wrapped(f"{rule.id:<18}{rule.title}", hanging=18)
    how_long = rule.counted_in.in_brief(rule.days, rule.late_after)
    yield from wrapped(f"{how_long}. Force: {rule.force}. {confirmed(rule.verified)}.", indent=20)
    yield from wrapped(f"Source: {policy.cite(rule)}", indent=20, hanging=2)


def confirmed(verified: bool) -> str:
    """Whether somebody checked an entry against its source."""
    return "Verified" if verified else "Not verified yet"


def say_overview_json(policy: Framework) -> None:
    """Prints the deadlines for other programs."""
    rules: list[Plain] = [item_data(policy, "deadlines", rule) for rule in policy.deadlines]
    say_json(
        {
            "edition": policy.edition,
            "title": policy.title,
            "partnership": policy.partnership,
            "in_force_from": policy.in_force_from.isoformat(),
            "deadlines": rules,
            "lists": {name: len(policy.entries(name)) for name in LISTS},
        }
    )
