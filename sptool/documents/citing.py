"""Cites the clause of a law or framework that a criterion comes from."""

from __future__ import annotations

from sptool.framework.models import Criterion, Framework


def cited(criterion: Criterion, framework: Framework) -> str:
    """The strongest source of a criterion with its clause, such as "Children Act 2004, section 16C(1)(a) and (b)".

    Args:
        criterion: the criterion of the edition.
        framework: that edition.
    """
    cite = framework.sources[criterion.source[0]].cite
    if not criterion.clause:
        return cite
    act, separator, section = cite.rpartition(", section ")
    if separator and criterion.clause.startswith(f"s{section}"):
        return f"{act}, section {criterion.clause[1:]}"
    return f"{cite}, {criterion.clause}"
