"""python benchmarks/generate.py DIR --cases N: a case folder with N fictional cases, history included."""

from __future__ import annotations

import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    from benchmarks.generating.command import main

    main()
