"""An option that takes one word is typed once. Typed again with another word, one of the two would be lost."""

from __future__ import annotations

from typing import Any

from typer.core import TyperCommand, TyperGroup, TyperOption

from sptool.errors import UsageError


def refuse_typed_twice(command: TyperCommand | TyperGroup, context: Any, words: list[str]) -> None:
    """Refuses an option that is typed twice with different words.

    Args:
        context: typer's own, which the reading of options needs.

    Raises:
        UsageError: it is.
    """
    if context.resilient_parsing:  # a shell asks how a line could go on
        return
    parser = command.make_parser(context)
    single = [one for one in command.get_params(context) if isinstance(one, TyperOption) and _takes_one_word(one)]
    for option in single:
        parser.add_option(obj=option, opts=option.opts, dest=option.name, action="append", nargs=option.nargs)
    typed = parser.parse_args(list(words))[0]
    for option in single:
        if len(set(typed.get(option.name or "", ()))) > 1:
            raise UsageError(f"{option.opts[0]} is typed twice, with different words.", "Type it once.")


def _takes_one_word(option: TyperOption) -> bool:
    return not (option.is_flag or option.count or option.multiple)


class Once(TyperCommand):
    """A command that refuses an option typed twice with different words."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """What was typed, sorted into arguments and options."""
        refuse_typed_twice(self, ctx, args)
        return super().parse_args(ctx, args)
