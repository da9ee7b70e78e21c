"""The first screen: the events, how they are found, and what can be taken away."""
import csv
import io
import json
import pathlib
import subprocess
import time

import hostile
from pages import *

# The text that a button saves, caught before the browser makes a file of it.
CATCH = """
window.caught = [];
URL.createObjectURL = (blob) => { blob.text().then((text) => caught.push(text)); return "#events"; };
HTMLAnchorElement.prototype.click = function () {};
"""


class Listing(PageTest):
    def choose(self, field, value):
        self.browser.run("fields[arguments[0]].value = arguments[1]; fields[arguments[0]].dispatchEvent(new Event('input', { bubbles: true }))", field, value)


class FirstScreen(Listing):
    def test_events_stand_first(self):
        for page in [session().sample, session().several, session().hostile]:
            for width, most in [(1280, 420), (400, 700), (360, 700)]:
                self.resize(width, 900)
                self.browser.open(page)
                top = self.browser.run("return document.querySelector('.cluster').getBoundingClientRect().top")
                self.assertLessEqual(top, most, f"{page} at {width} pixels")

    def test_an_entry_says_what_happened_and_who_had_it(self):
        entry = self.browser.run("return document.querySelector('.cluster').innerText")
        first = self.browser.run("return details('c', Number(document.querySelector('.name').hash.slice(2))).stories[0]")
        for words in [first["title"], first["outlet"], first["date"], "stories", "written anew"]:
            self.assertIn(words, entry)

    def test_news_of_several_outlets_stands_before_the_rest(self):
        ranks = self.browser.run("return found.map((event) => event.rank)")
        self.assertEqual(ranks, sorted(ranks))
        self.assertGreater(len(set(ranks)), 1)

    def test_events_in_doubt_come_after_the_others(self):
        self.browser.open(session().doubted)
        doubts = self.browser.run("return found.map((event) => event.doubts != null)")
        self.assertEqual(doubts, sorted(doubts))
        self.assertEqual(set(doubts), {False, True})
        self.choose("score", "sure")
        self.assertEqual(self.browser.run("return found.map((event) => event.doubts ?? 0)"), [0] * doubts.count(False))
        self.choose("score", "")
        last = "document.querySelector('.cluster:last-child .doubts').textContent"
        self.assertEqual(self.browser.run(f"return {last}"), "2 chapters with days between")
        self.show(f"#c{self.browser.run('return found.at(-1).number')}")
        versions = self.browser.run("return [...document.querySelectorAll('.stories th[scope=rowgroup]')].map((name) => name.textContent)")
        self.assertEqual(sorted({name[:9] for name in versions}), ["Chapter 1", "Chapter 2"])

    def test_what_is_new_beside_an_archive_is_marked_and_found(self):
        self.browser.open(session().today)
        news = self.browser.run("return found.map((event) => event.new ?? 0)")
        self.assertIn(0, news)
        self.choose("news", "new")
        self.assertEqual(self.browser.run("return found.map((event) => event.new)"), [count for count in news if count])
        event = self.browser.run("return [found[0].number, found[0].new]")
        self.assertIn(f"{event[1]} new", self.browser.run("return document.querySelector('.when').innerText"))
        self.show(f"#c{event[0]}")
        tags = self.browser.run("return [...document.querySelectorAll('.stories .tag')].map((tag) => tag.innerText)")
        self.assertEqual(tags.count("new"), event[1])
        self.browser.open(session().sample)
        self.assertEqual(self.browser.run("return [hasNew, document.querySelector('.facets').innerText.includes('news')]"), [False, False])

    def test_stories_without_a_date_are_said(self):
        self.browser.open(session().undated)
        self.assertIn("2 without a date", self.browser.run("return document.querySelector('.span').textContent"))

    def test_nobody_was_first_alone_where_only_the_day_is_known(self):
        self.browser.open(session().tied)
        self.assertEqual(self.browser.run("return document.querySelector('.by').innerText"), "Outlet 0, Outlet 1, then Outlet 2")
        self.assertEqual(self.browser.run("return [...document.querySelectorAll('.by b')].map((name) => name.innerText)"), ["Outlet 0", "Outlet 1"])
        cells = self.browser.run("return [...document.querySelectorAll('#outlets td a')].map((link) => link.hash)")
        self.assertEqual(cells, ["#from=Outlet%200&by=Outlet%202", "#from=Outlet%200", "#by=Outlet%202"])
        self.show("#c1")
        tags = self.browser.run("return [...document.querySelectorAll('.stories .tag')].map((tag) => tag.innerText)")
        self.assertEqual(tags.count("among the earliest"), 2)

    def test_little_is_drawn_at_rest(self):
        self.browser.open(session().many)
        self.assertEqual(self.clusters(), 400)
        self.assertLess(self.count("*"), 3000)
        for _ in range(40):
            self.browser.run("scrollTo(0, document.documentElement.scrollHeight)")
            time.sleep(0.05)
            if self.count(".cluster") == 400:
                break
        self.assertEqual(self.count(".cluster"), 400)


