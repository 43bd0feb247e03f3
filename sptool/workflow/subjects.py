"""What a step is called in plain words, on screen and in the commit: coded facts only, never an officer's words."""

from __future__ import annotations

from sptool.records.header import Record


def in_words(code: object) -> str:
    """A code as people read it: `do-not-notify` is "do not notify"."""
    return str(code).replace("-", " ")


def step_title(record: Record) -> str:
    """A record in plain words, such as "notification decision: notify"."""
    said = [_spoken(getattr(record, name)) for name in record.in_subject]
    title = ": ".join([record.title, *(word for word in (", ".join(filter(None, said)),) if word)])
    if record.replaces and record.replaces.kind != "withdrawal":
        return f"{record.replaces.kind}: {title}"
    return title


def _spoken(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(in_words(entry) for entry in value)
    return in_words(value) if value is not None else ""


def commit_message(record: Record) -> str:
    """The message of a step's commit: a plain subject, and trailers for machines. Nothing identifying."""
    trailers = {"Case": record.case, "Step": record.kind, "Record": record.id}
    decided_by = getattr(record, "decided_by", None)
    if decided_by:
        trailers |= {"Decided-By": decided_by, "Decided-On": record.happened_on.isoformat()}
    lines = "\n".join(f"{name}: {value}" for name, value in trailers.items())
    return f"{record.case}: {step_title(record)}\n\n{lines}\n"
