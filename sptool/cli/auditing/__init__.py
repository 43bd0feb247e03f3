"""What auditors and inspectors need: the history of a case, what was known when, and the proof of both."""

from __future__ import annotations

import typer

from sptool.cli.auditing.checkpoint import register as register_checkpoint
from sptool.cli.auditing.decision import register as register_decision
from sptool.cli.auditing.export import register as register_export
from sptool.cli.auditing.history import register as register_history
from sptool.cli.auditing.sign_on import register as register_sign_on
from sptool.cli.auditing.verify import register as register_verify


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    for add in (
        register_history,
        register_decision,
        register_export,
        register_sign_on,
        register_checkpoint,
        register_verify,
    ):
        add(app)