class Finding(Listing):
    def listed(self):
        return self.browser.run("return found.map((event) => event.number)")

    def test_facets(self):
        self.browser.open(session().doubted)
        everything = set(self.listed())
        for field, value in [("outlet", "Capital Monitor"), ("size", "4"), ("relation", "anew"), ("relation", "word"),
                             ("since", "2024-04-10"), ("until", "2024-04-10"), ("score", "0.9"), ("score", "sure")]:
            self.choose(field, value)
            some = set(self.listed())
            self.assertTrue(some and some < everything, (field, value))
            self.choose(field, "")
            self.assertEqual(set(self.listed()), everything)

    def test_order(self):
        for order, key in [("newest", "-event.last"), ("oldest", "event.from"), ("", "-event.size")]:
            self.choose("sort", order)
            keys = self.browser.run(f"return found.map((event) => [event.rank, {key}])")
            self.assertEqual(keys, sorted(keys), order)

    def test_the_address_keeps_it(self):
        self.browser.type("#filter", "valmora quake")
        self.choose("sort", "newest")
        address, listed = self.browser.run("return [location.href, output.value]")
        self.browser.open("about:blank")
        self.browser.open(address)
        self.assertEqual(self.browser.run("return [location.href, output.value]"), [address, listed])
        self.assertEqual(self.browser.run("return [input.value, fields.sort.value]"), ["valmora quake", "newest"])

    def test_back_from_an_event_to_the_same_list(self):
        self.choose("outlet", "Capital Monitor")
        listed = self.listed()
        self.browser.click(".name")
        self.browser.wait("!view.hidden")
        self.assertIn(f"1 of {len(listed)}", self.browser.run("return document.querySelector('.path').textContent"))
        self.browser.press(ESCAPE)
        self.browser.wait("view.hidden")
        self.assertEqual(self.listed(), listed)

    def test_near_misses_are_found_too(self):
        self.browser.type("#filter", "pellham")
        self.assertIn("Almost one event", self.browser.run("return output.value"))

    def test_the_cells_of_the_matrix_open_the_stories(self):
        self.browser.run("location.hash = '#outlets'")
        cells = self.browser.run("return [...document.querySelectorAll('.matrix td a')].map((link) => [link.hash, Number(link.textContent)])")
        self.assertGreater(len(cells), 5)
        for place, count in cells + self.browser.run("return [...document.querySelectorAll('.bars td a')].map((link) => [link.hash, Number(link.textContent)])"):
            self.browser.run("location.hash = arguments[0]", place)
            self.browser.wait("!document.getElementById('events').hidden && location.hash == shown")
            listed = self.browser.run("return found.length")
            self.assertTrue(0 < listed <= count, (place, listed, count))
            if place.startswith("#first"):
                self.assertEqual(listed, count, place)

    def test_the_line_can_be_moved(self):
        self.browser.run("location.hash = '#almost'")
        say = """const line = document.getElementById("line"); line.value = arguments[0]; line.dispatchEvent(new Event("input"));
                 return document.querySelector("output[for=line]").value"""
        self.assertIn("stands at .50", self.browser.run(say, 50))
        # Lower than some pairs that almost joined: the closest of them, and then all.
        scores = self.browser.run("return index.misses.map((miss) => miss.score)")
        for at in [int(100 * max(scores)), int(100 * min(scores))]:
            count = sum(score >= at / 100 for score in scores)
            self.assertIn(f"{count} pair{'s' if count > 1 else ''} below would join", self.browser.run(say, at))
        self.assertRegex(self.browser.run(say, 95), r"[1-9]\d* events? would part")
        self.assertGreater(self.count(".parting a"), 0)


class TakingAway(PageTest):
    page = "hostile"

    def saved(self, selector):
        self.browser.run(CATCH)
        self.browser.run("[...document.querySelectorAll('.take button')].find((button) => button.checkVisibility() && button.textContent.includes(arguments[0])).click()", selector)
        self.browser.wait("window.caught.length")
        return self.browser.run("return caught[0]")

    def test_csv_of_what_is_shown(self):
        rows = list(csv.DictReader(io.StringIO(self.saved("CSV").lstrip("\ufeff"))))
        self.assertEqual(len(rows), self.browser.run("return found.reduce((sum, event) => sum + event.size, 0)"))
        self.assertTrue(all(row["id"][:1] not in "=+-@" for row in rows))
        self.assertIn("<script>window.hit=1</script>", {row["headline"] for row in rows})

    def test_marks_are_kept_and_saved_as_labels(self):
        self.browser.open(session().sample)
        self.browser.run("localStorage.clear()")
        for event, button in [(1, 1), (2, 2)]:
            self.browser.open(session().sample + f"#c{event}")
            self.browser.click(f"#view .take button:nth-child({button})")
        self.browser.open(session().sample)
        self.assertEqual(self.count(".mark .tag"), 2)
        lines = [json.loads(line) for line in self.saved("2 marks").splitlines()]
        self.browser.run("localStorage.clear()")
        labels = session().path("labels.jsonl")
        labels.write_text("".join(json.dumps(line) + "\n" for line in lines))
        told = subprocess.run([DEDUP, "eval", session().path("sample.result"), labels], capture_output=True, text=True)
        self.assertEqual(told.returncode, 0, told.stderr)
        self.assertLess(len({line["label"] for line in lines}), len(lines))
        self.assertTrue(any("version 2" in line["label"] for line in lines))


class Folder(PageTest):
    page = "folder_index"

    def test_pages_of_single_events(self):
        self.assertEqual(self.count(".cluster"), self.clusters())
        self.browser.open(self.url.replace("index", "events/1"))
        self.browser.wait("!view.hidden")
        self.assertGreater(self.count(".text .words"), 1)
        self.assertEqual(self.browser.run("return getComputedStyle(document.querySelector('.texts')).display"), "grid")
        self.browser.click(".back")
        self.browser.wait("document.querySelectorAll('.cluster').length > 1")
