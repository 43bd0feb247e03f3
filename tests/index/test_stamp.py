"""What an index was made from: whatever part of the program decides an answer, a change to it makes the index anew."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from sptool.index.stamp import PACKAGE, made_from

LOADED = """
import sys
import sptool.index.building, sptool.workflow.events
print(*(module.__file__ for name, module in sys.modules.items() if name.startswith("sptool.")), sep="\\n")
"""
OF_NO_ACCOUNT = {"errors.py", "resources.py", "__init__.py"}
"""They say how a failure is told and where the program's own files lie."""


def test_every_module_that_an_answer_comes_from_is_in_the_stamp() -> None:
    done = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True)
    loaded = {Path(line) for line in done.stdout.split()}
    assert len(loaded) > 60
    stamped = made_from().splitlines()
    for file in sorted(loaded):
        stat = file.stat()
        seen = f"{file.name} {stat.st_size} {stat.st_mtime_ns}"
        assert file.name in OF_NO_ACCOUNT or seen in stamped, file.relative_to(PACKAGE)
