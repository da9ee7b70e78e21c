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
        self.several = self.report("several", "sample", "hostile")
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

    def page(self, name, dump):
        path = self.path(f"{name}.html")
        subprocess.run([DEDUP, "cluster", dump, "-q", "--html", path, "-o", self.path(f"{name}.result")], check=True)
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
        for place in ["", "#c1", "#c4", "#m1"]:
            self.browser.open(self.url + place)
            self.assertLessEqual(self.browser.run("return document.documentElement.scrollWidth"), 360, place)

    def test_dark(self):
        paper = "return getComputedStyle(document.body).backgroundColor"
        light = self.browser.run(paper)
        self.browser.devtools(
            "Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "dark"}])
        self.assertNotEqual(self.browser.run(paper), light)


    def test_print(self):
        """All of it on paper: nothing stays behind a fold, nothing that only works on a screen."""
        self.browser.devtools("Emulation.setEmulatedMedia", media="print")
        self.assertFalse(self.browser.run("return document.querySelector('.filter').checkVisibility()"))
        self.assertTrue(self.browser.run("return document.querySelector('.cluster li').getBoundingClientRect().height > 5"))
        self.show("#c1")
        self.assertEqual(self.browser.run("return getComputedStyle(document.querySelector('.text')).overflowY"), "visible")
        self.assertFalse(self.browser.run("return document.querySelector('.keys').checkVisibility()"))

    def test_keyboard_alone(self):
        """From the filter by Tab to the first event, into it, to a passage, and back."""
        self.browser.run("document.getElementById('filter').focus()")
        for key in [TAB, TAB]:
            self.browser.press(key)
        self.assertEqual(self.browser.run("return document.activeElement.className"), "name")
        self.browser.press(ENTER)
        self.browser.wait("!document.getElementById('view').hidden")
        self.browser.wait("document.activeElement.tagName == 'H2'")
        for _ in range(60):
            self.browser.press(TAB)
            if self.browser.run("return Boolean(document.activeElement.closest('mark'))"):
                break
        passage = self.browser.run("return document.activeElement.closest('mark').dataset.passage")
        self.browser.press(ENTER)
        self.browser.wait("document.activeElement.closest('mark')?.dataset.side == 1")
        self.assertEqual(self.browser.run("return document.activeElement.closest('mark').dataset.passage"), passage)
        self.browser.press(ESCAPE)
        self.browser.wait("document.getElementById('view').hidden")


class Results(PageTest):
    """Two results on one page."""

    page = "several"

    def test_each_is_named(self):
        rows = self.browser.run("return [...document.querySelectorAll('.results tbody tr')].map((row) => row.textContent)")
        self.assertEqual(len(rows), 2)
        self.assertIn("sample.result", rows[0])
        self.browser.type("#filter", "hostile.result")
        self.assertEqual(self.count(".cluster:not([hidden])"), len(hostile.ATTACKS) + 1)

    def test_texts_are_those_of_their_result(self):
        for cluster in range(1, self.clusters() + 1):
            self.show(f"#c{cluster}")
            name = self.browser.run("return document.querySelector('#view > p').textContent")
            titles = self.browser.run("return [...document.querySelectorAll('.text h4')].map((title) => title.textContent)")
            shown = self.browser.run("return [...document.querySelectorAll('.stories td:nth-child(3)')].map((cell) => cell.textContent)")
            self.assertRegex(name, r"(sample|hostile)\.result$")
            for title in titles:
                self.assertIn(title, shown, cluster)


class NearMisses(PageTest):
    def test_from_the_list_to_the_two_and_to_their_event(self):
        self.assertGreater(self.count(".misses > div"), 0)
        titles = self.browser.run("return [...document.querySelectorAll('.misses > div:first-child bdi')].map((bdi) => bdi.textContent)")
        self.browser.click(".misses > div:first-child a")
        self.browser.wait("document.querySelectorAll('.text').length == 2")
        shown = self.browser.run("return [...document.querySelectorAll('.text h4')].map((title) => title.textContent)")
        self.assertEqual(shown, titles)
        self.assertIn("just under the line", self.browser.run("return document.querySelector('#view > p').textContent"))
        self.browser.click("#view a[href^='#c']")
        self.browser.wait("document.querySelector(\"#view a[href='#m1']\")")
        self.browser.click("#view a[href='#m1']")
        self.browser.wait("document.title == 'Almost one event'")

    def test_stand_in_the_histogram(self):
        self.assertGreater(self.count("rect.miss"), 0)
        self.assertGreater(self.count("rect.event"), 0)


class Boilerplate(PageTest):
    page = "framed"

    def test_is_marked_and_counts_for_nothing(self):
        self.show("#c1")
        self.assertIn("evening edition of the Halden Courier", self.browser.run(
            "return [...document.querySelectorAll('.boilerplate')].map((mark) => mark.textContent).join(' ')"))
        self.assertFalse(self.browser.run(
            "return [...document.querySelectorAll('mark:not(.boilerplate)')].some((mark) => mark.textContent.includes('evening edition'))"))


class Characters(PageTest):
    page = "unspaced"

    def test_are_not_called_words(self):
        self.show("#c1")
        shown = self.browser.run("return document.getElementById('view').textContent")
        self.assertRegex(shown, r"longest run \d+ characters")
        self.assertNotRegex(shown, r"\d+ words?\b")


class Facts(PageTest):
    def test_the_partner_of_a_fact_comes_into_view(self):
        self.resize(1200, 420)
        seen = 0
        for cluster in range(1, self.clusters() + 1):
            self.show(f"#c{cluster}")
            pairs = self.browser.run(
                f"return JSON.parse(document.getElementById('data-c{cluster}').textContent).pairs.filter((pair) => pair.facts.length).map((pair) => [pair.a, pair.b])")
            for a, b in pairs[:2]:
                self.browser.run("location.replace(arguments[0])", f"#c{cluster}/{a}/{b}")
                self.browser.wait("document.querySelector('#side .reasons button')")
                marked = self.browser.run(
                    "const on = (side) => new Set([...document.querySelectorAll(`.fact[data-side='${side}']`)].map((fact) => fact.dataset.fact));"
                    "return [...on(0).intersection(on(1))]")
                for fact in marked:
                    self.browser.run("for (const text of document.querySelectorAll('.text')) text.scrollTop = 0")
                    self.browser.run("document.querySelector(`.words .fact[data-side='0'][data-fact='${arguments[0]}']`).click()", fact)
                    self.browser.wait(SHOWN, f".fact[data-side='1'][data-fact='{fact}']")
                    seen += 1
        self.assertGreater(seen, 10)


class Comparison(PageTest):
    """The page of dedup compare."""

    page = "pair"

    def test_the_partner_of_a_passage_comes_into_view(self):
        self.resize(1200, 420)
        self.assertGreater(self.count("mark"), 1)
        for side in [0, 1]:
            self.browser.run("for (const text of document.querySelectorAll('.text')) text.scrollTop = 0")
            self.browser.click(f'mark[data-side="{side}"] a')
            self.browser.wait(IN_VIEW, [1 - side, 0])

    def test_without_script(self):
        self.browser.devtools("Emulation.setScriptExecutionDisabled", value=True)
        for url, link in [(self.url, "mark[data-side='0'] a"), (session.retold, ".words .fact[data-side='0']")]:
            self.resize(1200, 420)
            self.browser.open(url)
            self.browser.click(link)
            self.browser.devtools("Emulation.setScriptExecutionDisabled", value=False)
            self.browser.wait(TARGET_IN_VIEW)
            self.assertEqual(self.browser.run("return document.querySelector('.keys').checkVisibility()"), False)
            self.browser.devtools("Emulation.setScriptExecutionDisabled", value=True)

    def test_links_have_ends(self):
        for url in [session.pair, session.retold, *session.attacks]:
            self.browser.open(url)
            self.assertEqual(self.browser.run(
                "return [...document.querySelectorAll('a[href^=\"#\"]')].filter((link) => !document.getElementById(link.hash.slice(1))).map((link) => link.outerHTML)"), [])

    def test_keys(self):
        self.browser.press("n")
        self.browser.wait("document.activeElement.closest('mark')?.dataset.passage == 0")

    def test_narrow_and_harmless(self):
        self.resize(360, 740)
        for url in [session.pair, session.retold, *session.attacks]:
            self.browser.open(url)
            self.assertLessEqual(self.browser.run("return document.documentElement.scrollWidth"), 360, url)
            self.assertIsNone(self.browser.run("return window.hit ?? null"), url)
            self.assertEqual(self.count("img, iframe, plaintext, textarea, svg, [onmouseover], a[href^=javascript]"), 0)
            self.assertEqual([self.count("script"), self.count("style")], [1, 1])
            if url in session.attacks:
                self.assertGreater(self.count("mark"), 1, url)


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
