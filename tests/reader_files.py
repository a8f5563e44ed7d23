"""Makes a letter's text into files of the formats that the reader knows."""

from __future__ import annotations

import html
import io
import re
import textwrap
import zipfile
from collections.abc import Iterable, Sequence
from email.message import EmailMessage

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
BULLETS = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="o"/></w:lvl>'
    "</w:abstractNum>"
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
    '<w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
)
STYLES = (
    '<w:style w:styleId="Kop2"><w:name w:val="heading 2"/></w:style>'
    '<w:style w:styleId="Eigenkop"><w:name w:val="Eigen kop"/><w:basedOn w:val="Kop2"/></w:style>'
    '<w:style w:styleId="Inhopg1"><w:name w:val="toc 1"/></w:style>'
)


def paragraphs(text: str) -> list[list[str]]:
    """The lines of each paragraph of a text."""
    return [block.split("\n") for block in text.strip().split("\n\n")]


def is_heading(lines: list[str]) -> bool:
    """Whether a paragraph of the example letter is one of its headings, which the letter's head has none of."""
    return len(lines) == 1 and lines[0][-1].isalpha() and lines[0].count(" ") in (2, 3) and "Merendam" not in lines[0]


def as_html(text: str) -> bytes:
    """A web page with headings, lists and line breaks as such."""
    parts = []
    for lines in paragraphs(text):
        words = [re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", html.escape(line)) for line in lines]
        if lines[0].startswith("- "):
            parts.append("<ul>" + "".join(f"<li>{line[2:]}</li>" for line in words) + "</ul>")
        elif is_heading(lines):
            parts.append(f"<h2>{words[0]}</h2>")
        else:
            parts.append(f"<p>{'<br>'.join(words)}</p>")
    style = "<style>p { color: black }</style><script>var geen = '<p>geen tekst</p>'</script>"
    body = "\n".join(parts)
    return f"<!DOCTYPE html><html><head><title>Brief</title>{style}</head><body>{body}</body></html>".encode()


def run(words: str) -> str:
    """A run of a Word document."""
    return f'<w:r><w:t xml:space="preserve">{html.escape(words, quote=False)}</w:t></w:r>'


def paragraph(words: str, properties: str = "") -> str:
    """A paragraph of a Word document."""
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{run(words)}</w:p>"


def as_docx(text: str) -> bytes:
    """A Word document with a heading style, a list of bullets and line breaks."""
    parts = []
    for lines in paragraphs(text):
        if lines[0].startswith("- "):
            mark = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
            parts += [f"<w:p>{mark}{''.join(map(run, line[2:].split('**')))}</w:p>" for line in lines]
        else:
            style = '<w:pPr><w:pStyle w:val="Eigenkop"/></w:pPr>' if is_heading(lines) else ""
            parts.append(f"<w:p>{style}{'<w:r><w:br/></w:r>'.join(map(run, lines))}</w:p>")
    return docx("".join(parts))


def docx(body: str, extra: dict[str, str] | None = None, main: str = "word/document.xml") -> bytes:
    """A Word document of a body's XML."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(main, f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>')
        package.writestr("word/numbering.xml", f'<w:numbering xmlns:w="{WORD}">{BULLETS}</w:numbering>')
        package.writestr("word/styles.xml", f'<w:styles xmlns:w="{WORD}">{STYLES}</w:styles>')
        for name, content in (extra or {}).items():
            package.writestr(name, content)
    return stream.getvalue()


def as_mail(text: str, *, page: bool = False, encoding: str = "quoted-printable") -> bytes:
    """An e-mail with the text, or the web page of it, as its body."""
    message = EmailMessage()
    message["From"] = "Provincie Merendam <post@merendam.example>"
    message["To"] = "bestuur@oosterplas.example"
    message["Date"] = "Sun, 03 Nov 2030 09:00:00 +0100"
    message["Subject"] = "Bouwen, varen en bodem"
    message["Message-ID"] = "<1@merendam.example>"
    if page:
        message.set_content(as_html(text).decode(), subtype="html", charset="utf-8", cte=encoding)
    else:
        message.set_content(text, charset="utf-8", cte=encoding)
    return message.as_bytes()


Placed = tuple[float, float, float, str]
"""Left, up, size and words of a line on a page of 595 by 842 points."""


def pdf(pages: Sequence[Iterable[Placed]], trailer: bytes = b"") -> bytes:
    """A PDF file with lines at places, written in the order given; a line in capitals-and-bold begins with `**`."""
    count = len(pages)
    kids = b" ".join(b"%d 0 R" % (5 + 2 * i) for i in range(count))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier-Bold /Encoding /WinAnsiEncoding >>",
    ]
    for i, page in enumerate(pages):
        drawn = []
        for left, up, size, words in page:
            font, words = ("B", words[2:]) if words.startswith("**") else ("F", words)
            shown = re.sub(r"([\\()])", r"\\\1", words).encode("cp1252")
            drawn.append(b"BT /%s %g Tf %g %g Td (%s) Tj ET" % (font.encode(), size, left, up, shown))
        stream = b"\n".join(drawn)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F 3 0 R /B 4 0 R >> >> >>" % (6 + 2 * i)
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
    return assembled(objects, trailer)


def assembled(objects: list[bytes], trailer: bytes = b"") -> bytes:
    """A PDF file of its objects, the first of them the catalog."""
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return out + b"xref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF" % (
        size, table, size, trailer, len(out),
    )  # fmt: skip


def wrapped(text: str, width: int) -> list[str]:
    """The lines of a text, hard-wrapped; list items hang."""
    lines: list[str] = []
    for line in text.replace("**", "").strip().split("\n"):
        hang = "  " if line.startswith("- ") else ""
        lines += textwrap.wrap(line, width, subsequent_indent=hang, break_on_hyphens=False) or [""]
    return lines


def as_pdf(text: str, *, columns: int = 1, height: int = 46) -> bytes:
    """A PDF file in columns, each page with a running header and a page number; what is drawn is drawn row by row."""
    width = {1: 92, 2: 44}[columns]
    lines = wrapped(text, width)
    pages = []
    for number, begin in enumerate(range(0, len(lines), height * columns), start=1):
        drawn: list[Placed] = [(70, 800, 8, "Provincie van het voorbeeld"), (280, 30, 8, f"{number}")]
        for row in range(height):
            for column in range(columns):
                place = begin + column * height + row
                if place < len(lines) and lines[place]:
                    indent = 8 if lines[place].startswith("  ") else 0
                    drawn.append((60 + 250 * column + indent, 770 - 15 * row, 9, lines[place].strip()))
        pages.append(drawn)
    return pdf(pages)


def in_columns(text: str, height: int) -> str:
    """Plain text in two columns, a page below a page."""
    lines = wrapped(text, 44)
    rows = []
    for begin in range(0, len(lines), 2 * height):
        left, right = lines[begin : begin + height], lines[begin + height : begin + 2 * height]
        right += [""] * (len(left) - len(right))
        rows += ["\f" * bool(rows), *(f"{a:<50}{b}".rstrip() for a, b in zip(left, right, strict=True))]
    return "\n".join(rows)
