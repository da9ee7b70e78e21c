#!/usr/bin/env python3
"""Tests of the report page in Debian's Chromium: what a reader clicks, types and sees.

usage: run.py DEDUP [unittest options]       (chromium, chromium-driver)
"""
import pathlib
import subprocess
import sys
import tempfile
import unittest

import hostile
from webdriver import Browser

ROOT = pathlib.Path(__file__).resolve().parents[2]
DEDUP = pathlib.Path(sys.argv.pop(1)).resolve()
LEFT, RIGHT, ESCAPE = "\ue012", "\ue014", "\ue00c"

# The text on the right.
BESIDE = "document.querySelectorAll('.pair select')[1].selectedOptions[0].textContent"

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
        dump = pathlib.Path(self.folder.name) / "hostile.jsonl"
        dump.write_bytes(hostile.dump())
        self.hostile = self.page("hostile", dump)

    def page(self, name, dump):
        path = pathlib.Path(self.folder.name) / f"{name}.html"
        subprocess.run([DEDUP, "cluster", dump, "-q", "--html", path, "-o", "/dev/null"], check=True)
        return path.as_uri()

    def close(self):
        self.browser.close()
        self.folder.cleanup()


def setUpModule():
    global session
    session = Session()
    unittest.addModuleCleanup(session.close)


class PageTest(unittest.TestCase):
    page = "sample"

    def setUp(self):
        self.browser, self.url = session.browser, getattr(session, self.page)
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
        return self.count(".cluster")


