"""Stage 15: closing, reopening, erasing, and the legal hold."""

from __future__ import annotations

from sptool.records.closing import Closure, Erasure, LegalHold, Reopening
from sptool.workflow import refusals
from sptool.workflow.steps.row import EITHER, Command, Flag, Late, Step, Switch

STEPS = (
    Step(
        model=Closure,
        command=Command(
            name="close",
            help="Close the case, with a reason.",
            about="one",
            fitted_by=None,
            flags=(Flag("--reason", "reason", "The reason"), Flag("--receipt", "receipt", "The other area's receipt")),
        ),
        refused_by=refusals.closure,
        meets=(),
        follows=(),
        relied_on=True,
        put_right_by=EITHER,
    ),
    Step(
        model=Reopening,
        command=Command(
            name="reopen", help="Open a closed case again, with a reason.", about="one", fitted_by=None, flags=()
        ),
        refused_by=refusals.reopening,
        meets=(),
        follows=(),
        relied_on=True,
        put_right_by=EITHER,
    ),
    Step(
        model=Erasure,
        command=Command(
            name="erase",
            help="Lawfully erase the particulars of a case: names, addresses, attachments.",
            about="one",
            fitted_by=Late("sptool.desk.erasure:nothing_else_keeps_them"),
            flags=(Flag("--basis", "basis", "The basis"),),
            instead=Late("sptool.desk.erasure:finish_earlier"),
            afterwards=Late("sptool.desk.erasure:destroy"),
        ),
        refused_by=refusals.erasure,
        meets=(),
        follows=(),
        relied_on=False,
        put_right_by=(),
    ),
    Step(
        model=LegalHold,
        command=Command(
            name="hold",
            help="Place a legal hold on a case, or lift it with --lift.",
            about="one",
            fitted_by=Late("sptool.desk.fitting:legal_hold"),
            flags=(),
            switches=(Switch("--lift", "lift", "It no longer holds."),),
        ),
        refused_by=refusals.never,
        meets=(),
        follows=(),
        relied_on=False,
        put_right_by=EITHER,
    ),
)
