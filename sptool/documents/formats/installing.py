"""What to type where the converters are missing: two packages by their names, into the very Python that runs sptool.

Never sptool by its name: it is on no public index, and whoever took the name there could run what they like.
"""

from __future__ import annotations

import os
import shlex
import sys
from importlib.util import find_spec

from sptool.resources import origin

# As the extra `documents` names them.
CONVERTERS = ("pypandoc_binary>=1.15", "typst>=0.14")


def how_to_install() -> str:
    """The commands that install the converters, each on a line of its own, fit to be typed in any folder."""
    # -P: a file named pip.py, in a case folder that somebody sent, is not taken for pip.
    python = (sys.executable or "python", "-P", "-m")
    steps = [] if find_spec("pip") else [typed(*python, "ensurepip")]
    steps.append(typed(*python, "pip", "install", *CONVERTERS))
    own = "sptool itself is not on any public package index, so never install it by its name alone."
    where = f" This one came from {found}." if (found := origin()) else ""
    return "\n".join(["Install them:", *(f"  {step}" for step in steps), own + where])


def typed(*words: str, windows: bool = os.name == "nt") -> str:
    """A command as it is typed: quoted for the shell, so that `>` and blanks mean nothing to it.

    Args:
        words: the program and its arguments.
        windows: whether for cmd and PowerShell; both begin with a program in quotes only after `&` or not at all.
    """
    if not windows:
        return shlex.join(words)
    quoted = " ".join(f'"{word}"' if set(word) & set(" <>&|^()") else word for word in words)
    return f"{quoted}   (in PowerShell, type & and a blank before it)" if quoted.startswith('"') else quoted
