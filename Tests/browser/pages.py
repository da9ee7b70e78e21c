"""The pages under test and the browser that shows them."""
import atexit
import functools
import pathlib
import subprocess
import sys
import tempfile
import unittest

import hostile
from webdriver import Browser

ROOT = pathlib.Path(__file__).resolve().parents[2]
DEDUP = pathlib.Path(sys.argv.pop(1)).resolve()
LEFT, RIGHT, ESCAPE, TAB, ENTER = "\ue012", "\ue014", "\ue00c", "\ue004", "\ue007"

# The text on the right.
BESIDE = "document.querySelectorAll('.pair select')[1].selectedOptions[0].textContent"

# Whether an element is inside the visible part of its text.
SHOWN = """(([selector]) => {
  const place = document.querySelector(selector), box = place.closest(".text").getBoundingClientRect(), inside = place.getBoundingClientRect();
  return place.checkVisibility() && inside.top >= box.top - 1 && inside.bottom <= box.bottom + 1;
})(arguments)"""

TARGET_IN_VIEW = """(() => {
  const place = document.querySelector(":target"), box = place.closest(".text").getBoundingClientRect();
  return place.getBoundingClientRect().top >= box.top - 1 && place.getBoundingClientRect().top < box.bottom - 10;
})()"""

# Whether the partner of a mark is inside the visible part of its text.
IN_VIEW = """(([side, passage]) => {
  const mark = document.querySelector(`mark[data-side="${side}"][data-passage="${passage}"]`);
  const box = mark.closest(".text").getBoundingClientRect(), inside = mark.getBoundingClientRect();
  return inside.top >= box.top - 1 && inside.top < box.bottom - 10;
})(arguments[0])"""


class Session:
    """One browser and one set of pages for all tests."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory()
        self.browser = Browser()
        self.sample = self.page("sample", ROOT / "corpora/sample/stories.jsonl")
        self.hostile = self.page("hostile", self.dump("hostile", hostile.dump()))
        self.framed = self.page("framed", self.dump("framed", hostile.lines(hostile.framed())))
        self.unspaced = self.page("unspaced", self.dump("unspaced", hostile.lines(hostile.unspaced())))
        self.spans = self.page("spans", self.dump("spans", hostile.lines(hostile.spans())))
        self.tied = self.page("tied", self.dump("tied", hostile.lines(hostile.tied())))
        self.undated = self.page("undated", self.dump("undated", hostile.lines(hostile.undated())))
        self.many = self.page("many", self.dump("many", hostile.lines(hostile.many())))
        lines = (ROOT / "corpora/sample/stories.jsonl").read_bytes().splitlines(keepends=True)
        archive = self.dump("archive", b"".join(lines[:30]))
        self.today = self.page("today", self.dump("today", b"".join(lines[30:])), "--against", archive)
        self.several = self.report("several", "sample", "hostile")
        hostile.doubt(self.path("sample.result"), self.path("doubted.result"))
        self.doubted = self.report("doubted", "doubted")
        subprocess.run([DEDUP, "report", self.path("sample.result"), "--html-dir", self.path("folder")], check=True)
        self.folder_index = self.path("folder/index.html").as_uri()
        self.pair = self.comparison("pair", "oe-0612", "nw-0794", ROOT / "corpora/sample/stories.jsonl")
        self.retold = self.comparison("retold", "nw-0792", "cm-1177", ROOT / "corpora/sample/stories.jsonl")
        # No argument of a program can have a NUL.
        self.attacks = [
            self.comparison(f"attack{number}", f"{attack} 0", f"{attack} 1", self.path("hostile.jsonl"))
            for number, attack in enumerate(hostile.ATTACKS) if "\0" not in attack]

    def path(self, name):
        return pathlib.Path(self.folder.name) / name

    def dump(self, name, content):
        self.path(f"{name}.jsonl").write_bytes(content)
        return self.path(f"{name}.jsonl")

    def page(self, name, dump, *options):
        path = self.path(f"{name}.html")
        subprocess.run([DEDUP, "cluster", dump, *options, "-q", "--html", path, "-o", self.path(f"{name}.result")], check=True)
        return path.as_uri()

    def report(self, name, *results):
        path = self.path(f"{name}.html")
        subprocess.run([DEDUP, "report", *[self.path(f"{result}.result") for result in results], "-o", path], check=True)
        return path.as_uri()

    def comparison(self, name, a, b, dump):
        path = self.path(f"{name}.html")
        subprocess.run([DEDUP, "compare", "--in", dump, "--format", "html", "-o", path, "--", a, b], check=True)
        return path.as_uri()

    def close(self):
        self.browser.close()
        self.folder.cleanup()


@functools.cache
def session():
    opened = Session()
    atexit.register(opened.close)
    return opened


class PageTest(unittest.TestCase):
    page = "sample"

    def setUp(self):
        self.browser, self.url = session().browser, getattr(session(), self.page)
        self.browser.devtools("Emulation.setEmulatedMedia", media="", features=[])
        self.browser.devtools("Emulation.setScriptExecutionDisabled", value=False)
        self.resize(1200, 800)
        self.browser.open(self.url)

    def tearDown(self):
        self.assertEqual(self.browser.complaints(), [])

    def resize(self, width, height):
        self.browser.devtools(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 500)

    def count(self, selector):
        return self.browser.run("return document.querySelectorAll(arguments[0]).length", selector)

    def show(self, place):
        self.browser.run("location.hash = arguments[0]", place)
        self.browser.wait("!document.getElementById('view').hidden")

    def clusters(self):
        return self.browser.run("return events.length")
