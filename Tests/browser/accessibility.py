"""What axe-core finds against WCAG 2.2 AA; skipped where it is not installed (`make test-browser` installs it)."""
import importlib.util
import pathlib
import unittest

from pages import *

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
CHECK = """
const done = arguments[arguments.length - 1];
axe.run(document, { runOnly: arguments[0] }).then(
  ({ violations }) => done(violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help}: ${node.html.slice(0, 160)}: ${node.failureSummary.slice(0, 200)}`))),
  (error) => done([String(error)]));
"""


def axe():
    package = importlib.util.find_spec("axe_playwright_python")
    return pathlib.Path(package.origin).with_name("axe.min.js") if package else None


@unittest.skipUnless(axe(), "axe-playwright-python is not installed")
class Accessibility(PageTest):
    def findings(self):
        self.browser.run(axe().read_text())
        return self.browser.request("POST", "/execute/async", {"script": CHECK, "args": [RULES]})

    def test_no_findings(self):
        for scheme in ["light", "dark"]:
            self.browser.devtools("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
            for width in [400, 1280]:
                self.resize(width, 900)
                for page in [session().sample, session().undated, session().pair]:
                    for place in ["", "#c1/0/1", "#c1/0/2", "#c2", "#m1", "#outlets", "#almost", "#made"]:
                        if page == session().pair and place:
                            continue
                        self.browser.open(page + place)
                        self.assertEqual(self.findings(), [], f"{scheme}, {width} pixels: {page}{place}")
