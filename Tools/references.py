#!/usr/bin/env python3
"""Prints the named character references of HTML that stand for one code point, as Python's standard library has them
from the HTML standard: a name and its code point in hexadecimal digits a line, ascending by bytes."""
from html.entities import html5

names = {n[:-1]: c for n, c in html5.items() if n.endswith(";") and len(c) == 1}
for name in sorted(names):
    print(name, format(ord(names[name]), "06x"))
