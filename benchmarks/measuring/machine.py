"""The machine that was measured on, without its name."""

from __future__ import annotations

import os
import platform
import re
import sqlite3
from pathlib import Path

from benchmarks.measuring.process import says


def described() -> str:
    """Processor, cores, memory, system, Python, git and SQLite, in one sentence."""
    parts = [
        f"{os.cpu_count()} cores ({_processor()})",
        f"{_memory()} of memory",
        f"{platform.system()} {platform.machine()}",
        f"Python {platform.python_version()}",
        says("git", "version"),
        f"SQLite {sqlite3.sqlite_version}",
    ]
    return ", ".join(part for part in parts if part) + "."


def _processor() -> str:
    listed = Path("/proc/cpuinfo")
    found = re.search(r"model name\s*:\s*(.+)", listed.read_text("utf-8")) if listed.exists() else None
    return found[1] if found else platform.processor() or "unknown processor"


def _memory() -> str:
    if not hasattr(os, "sysconf") or "SC_PHYS_PAGES" not in os.sysconf_names:
        return "unknown amount"
    return f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GB"
