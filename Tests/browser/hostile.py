"""Stories that try to break out of the page: in titles, bodies, outlets and ids."""
import datetime
import json

ATTACKS = [
    "<script>window.hit=1</script>",
    "</script><script>window.hit=2</script>",
    "<!--<script>", "--><img src=x onerror=window.hit=3>", "]]><svg onload=window.hit=4>",
    "\"><img src=x onerror=window.hit=5>", "' onmouseover='window.hit=6", "javascript:window.hit=7",
    "{{{style}}} {{#clusters}} {{/clusters}}", "</style><style>*{display:none}</style>", "</title><plaintext>",
    "\u2028window.hit=8\u2029", "\u202egnp.live\u202c \u2066isolate", "nul \u0000 bell \u0007 end",
    "\\u003cscript\\u003ewindow.hit=9\\u003c/script\\u003e", "\U0001f4f0\U0001d49c astral \ufeff\ufffd \uffff",
    "&lt;b&gt; &amp;amp; &#60;script&#62;", "`${window.hit=10}`", "</textarea></details></li></ol></main>",
    "مرحبا بالعالم <b>שלום</b>",
]


def body(name):
    """Sixty words that no other story has, but its copy: each pair must be a cluster of its own."""
    return " ".join(f"{name}{chr(97 + word // 26)}{chr(97 + word % 26)}" for word in range(60)).capitalize() + ". "


def stories():
    """Pairs of near copies, so that each is a cluster with a passage; one with a word of a megabyte."""
    for number, attack in enumerate(ATTACKS):
        words = body("q" + chr(97 + number))
        for copy in range(2):
            # Characters of four bytes and two UTF-16 units before the passage: places must not be counted in bytes.
            text = "\U0001f4f0" * 9 + " " + words + attack + (" A line of its own." if copy else "") + words[:90]
            yield {"id": f"{attack} {copy}", "title": attack, "text": text, "source": attack,
                   "published_at": f"2024-05-{number + 1:02d}T0{copy}:00:00Z",
                   "url": ["javascript:window.hit=11", "https://example.org/\" onclick='window.hit=12' <b>"][copy]}
    long = "x" * 1_000_000
    for copy in range(2):
        yield {"id": f"long {copy}", "title": long, "text": body("long") + long + f" {copy}", "source": "s"}


def dump():
    lines = [json.dumps(story).encode() for story in stories()]
    # A lone surrogate, as broken crawlers write them, is no Unicode that Python could encode otherwise.
    lines = [line.replace(b"bell", b"bell \\ud800") for line in lines]
    return b"\n".join(lines) + b"\n"


def framed():
    """Stories of one outlet with one footer, which is boilerplate, and a copy in another with it in the middle."""
    footer = "You are reading the evening edition of the Halden Courier, printed on the quay since the old harbour was built."
    for number in range(30):
        yield {"id": f"f{number}", "title": f"Story {number}", "source": "Courier", "text": body(f"w{chr(97 + number % 26)}{number // 26}x") + footer,
               "published_at": "2024-05-01T00:00:00Z"}
    own = body("wa0x")
    yield {"id": "copy", "title": "A copy", "source": "Post", "published_at": "2024-05-02T00:00:00Z",
           "text": own[:300] + footer + " " + own[300:] + body("additional") * 2}


def unspaced():
    """Two reports in a script without spaces, of which one has a piece of the other."""
    text = "市长星期一在港口宣布新的防波堤将于明年春天开工建设预计耗资三千万元工程由本地企业承担完成后渔船可以全年停泊"
    yield {"id": "zh1", "title": "港口", "text": text + "居民表示欢迎这一决定并希望尽快开始", "published_at": "2024-05-01T00:00:00Z"}
    yield {"id": "zh2", "title": "港口二", "text": text, "published_at": "2024-05-02T00:00:00Z"}


def spans():
    """Three versions of each of some events, which took from an hour to three years."""
    for number, seconds in enumerate([3600, 9 * 3600, 86400, 11 * 86400, 80 * 86400, 1096 * 86400]):
        text = body("s" + chr(97 + number))
        for part, share in enumerate([0, 0.31, 1]):
            moment = datetime.datetime(2021, 3, 4, 5, 6, 7, tzinfo=datetime.timezone.utc) + datetime.timedelta(seconds=share * seconds)
            yield {"id": f"{number}-{part}", "url": f"https://example.org/{number}/{part}", "title": f"Span {number}", "source": f"Outlet {part}", "text": text + f"Line {part}.",
                   "published_at": moment.strftime("%Y-%m-%dT%H:%M:%SZ")}


def tied():
    """Two outlets on one day, of which nobody says the hour, and a third that came surely later."""
    for part, moment in enumerate(["2024-05-01", "2024-05-01T07:00:00Z", "2024-05-02T00:00:00Z"]):
        yield {"id": f"t{part}", "title": "Tied", "source": f"Outlet {part}", "text": body("ta") + f"Line {part}.", "published_at": moment}


def undated():
    """One event whose second half has no dates."""
    for part in range(4):
        yield {"id": f"u{part}", "title": "Undated", "source": f"Outlet {part}", "text": body("ua") + f"Line {part}.",
               **({"published_at": f"2024-05-0{part + 1}T00:00:00Z"} if part < 2 else {})}


def doubt(result, doubted):
    """A result of which one event of four stories has two chapters, whatever the model says of it."""
    records = [json.loads(line) for line in result.read_text().splitlines()]
    event = next(record for record in records if record["type"] == "cluster" and record["level"] == "event" and record["size"] == 4)
    event.update(doubt=["chapters"], chapters=2)
    chapters = {member: 1 + place // 2 for place, member in enumerate(event["members"])}
    for record in records:
        if record["type"] == "document" and record["id"] in chapters:
            record["chapter"] = chapters[record["id"]]
    doubted.write_text("".join(json.dumps(record) + "\n" for record in records))


def many():
    """Four hundred events of two stories."""
    for number in range(400):
        for copy in range(2):
            yield {"id": f"{number}-{copy}", "title": f"Event {number}", "source": f"Outlet {copy}", "published_at": f"2024-05-0{copy + 1}T00:00:00Z",
                   "text": body(f"m{chr(97 + number % 26)}{chr(97 + number // 26)}") + f"Line {copy}."}


def lines(stories):
    return b"".join(json.dumps(story).encode() + b"\n" for story in stories)
