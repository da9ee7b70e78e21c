#!/usr/bin/env python3
"""Tests of the report page in Debian's Chromium: what a reader clicks, types and sees.

usage: run.py DEDUP [unittest options]       (chromium, chromium-driver)
"""
import unittest

import hostile
from accessibility import *
from finding import *
from pages import *
from side_by_side import *


class Overview(PageTest):
    def test_filter(self):
        total = self.clusters()
        self.assertGreater(total, 10)
        self.browser.type("#filter", "kingsferry")
        shown = self.count(".cluster")
        self.assertTrue(0 < shown < total, shown)
        self.assertEqual(self.browser.run("return document.querySelector('output').value"), f"{shown} of {total} events")
        self.browser.type("#filter", " no such story")
        self.assertEqual(self.count(".cluster"), 0)

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
        self.assertEqual(self.count(".filter"), 0)
        self.assertTrue(self.browser.run("return document.querySelector('noscript').checkVisibility()"))
        for part in ["outlets", "almost", "made"]:
            self.assertTrue(self.browser.run("return document.getElementById(arguments[0]).checkVisibility()", part))

    def test_narrow(self):
        self.resize(360, 740)
        for place in ["", "#c1", "#c4", "#m1", "#outlets", "#almost", "#made"]:
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
        self.assertTrue(self.browser.run("return document.querySelector('.cluster .lede').getBoundingClientRect().height > 5"))
        self.show("#c1")
        self.assertEqual(self.browser.run("return getComputedStyle(document.querySelector('.text')).overflowY"), "visible")
        self.assertFalse(self.browser.run("return document.querySelector('.keys').checkVisibility()"))

    def test_keyboard_alone(self):
        """From the filter by Tab to the first event, into it, to a passage, and back."""
        self.browser.run("document.getElementById('filter').focus()")
        for _ in range(30):
            self.browser.press(TAB)
            if self.browser.run("return document.activeElement.className") == "name":
                break
        self.browser.press(ENTER)
        self.browser.wait("!document.getElementById('view').hidden")
        self.browser.wait("document.activeElement.tagName == 'H1'")
        while not self.count("mark"):
            self.browser.press(LEFT)
        for _ in range(80):
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
        self.assertEqual(self.count(".cluster"), len(hostile.ATTACKS) + 1)

    def test_texts_are_those_of_their_result(self):
        for cluster in range(1, self.clusters() + 1):
            self.show(f"#c{cluster}")
            name = self.browser.run("return document.querySelector('#view > p').textContent")
            titles = self.browser.run("return [...document.querySelectorAll('.text h3')].map((title) => title.textContent)")
            shown = self.browser.run("return [...document.querySelectorAll('.stories td:nth-child(3)')].map((cell) => cell.textContent)")
            self.assertRegex(name, r"(sample|hostile)\.result")
            for title in titles:
                self.assertIn(title, shown, cluster)


class NearMisses(PageTest):
    def test_from_the_list_to_the_two_and_to_their_event(self):
        self.assertGreater(self.count(".misses > div"), 0)
        titles = self.browser.run("return [...document.querySelectorAll('.misses > div:first-child bdi')].map((bdi) => bdi.textContent)")
        self.browser.run("location.hash = '#almost'")
        self.browser.click(".misses > div:first-child a")
        self.browser.wait("document.querySelectorAll('.text').length == 2")
        shown = self.browser.run("return [...document.querySelectorAll('.text h3')].map((title) => title.textContent)")
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
        shown = self.browser.run("return [...document.querySelectorAll('.cluster .name')].map((name) => name.textContent)")
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
