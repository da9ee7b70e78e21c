#!/usr/bin/env python3
"""How long a page takes to open, to filter and to show a cluster, in milliseconds.

usage: timing.py PAGE...       (chromium, chromium-driver)
"""
import pathlib
import sys

from webdriver import Browser

# Until the frame after an action has been drawn.
MEASURE = """
const done = arguments[arguments.length - 1], start = performance.now();
{action}
requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
"""
FILTER = """const input = document.getElementById("filter");
input.value = "e"; input.dispatchEvent(new Event("input", { bubbles: true })); input.value = "the re"; input.dispatchEvent(new Event("input", { bubbles: true }));"""
SHOW = 'location.hash = "#c1"; route();'


def measure(browser, action):
    body = {"script": MEASURE.replace("{action}", action), "args": []}
    return browser.request("POST", "/execute/async", body)


def timings(page):
    """Milliseconds until the first events are drawn, a page is parsed and painted, a filter has found the rest,and a cluster is shown."""
    browser = Browser()
    try:
        browser.open("about:blank")
        browser.open(pathlib.Path(page).resolve().as_uri())
        clusters = browser.run("return events.length")
        opened = browser.run(
            "const entry = performance.getEntriesByType('navigation')[0];"
            "return [entry.domContentLoadedEventEnd, performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0]")
        drawn = browser.run("return performance.getEntriesByName('drawn')[0].startTime")
        return {"clusters": clusters, "drawn": drawn, "open": max(opened), "filter": measure(browser, FILTER), "show": measure(browser, SHOW)}
    finally:
        browser.close()


def main():
    print(f"{'MB':>6} {'clusters':>8} {'drawn':>7} {'open':>7} {'filter':>7} {'show':>7}")
    for page in sys.argv[1:]:
        times = timings(page)
        print(f"{pathlib.Path(page).stat().st_size / 1e6:6.1f} {times['clusters']:8} "
              + " ".join(f"{times[action]:7.0f}" for action in ("drawn", "open", "filter", "show")), page)


if __name__ == "__main__":
    main()
