"""Whether a return form tells something, is a nil return, or is empty."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from sptool.documents.returning.rows import NIL, WRITTEN
from sptool.documents.returning.understanding import Placed

Verdict = Literal["nil", "written-here", "empty", "both", "unclear"]

LONGEST_NIL = 250  # characters; whoever writes more than that has something to tell
_ABOUT_THE_RETURN = "A"
_NOTHING = re.compile(
    r"\b(?:nil|none|nothing|no(?:t|body)?|never|unknown|n/a|do(?:es)?n.t|have ?n.t|has ?n.t|did ?n.t)\b", re.IGNORECASE
)


def verdict(placed: Sequence[Placed]) -> Verdict:
    """What kind of return a form is.

    Returns:
        `both` where No is ticked although something is told; `unclear` where nothing is ticked and it may be either.
    """
    said = next((one.means for one in placed if one.row.field == ("answer",)), None)
    told = [one for one in placed if not one.row.key.startswith(_ABOUT_THE_RETURN)]
    if not placed:
        return "empty"
    if said == NIL:
        return "both" if told and not _says_nothing(told) else "nil"
    if not told or (said is None and _says_nothing(told)):
        return "unclear"
    return WRITTEN


def _says_nothing(told: Sequence[Placed]) -> bool:
    """Whether all that is told may be that there is nothing to tell: "We do not know this child"."""
    return len(told) == 1 and len(told[0].written) <= LONGEST_NIL and bool(_NOTHING.search(told[0].written))
