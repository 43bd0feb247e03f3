"""Looks at web pages with axe-core in a headless browser: what a person who can't see them well would stumble over."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Mapping
from html import unescape
from importlib.util import find_spec
from pathlib import Path

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# axe-core is a script, and the pages allow none: the copies that are looked at go without that rule.
_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>\n?')
_HARNESS = """<!DOCTYPE html><html lang="en"><title>Looking</title><body><pre id="found">unfinished</pre><script>
const axe_source = %(axe)s, pages = %(pages)s, rules = %(rules)s;
async function look(name, page) {
  const frame = document.createElement("iframe");
  frame.width = 1000; frame.height = 1400; frame.title = name;
  const loaded = new Promise(done => { frame.onload = done; });
  frame.srcdoc = page;
  document.body.append(frame);
  await loaded;
  frame.contentWindow.eval(axe_source);
  const done = await frame.contentWindow.axe.run(
    frame.contentDocument, {runOnly: {type: "tag", values: rules}, resultTypes: ["violations"]});
  frame.remove();
  return {violations: done.violations.map(one => one.id + ": " + one.nodes[0].html), passes: done.passes.length};
}
(async () => {
  const found = {};
  for (const [name, page] of Object.entries(pages)) found[name] = await look(name, page);
  document.getElementById("found").textContent = JSON.stringify(found);
})().catch(fault => { document.getElementById("found").textContent = "fault: " + fault; });
</script></body></html>
"""


def browser() -> str | None:
    """A browser that this computer has."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


def axe() -> Path | None:
    """axe-core as a Python package brings it; of that package nothing else is used."""
    package = find_spec("axe_playwright_python")
    places = (package.submodule_search_locations or []) if package else []
    return next((file for place in places if (file := Path(place, "axe.min.js")).is_file()), None)


def looked_at(pages: Mapping[str, str], place: Path) -> dict[str, list[str]]:
    """What axe-core finds wrong with each page, all in one start of the browser.

    Args:
        pages: the pages by name.
        place: an empty folder.
    """
    program, script = browser(), axe()
    assert program is not None
    assert script is not None
    harness = place / "looking.html"
    without_policy = {name: _POLICY.sub("", page) for name, page in pages.items()}
    source = script.read_text(encoding="utf-8")
    filled = {"axe": _js(source), "pages": _js(without_policy), "rules": _js(RULES)}
    harness.write_text(_HARNESS % filled, encoding="utf-8")
    found = json.loads(_shown(program, harness, place))
    assert all(one["passes"] for one in found.values())
    return {name: one["violations"] for name, one in found.items()}


def _js(value: object) -> str:
    return json.dumps(value).replace("</", "<\\/").replace("<!--", "<\\!--")


def _shown(program: str, harness: Path, place: Path) -> str:
    command = [
        *(program, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"),
        *("--disable-extensions", f"--user-data-dir={place / 'profile'}", "--virtual-time-budget=600000"),
        *("--dump-dom", harness.as_uri()),
    ]
    done = subprocess.run(command, capture_output=True, timeout=240, check=True)
    found = re.search(r'<pre id="found">(.*?)</pre>', done.stdout.decode(), re.DOTALL)
    assert found is not None
    return unescape(found[1])
