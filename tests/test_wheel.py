"""The wheel, installed where there is no checkout, does the main job: templates and schemas are in it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import venv
from dataclasses import dataclass
from pathlib import Path

import pytest

from sptool import __version__
from sptool.records.kinds import KINDS

CHECKOUT = Path(__file__).parents[1]
SCRIPTS = "Scripts" if os.name == "nt" else "bin"
REFERRAL = """
happened_on: 2026-03-02
caller: school
at_risk_now: no
la_aware_on: 2026-03-02
summary: Child A came to harm.
children:
  - id: child-a
    outcome: seriously-harmed
"""
DECISION = """
happened_on: 2026-03-03
outcome: notify
decided_by: Assistant Director
rationale: The harm is serious, and abuse is suspected.
criteria:
  - child: child-a
    answers: {abuse-or-neglect: met, died-or-seriously-harmed: met, in-area-or-resident: met,
              looked-after-death: not-met, care-leaver-death: not-met}
"""


@dataclass(frozen=True)
class Installed:
    """The program as somebody has it who only has the wheel.

    Args:
        environment: the environment that it is installed in.
        place: an empty folder far from any checkout, which is also the home.
    """

    environment: Path
    place: Path

    def sptool(self, *words: str, given: str = "", code: int = 0) -> str:
        """What a command prints."""
        return self.run(str(self.environment / SCRIPTS / "sptool"), *words, given=given, code=code)

    def python(self, program: str) -> str:
        return self.run(str(self.environment / SCRIPTS / "python"), "-c", program).strip()

    def run(self, *words: str, given: str = "", code: int = 0) -> str:
        kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
        done = subprocess.run(
            words,
            cwd=self.place,
            env={**kept, "HOME": str(self.place), "USERPROFILE": str(self.place)},
            input=given,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == code, done.stderr
        return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    built = tmp_path_factory.mktemp("wheel")
    python("-m", "build", "--wheel", "--no-isolation", "--outdir", str(built), str(CHECKOUT))
    (wheel,) = built.glob("*.whl")
    environment = tmp_path_factory.mktemp("environment")
    venv.create(environment)
    python("-m", "pip", "--python", str(environment), "install", "--no-deps", "--no-index", str(wheel))
    lend_dependencies(environment)
    return Installed(environment, tmp_path_factory.mktemp("far-away"))


def python(*words: str) -> None:
    done = subprocess.run([sys.executable, *words], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def lend_dependencies(environment: Path) -> None:
    """Lets an environment use the packages of this one, without a network and without this one's sptool."""
    places = {"base": str(environment), "platbase": str(environment)}
    site = Path(sysconfig.get_path("purelib", "venv", vars=places))
    lent = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (site / "lent.pth").write_text("\n".join(sorted(lent)) + "\n", encoding="utf-8")


def test_a_wheel_alone_does_the_main_job(installed: Installed) -> None:
    home = installed.python("import sptool; print(sptool.__file__)")
    assert Path(home).is_relative_to(installed.environment)
    assert installed.sptool("--version").strip() == f"sptool {__version__}"
    officer = ("--officer-name", "Robin Example", "--officer-email", "robin@testshire.invalid")
    installed.sptool("init", "folder", "--training", *officer, "--today", "2026-03-02")
    at = ("--cases", "folder", "--today", "2026-03-03")
    done = json.loads(installed.sptool("new-referral", *at, "--from", "-", "--json", given=REFERRAL))
    installed.sptool("decide", done["case"], *at, "--from", "-", given=DECISION)
    assert done["case"] in installed.sptool("overdue", "--cases", "folder", "--today", "2026-03-12", code=1)
    assert "la_aware_on:" in installed.sptool("form", "referral")
    letter = installed.sptool("render", done["case"], "decision-letter", *at, "--out", "-")
    assert "PRACTICE" in letter.upper()
    assert done["case"].replace("-", "") in letter.replace("-", "").replace("\\", "")


def test_the_wheel_carries_a_schema_for_every_kind(installed: Installed) -> None:
    counted = "from sptool.resources import shipped; print(len(list(shipped('schemas').glob('*.json'))))"
    assert int(installed.python(counted)) == len(KINDS)


def test_the_wheel_carries_nothing_beside_the_program(installed: Installed) -> None:
    listed = installed.python("import importlib.metadata as m; print(*m.files('sptool'), sep='\\n')")
    inside = {Path(name).parts[0] for name in listed.splitlines()} - {".."}
    assert inside == {"sptool", f"sptool-{__version__}.dist-info"}


def test_an_installation_knows_which_wheel_it_came_from(installed: Installed) -> None:
    origin = Path(installed.python("from sptool.resources import origin; print(origin())"))
    assert (origin.suffix, origin.is_file()) == (".whl", True)
