"""A process that has loaded sptool and waits: asked for a module, it forks one that runs it at once.

A sweep starts hundreds of programs that are to die; without this, most of its time goes into starting Python.
`python -m tests.faults.loaded` is the process that waits; it takes its orders as lines of JSON.
"""

from __future__ import annotations

import json
import os
import runpy
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path

PROJECT = Path(__file__).parents[2]
LOADED = ("sptool.cli.main", "tests.faults.dying", "tests.faults.striking")


def run(module: str, *words: object, environment: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """What `python -m MODULE WORDS` does, standing in the project, without the wait for Python.

    Args:
        module: the module that is run.
        words: what is typed after it.
        environment: the whole environment; this process's own if not given.
    """
    asked = [module, *map(str, words)]
    with tempfile.TemporaryDirectory() as place:
        out, err = Path(place, "out"), Path(place, "err")
        order = {"words": asked, "environment": dict(os.environ if environment is None else environment)}
        code = _ask({**order, "out": str(out), "err": str(err)})
        return subprocess.CompletedProcess(asked, code, out.read_text("utf-8"), err.read_text("utf-8"))


def run_here(words: Sequence[str]) -> int:
    """Runs a module in this process as Python's `-m` would; its exit code."""
    sys.argv = list(words)
    try:
        runpy.run_module(words[0], run_name="__main__", alter_sys=False)
    except SystemExit as ended:
        if isinstance(ended.code, str):
            print(ended.code, file=sys.stderr)
        return ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    return 0


def end(code: int) -> None:
    """Ends a forked process, with nothing left unsaid."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def _ask(order: Mapping[str, object]) -> int:
    waiting = _waiting()
    assert waiting.stdin
    assert waiting.stdout
    waiting.stdin.write(json.dumps(order) + "\n")
    waiting.stdin.flush()
    return int(waiting.stdout.readline())


@cache
def _waiting() -> subprocess.Popen[str]:
    words = [sys.executable, "-m", "tests.faults.loaded"]
    return subprocess.Popen(words, cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def _become(order: dict[str, object]) -> None:
    environment, words = order["environment"], order["words"]
    assert isinstance(environment, dict)
    assert isinstance(words, list)
    os.environ.clear()
    os.environ.update(environment)
    for descriptor, place, flags in (
        (0, os.devnull, os.O_RDONLY),
        (1, order["out"], os.O_WRONLY | os.O_CREAT),
        (2, order["err"], os.O_WRONLY | os.O_CREAT),
    ):
        opened = os.open(str(place), flags)
        os.dup2(opened, descriptor)
        os.close(opened)
    end(run_here(words))


def main() -> None:
    """Waits for orders; answers each with how the process ended."""
    for module in LOADED:
        import_module(module)
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            _become(json.loads(line))
        print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)


if __name__ == "__main__":
    main()
