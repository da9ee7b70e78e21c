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
input.value = "e"; input.dispatchEvent(new Event("input")); input.value = "the re"; input.dispatchEvent(new Event("input"));"""
SHOW = 'location.hash = "#c1"; route();'


def measure(browser, action):
    body = {"script": MEASURE.replace("{action}", action), "args": []}
    return browser.request("POST", "/execute/async", body)


def main():
    browser = Browser()
    try:
        browser.open("about:blank")
        print(f"{'MB':>6} {'clusters':>8} {'parsed':>7} {'open':>7} {'filter':>7} {'show':>7}")
        for page in sys.argv[1:]:
            path = pathlib.Path(page).resolve()
            browser.open(path.as_uri())
            clusters = browser.run("return document.querySelectorAll('.cluster').length")
            opened = browser.run(
                "const entry = performance.getEntriesByType('navigation')[0];"
                "return [entry.domContentLoadedEventEnd, performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0]")
            times = [opened[0], max(opened), measure(browser, FILTER), measure(browser, SHOW)]
            print(f"{path.stat().st_size / 1e6:6.1f} {clusters:8} " + " ".join(f"{time:7.0f}" for time in times), path.name)
    finally:
        browser.close()


main()