class Overview(PageTest):
    def test_filter(self):
        total = self.clusters()
        self.assertGreater(total, 10)
        self.browser.type("#filter", "kingsferry")
        shown = self.count(".cluster:not([hidden])")
        self.assertTrue(0 < shown < total, shown)
        self.assertEqual(self.browser.run("return document.querySelector('output').value"), f"{shown} of {total} events")
        self.browser.type("#filter", " no such story")
        self.assertEqual(self.count(".cluster:not([hidden])"), 0)

    def test_charts_have_names(self):
        self.assertEqual(self.count("svg[role=img]:not([aria-label]):not([aria-labelledby])"), 0)
        self.assertGreater(self.count("rect"), 10)

    def test_without_script(self):
        self.browser.devtools("Emulation.setScriptExecutionDisabled", value=True)
        self.browser.open(self.url)
        self.browser.click(".cluster summary small")
        self.browser.devtools("Emulation.setScriptExecutionDisabled", value=False)
        self.assertTrue(self.browser.run("return document.querySelector('.cluster details').open"))
        self.assertTrue(self.browser.run("return document.querySelector('.cluster li').checkVisibility()"))
        self.assertFalse(self.browser.run("return document.querySelector('.filter').checkVisibility()"))
        self.assertTrue(self.browser.run("return document.querySelector('noscript').checkVisibility()"))

    def test_narrow(self):
        self.resize(360, 740)
        for place in ["", "#c1", "#c4"]:
            self.browser.open(self.url + place)
            self.assertLessEqual(self.browser.run("return document.documentElement.scrollWidth"), 360, place)

    def test_dark(self):
        paper = "return getComputedStyle(document.body).backgroundColor"
        light = self.browser.run(paper)
        self.browser.devtools(
            "Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "dark"}])
        self.assertNotEqual(self.browser.run(paper), light)


class SideBySide(PageTest):
    def test_the_partner_of_a_passage_comes_into_view(self):
        self.resize(1200, 420)
        seen = 0
        for cluster in range(1, self.clusters() + 1):
            self.show(f"#c{cluster}")
            for side in [0, 1]:
                passages = self.count(f'mark[data-side="{side}"]')
                for passage in range(passages):
                    self.browser.run("for (const text of document.querySelectorAll('.text')) text.scrollTop = 0")
                    self.browser.click(f'mark[data-side="{side}"][data-passage="{passage}"] button')
                    self.browser.wait(IN_VIEW, [1 - side, passage])
                    seen += 1
        self.assertGreater(seen, 10)

    def test_siblings(self):
        self.show("#c1")
        shown = lambda: self.browser.run(f"return {BESIDE}")
        self.assertTrue(self.browser.run("return document.getElementById('previous').disabled"))
        seen = [shown()]
        while not self.browser.run("return document.getElementById('next').disabled"):
            self.browser.click("#next")
            self.browser.wait(f"{BESIDE} != arguments[0]", seen[-1])
            seen.append(shown())
        self.assertGreater(len(set(seen)), 2)
        for expected in reversed(seen[:-1]):
            self.browser.press(LEFT)
            self.browser.wait(f"{BESIDE} == arguments[0]", expected)
        self.browser.press(RIGHT)
        self.browser.wait(f"{BESIDE} == arguments[0]", seen[1])

    def test_keys(self):
        self.show("#c1")
        self.browser.press("n")
        self.browser.wait("document.activeElement.closest('mark')?.dataset.passage == 0")
        before = self.browser.run("return document.querySelector('.text h4').textContent")
        self.browser.press("x")
        self.browser.wait("document.querySelector('.text h4').textContent != arguments[0]", before)
        self.browser.press(ESCAPE)
        self.browser.wait("document.getElementById('view').hidden")

    def test_passages_cut_both_texts_at_the_same_words(self):
        """The places in the data, counted in UTF-16 units, against the words that stand there."""
        for page in [session.sample, session.hostile]:
            self.browser.open(page)
            wrong, seen = self.browser.run("""
              const words = (text) => text.toLowerCase().match(/[\\p{L}\\p{N}]+/gu)?.join(" ") ?? "";
              let wrong = [], seen = 0;
              for (const element of document.querySelectorAll("script[type='application/json']")) {
                const { texts, pairs } = JSON.parse(element.textContent);
                for (const { a, b, passages } of pairs) for (const { at, edits } of passages) {
                  const starts = [[at[0], at[2]], ...edits.map((edit) => [edit[1], edit[3]])];
                  const ends = [...edits.map((edit) => [edit[0], edit[2]]), [at[1], at[3]]];
                  starts.forEach(([i, j], piece) => {
                    const left = words(texts[a].text.slice(i, ends[piece][0])), right = words(texts[b].text.slice(j, ends[piece][1]));
                    seen += 1;
                    if (left !== right || !left) wrong.push([element.id, left.slice(0, 200), right.slice(0, 200)]);
                  });
                }
              }
              return [wrong.slice(0, 3), seen];""")
            self.assertEqual(wrong, [])
            self.assertGreater(seen, 10)


class Hostile(PageTest):
    """Nothing of the stories runs or becomes markup, and all of it is shown."""

    page = "hostile"

    def test_nothing_runs(self):
        total = self.clusters()
        self.assertEqual(total, len(hostile.ATTACKS) + 1)
        for cluster in range(1, total + 1):
            self.show(f"#c{cluster}")
            self.assertIsNone(self.browser.run("return window.hit ?? null"), cluster)
            self.assertEqual(self.count("img, iframe, plaintext, textarea, svg[onload], [onmouseover], a[href^=javascript]"), 0)
            self.assertEqual(self.count("script:not([type])"), 1)
            self.assertEqual(self.count("style"), 1)
            self.assertGreater(self.count("mark"), 0, cluster)

    def test_everything_is_shown(self):
        shown = self.browser.run("return [...document.querySelectorAll('.cluster summary bdi')].map((bdi) => bdi.textContent)")
        for attack in hostile.ATTACKS:
            visible = " ".join(attack.replace("\0", "\ufffd").split()[:1])
            self.assertTrue(any(visible in headline for headline in shown), repr(attack))

    def test_narrow(self):
        self.resize(360, 740)
        for place in [""] + [f"#c{cluster}" for cluster in range(1, self.clusters() + 1)]:
            self.browser.run("location.hash = arguments[0]", place)
            self.assertLessEqual(self.browser.run("return document.documentElement.scrollWidth"), 360, place)


if __name__ == "__main__":
    unittest.main()
