"""The commands that only read and show: the morning check, lists, a case, its timeline."""

from __future__ import annotations

import typer

from sptool.cli.showing.explain import register as register_explain
from sptool.cli.showing.list_cases import register as register_list
from sptool.cli.showing.next_steps import register as register_next
from sptool.cli.showing.overdue import register as register_overdue
from sptool.cli.showing.search import register as register_search
from sptool.cli.showing.show import register as register_show
from sptool.cli.showing.timeline import register as register_timeline
from sptool.cli.showing.working_days import register as register_working_days


def register(app: typer.Typer) -> None:
    """Adds every command of this package, as an officer meets them in a day."""
    for add in (
        register_overdue,
        register_list,
        register_search,
        register_show,
        register_next,
        register_timeline,
        register_explain,
        register_working_days,
    ):
        add(app)
