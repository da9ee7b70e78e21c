"""A news frame to events, with a page to click through.

    python events.py news.jsonl page.html
"""

import sys

import pandas as pd

import dedup

dump, page = sys.argv[1:]
frame = pd.read_json(dump, lines=True)

clusters = dedup.cluster(frame, explain=True)
print(clusters)
print("read from", clusters.columns)

# A column of the kind that came in: it has the index of the frame.
frame["event"] = clusters["event"]
sizes = frame.groupby("event").agg(stories=("id", "size"), outlets=("source", "nunique"), first=("published_at", "min"))
print(sizes.sort_values(["outlets", "stories"], ascending=False).head(5))

# The same, counted already, with a headline each.
largest = clusters.events.to_pandas()
print(largest[["size", "headline", "score"]].head(5))

# Why they are one event: what their reports share.
facts = clusters.facts.to_pandas()
first = largest["representative"][0]
print(facts[facts["representative"] == first][["kind", "text", "documents"]].head(5))

print("drawn:", clusters.report(page))
