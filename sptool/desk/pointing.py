"""Shows what the criteria answers point to, clause by clause, before the decision is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pydantic import TypeAdapter, ValidationError

from sptool.desk.conversation import Conversation
from sptool.framework.models import Framework
from sptool.records.header import Record
from sptool.records.notification import CriteriaAnswers
from sptool.text.plain import Plain
from sptool.workflow.criteria import Pointing, notification_points_to
from sptool.workflow.names import label_of
from sptool.workflow.subjects import in_words

CHILD_BY_CHILD = tuple[CriteriaAnswers, ...]
_POINTS = {
    "notify": "The answers point to: notify the Panel.",
    "do-not-notify": "The answers point to: do not notify.",
    "not-clear": "The answers do not point either way yet: something that matters is not known.",
}


def tell_pointing(
    talk: Conversation, model: type[Record], fields: Iterable[str], answers: Mapping[str, Plain], framework: Framework
) -> None:
    """After the notification criteria were answered child by child: what the answers point to, and why.

    Args:
        fields: what was answered just now.
    """
    for name in fields:
        if name in model.model_fields and model.model_fields[name].annotation == CHILD_BY_CHILD:
            for line in _lines(answers.get(name), framework):
                talk.tell_item(line)


def _lines(answered: Plain, framework: Framework) -> Sequence[str]:
    try:
        given = TypeAdapter(CHILD_BY_CHILD).validate_python(answered)
    except ValidationError:
        return ()
    return pointing_lines(notification_points_to(given, framework))


def pointing_lines(pointing: Pointing) -> Sequence[str]:
    """What the answers point to, as lines to read."""
    lines = [
        f"{label_of(clause.child)}: {clause.criterion.name}: {in_words(clause.answer)}. [{clause.source}]"
        for clause in pointing.clauses
    ]
    grounds = f" Met: ground {' and '.join(pointing.grounds)}." if pointing.grounds else ""
    return [*lines, _POINTS[pointing.outcome] + grounds]
