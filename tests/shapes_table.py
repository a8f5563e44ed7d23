"""Write the table of shapes in docs/shapes.md anew, from ontology/shapes.ttl.

Run: python -m tests.shapes_table
"""

from __future__ import annotations

import re
from itertools import groupby
from pathlib import Path

from regiograaf import shapes

REPO = Path(__file__).resolve().parents[1]
PAGE = REPO / "docs" / "shapes.md"
BEGIN, END = "<!-- begin of the table -->\n", "<!-- end of the table -->\n"


def headings(text: str) -> dict[str, str]:
    """The heading in shapes.ttl under which each shape stands, by its local name, in the order of the file."""
    found, heading = {}, ""
    for line in re.findall(r"^(?:# .+|rgsh:\S+ a .+)$", text, re.MULTILINE):
        if line.startswith("# "):
            heading = line.removeprefix("# ")
        else:
            found[line.split()[0].removeprefix("rgsh:")] = heading
    return found


def table(text: str) -> str:
    """Every rule in Markdown, a table for each heading."""
    rules = {rule.name: rule for rule in shapes.rules(shapes.read(text))}
    parts = []
    for heading, names in groupby(headings(text).items(), key=lambda item: item[1]):
        rows = [rules[name] for name, _ in names if name in rules]
        if rows:
            parts.append(f"### {heading}\n\n| shape | level | is broken when; what to do |\n|---|---|---|\n")
            parts += [f"| `{rule.name}` | {rule.level} | {rule.en} |\n" for rule in rows]
            parts.append("\n")
    return "".join(parts)


def page(old: str, text: str) -> str:
    """The page with the table in its place."""
    before, _, rest = old.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{table(text)}{END}{after}"


if __name__ == "__main__":
    new = page(PAGE.read_text(encoding="utf-8"), (REPO / shapes.FILE).read_text(encoding="utf-8"))
    PAGE.write_text(new, encoding="utf-8", newline="\n")
