"""Two texts beside each other: on the page of a dump, and on one of their own."""
import hostile
from pages import *


class Facts(PageTest):
    def test_the_partner_of_a_fact_comes_into_view(self):
        self.resize(1200, 420)
        seen = 0
        for cluster in range(1, self.clusters() + 1):
            self.show(f"#c{cluster}")
            pairs = self.browser.run(
                f"return details('c', {cluster}).pairs.filter((pair) => pair.facts.length).map((pair) => [pair.a, pair.b])")
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
        for url, link in [(self.url, "mark[data-side='0'] a"), (session().retold, ".words .fact[data-side='0']")]:
            self.resize(1200, 420)
            self.browser.open(url)
            self.browser.click(link)
            self.browser.devtools("Emulation.setScriptExecutionDisabled", value=False)
            self.browser.wait(TARGET_IN_VIEW)
            self.assertEqual(self.browser.run("return document.querySelector('.keys').checkVisibility()"), False)
            self.browser.devtools("Emulation.setScriptExecutionDisabled", value=True)

    def test_links_have_ends(self):
        for url in [session().pair, session().retold, *session().attacks]:
            self.browser.open(url)
            self.assertEqual(self.browser.run(
                "return [...document.querySelectorAll('a[href^=\"#\"]')].filter((link) => !document.getElementById(link.hash.slice(1))).map((link) => link.outerHTML)"), [])

    def test_keys(self):
        self.browser.press("n")
        self.browser.wait("document.activeElement.closest('mark')?.dataset.passage == 0")

    def test_narrow_and_harmless(self):
        self.resize(360, 740)
        for url in [session().pair, session().retold, *session().attacks]:
            self.browser.open(url)
            self.assertLessEqual(self.browser.run("return document.documentElement.scrollWidth"), 360, url)
            self.assertIsNone(self.browser.run("return window.hit ?? null"), url)
            self.assertEqual(self.count("img, iframe, plaintext, textarea, svg, [onmouseover], a[href^=javascript]"), 0)
            self.assertEqual([self.count("script"), self.count("style")], [1, 1])
            if url in session().attacks:
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
        self.show("#c1/0/1")
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
        self.show("#c1/0/1")
        self.browser.press("n")
        self.browser.wait("document.activeElement.closest('mark')?.dataset.passage == 0")
        before = self.browser.run("return document.querySelector('.text h3').textContent")
        self.browser.press("x")
        self.browser.wait("document.querySelector('.text h3').textContent != arguments[0]", before)
        self.browser.press(ESCAPE)
        self.browser.wait("document.getElementById('view').hidden")

    def test_passages_cut_both_texts_at_the_same_words(self):
        """The places in the data, counted in UTF-16 units, against the words that stand there."""
        for page in [session().sample, session().hostile]:
            self.browser.open(page)
            wrong, seen = self.browser.run("""
              const words = (text) => text.toLowerCase().match(/[\\p{L}\\p{N}]+/gu)?.join(" ") ?? "";
              // Markup in a text is nothing that it says, and may stand on either side of a border.
              const said = ({ text }) => text.replace(/<(script|style)>.*?<\\/\\1>|<\\/?[a-z!][^>]*>|&\\S*;/gis, (hidden) => " ".repeat(hidden.length));
              let wrong = [], seen = 0;
              for (const element of document.querySelectorAll("script[id^='block']")) for (const { texts, pairs } of JSON.parse(element.textContent)) {
                for (const { a, b, passages } of pairs) for (const { at, edits } of passages) {
                  const starts = [[at[0], at[2]], ...edits.map((edit) => [edit[1], edit[3]])];
                  const ends = [...edits.map((edit) => [edit[0], edit[2]]), [at[1], at[3]]];
                  starts.forEach(([i, j], piece) => {
                    const left = words(said(texts[a]).slice(i, ends[piece][0])), right = words(said(texts[b]).slice(j, ends[piece][1]));
                    seen += 1;
                    if (left !== right || !left) wrong.push([element.id, left.slice(0, 200), right.slice(0, 200)]);
                  });
                }
              }
              return [wrong.slice(0, 3), seen];""")
            self.assertEqual(wrong, [])
            self.assertGreater(seen, 10)


# Of each dot its distance in pixels from where its time stands on the axis below, by the two ends of the axis.
OFF = """
const center = (element) => { const box = element.getBoundingClientRect(); return (box.left + box.right) / 2; };
const [line, ...ticks] = document.querySelectorAll(".scale line"), ends = line.getBoundingClientRect();
const dots = [...document.querySelectorAll("circle[data-time]")], times = dots.map((dot) => Number(dot.dataset.time));
const start = Math.min(...times), end = Math.max(...times);
return [...dots, ...ticks].map((mark) => Math.abs(center(mark) - ends.left - ends.width * (Number(mark.dataset.time) - start) / (end - start)));
"""


class Time(PageTest):
    page = "spans"

    def test_dots_stand_above_their_time(self):
        for width in [360, 400, 700, 704, 1000, 1280, 1920]:
            self.resize(width, 800)
            self.browser.open(self.url)
            for cluster in range(1, self.clusters() + 1):
                self.show(f"#c{cluster}")
                off = self.browser.run(OFF)
                self.assertGreater(len(off), 2)
                self.assertLessEqual(max(off), 1, f"{width} pixels, event {cluster}")

    def test_undated_stories_say_so(self):
        self.browser.open(session().undated)
        self.show("#c1")
        self.assertIn("without a date", self.browser.run("return document.querySelector('#view .lanes').textContent"))


class Links(PageTest):
    page = "spans"

    def test_headlines_and_outlets_lead_to_the_stories(self):
        self.show("#c1")
        links = self.browser.run("return [...document.querySelectorAll('#view a[target]')].map((link) => [link.href, link.rel])")
        self.assertGreater(len(links), 6)
        for address, relation in links:
            self.assertRegex(address, r"^https://example\.org/\d/\d$")
            self.assertEqual(relation, "noopener noreferrer")

    def test_other_addresses_are_no_links(self):
        self.browser.open(session().hostile)
        for cluster in range(1, self.clusters() + 1):
            self.show(f"#c{cluster}")
            self.assertEqual(self.count("#view a[target]"), 0)


class Compare(PageTest):
    def test_brings_the_texts_into_view_and_moves_the_focus(self):
        for width in [400, 1200]:
            self.resize(width, 700)
            self.show("#c1")
            self.browser.run("scrollTo(0, 0); document.querySelector('.stories tr[data-text]:last-child button').click()")
            self.browser.wait("document.activeElement.closest('#side')")
            top = self.browser.run("return document.querySelector('#side h2').getBoundingClientRect().top")
            self.assertTrue(-1 <= top < 350, top)

    def test_every_story_has_a_button_or_says_why_not(self):
        self.show("#c1")
        self.assertEqual(self.browser.run(
            "return [...document.querySelectorAll('.stories tbody td:last-child')].filter((cell) => !cell.textContent).length"), 0)
