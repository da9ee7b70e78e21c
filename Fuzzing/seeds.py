#!/usr/bin/env python3
"""Write the seeds of all fuzz targets below FOLDER: a few texts, records and archives."""

import bz2
import gzip
import io
import lzma
import sys
import tarfile
import zipfile
from pathlib import Path

TEXTS = [
    "The ferry to Korsund was late again on Tuesday, the port said; 1,200 passengers waited.",
    "Die Fähre nach Korsund war am Dienstag wieder verspätet &amp; überfüllt. <p>Straßen-\nbahnen fuhren.</p>",
    "Паром в Корсунд снова опоздал: +3,5 % — 12.000 человек ждали.",
    "渡船又晚了。乘客等了三个小时，港口说。ﾌｪﾘｰ は ガ が",
    "ﷺ تأخرت العبّارة مَرَّةً أُخْرَى ٣٫٥ Ελλάδα ΐ ἀρχή שָׁלוֹם",
    "It cost -5 or $5? ???? \ufffd CO\u2082 don\u2019t e\u0301 \u1e9e \U0001f600 Ã¤ â‚¬ naÃ¯ve \u200d\u00ad",
    "word " * 900,
    "a" * 4090 + "é" * 10 + " end",
]
RECORDS = [
    '{"text": "The ferry was late.", "id": 7, "date": "2026-03-02", "title": "Late", "url": "https://a.example/1"}',
    '{"TEXT": " ", "text": null, "a": {"b": ["caf\\u00e9 \\ud83d\\ude00"]}, "source": {"id": null, "name": "Post"}}',
    '{"c": {"d": "x"}, "date": {"$date": {"$numberLong": "1772409600000"}}, "id": {"$oid": "65"}, "lang": "en"}',
    '{"text": "one", "text": "two", "x": [1, -2.5e3, true, false, [{}], NaN]}',
    '[{"text": "in an array"}]',
    '{"id": 8\\u0041, "date": -1e5, "text": "no number"}',
    '"text"',
]


def tar(kind: int) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=kind) as archive:
        for name, data in [("a.jsonl", RECORDS[0]), ("folder/ü" + "x" * 80, RECORDS[1])]:
            member = tarfile.TarInfo(name)
            member.size = len(data.encode())
            archive.addfile(member, io.BytesIO(data.encode()))
        link = tarfile.TarInfo("link")
        link.type, link.linkname = tarfile.SYMTYPE, "a.jsonl"
        archive.addfile(link)
    return out.getvalue().rstrip(b"\0") + bytes(1024)


def zipped(kind: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", kind) as archive:
        archive.writestr("a.jsonl", RECORDS[0])
        archive.writestr("folder/", "")
        archive.writestr("ü.csv", "id,text\n1,late\n")
    return out.getvalue()


def stories() -> bytes:
    first = " ".join(f"word{number % 37} of the harbour{number}" for number in range(40))
    second = "The council met on Monday and voted for the new bridge over the river after a long debate in the hall."
    lines = [first, "\1 more", "2026-03-02\t" + second, "2026-03-03\t\3", "\3 again, with a word", "\1\3", "", TEXTS[3]]
    return "\n".join(lines).encode()


def tables() -> list[bytes]:
    rows = 'id,text,date\n1,"late, ""very""\nlate",2026-03-02\n2,on time,3 März 2026\n'
    return [rows.encode(), rows.replace(",", "\t").encode("utf-16"), rows.replace("\n", "\r\n").encode("cp1252")]


def archives() -> list[bytes]:
    plain = RECORDS[0].encode()
    zstandard = bytes.fromhex("28b52ffd2005290000") + b"hello"
    lz4 = bytes.fromhex("04224d186440a70000000005 5dcc02".replace(" ", ""))
    packed = [gzip.compress(plain, mtime=0), bz2.compress(plain), lzma.compress(plain), zstandard, lz4]
    members = [tar(kind) for kind in (tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT)]
    members += [zipped(kind) for kind in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2)]
    bomb = gzip.compress(bytes(1 << 20), mtime=0)
    return [plain, bomb, gzip.compress(members[0], mtime=0), packed[0] + packed[0] + bytes(9), *packed, *members]


def write(folder: Path, seeds: list[bytes]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds):
        (folder / f"{number:02}").write_bytes(seed)


def main(root: Path) -> None:
    texts = [text.encode() for text in TEXTS]
    write(root / "kernels", [b"\2\x40" + text for text in texts] + [b"\2\x40" + TEXTS[1].encode("cp1252", "replace")])
    write(root / "sets", [bytes([kind, 128, 64]) + text * (1 + 4 * kind) for kind in (0, 1) for text in texts])
    write(root / "passages", [texts[0] * 3 + b"\0" + texts[0] + texts[1], texts[3] + b"\0" + texts[3][6:], texts[6][:900]])
    write(root / "pipeline", [bytes([kind]) + stories() for kind in (2, 3, 5)])
    named = [(0, RECORDS[:4]), (1, ['{"meta": 1, "articles": [' + ",".join(RECORDS[:2]) + "]}"]), (1, RECORDS[4:5])]
    dumps = [bytes([kind]) + "\n".join(records).encode() for kind, records in named]
    dumps += [bytes([2 + place % 2]) + table for place, table in enumerate(tables())]
    write(root / "dumps", dumps + [b"\x08" + seed for seed in archives()] + [b"\4" + texts[1]])
    write(root / "json", [record.encode() for record in RECORDS])
    written = [bytes([kind]) + texts[0] for kind in (48, 49, 50, 62, 63)]
    write(root / "archive", [b"\0" + seed for seed in archives()] + written)


main(Path(sys.argv[1]))
