"""A DuckDB query over copies: who takes most from whom, and how much of it.

    python copies.py news.jsonl
"""

import sys

import duckdb

import dedup

stories = duckdb.read_json(sys.argv[1])
clusters = dedup.cluster(stories, level="copy", pairs=True)

# Results are Arrow tables, and DuckDB reads those by the names of the variables that hold them.
pairs, documents, passages = clusters.pairs.to_arrow(), clusters.to_arrow(), clusters.passages.to_arrow()

duckdb.sql("""
    SELECT a.source AS earlier, b.source AS later, count(*) AS copies, round(avg(share_b), 2) AS share
    FROM pairs JOIN stories a ON a.id = pairs.a JOIN stories b ON b.id = pairs.b
    WHERE a.source <> b.source AND level <> 'exact'
    GROUP BY ALL ORDER BY copies DESC, earlier, later LIMIT 5
""").show()

duckdb.sql("SELECT relation, count(*) AS documents FROM documents GROUP BY ALL ORDER BY ALL").show()

# The longest passage, as it stands in the earlier text: places count bytes.
a, start, end = duckdb.sql("SELECT a, a_start, a_end FROM passages ORDER BY tokens DESC LIMIT 1").fetchall()[0]
text = duckdb.sql("SELECT text FROM stories WHERE id = $id", params={"id": a}).fetchall()[0][0]
print(f"{a}: “{text.encode()[start:end].decode()[:80]}…”")
