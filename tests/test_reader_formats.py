"""The same letter in every format gives the same sentences; a file made to harm gives one clear line, soon."""

from __future__ import annotations

import io
import os
import random
import subprocess
import sys
import time
import unicodedata
import zipfile
import zlib
from pathlib import Path

import pytest

from regiograaf.errors import SourceError
from regiograaf.letters import canonical
from regiograaf.reader.document import Document
from regiograaf.reader.formats import read, recognise
from regiograaf.reader.offsets import Writer, compose
from regiograaf.reader.structure import structure
from tests import reader_files as files
from tests.conftest import REPO

LETTER = (REPO / "examples" / "letters" / "waterlanden.txt").read_text(encoding="utf-8")
WRAPPED = "\n".join(files.wrapped(LETTER, 72))


def lines(document: Document) -> list[tuple[str, str]]:
    return [(line.text, line.section) for line in structure(document).lines]


def sentences(raw: bytes, name: str = "brief") -> list[str]:
    return [line.text for line in structure(read(raw, name)).lines]


def hidden(words: str) -> str:
    """The same words with marks that no reader sees."""
    return words.replace(" de ", " \u200ede\u200b ").replace("gemeente", "ge\u00admeente").replace("fi", "\ufb01")


FORMATS = {
    "crlf": (LETTER.replace("\n", "\r\n").encode(), "brief.txt"),
    "mark": (b"\xef\xbb\xbf" + LETTER.encode(), "brief.txt"),
    "cp1252": (LETTER.encode("cp1252"), "brief.txt"),
    "utf-16": (LETTER.encode("utf-16"), "brief.txt"),
    "utf-16 without mark": (LETTER.encode("utf-16-be"), "brief.txt"),
    "decomposed": (unicodedata.normalize("NFD", LETTER).encode(), "brief.txt"),
    "unseen marks": (hidden(LETTER).encode(), "brief.txt"),
    "hard-wrapped": (WRAPPED.encode(), "brief.txt"),
    "double-spaced": (WRAPPED.replace("\n", "\n\n").encode(), "brief.txt"),
    "two columns": (files.in_columns(LETTER, 30).encode(), "brief.txt"),
    "markdown": (LETTER.replace("Wonen aan de plassen\n", "## Wonen aan de plassen\n").encode(), "brief.md"),
    "html": (files.as_html(LETTER), "brief.html"),
    "docx": (files.as_docx(LETTER), "brief.docx"),
    "pdf": (files.as_pdf(LETTER, height=28), "brief.pdf"),
    "pdf, two columns": (files.as_pdf(LETTER, columns=2, height=30), "brief.pdf"),
}


@pytest.mark.parametrize("made", FORMATS)
def test_the_same_letter_gives_the_same_sentences_in_every_format(made: str) -> None:
    assert lines(read(*FORMATS[made])) == lines(read(LETTER.encode(), "brief.txt"))


@pytest.mark.parametrize("page", [False, True])
@pytest.mark.parametrize("encoding", ["quoted-printable", "base64", "8bit"])
def test_an_e_mail_gives_its_head_lines_and_the_sentences_of_the_letter(page: bool, encoding: str) -> None:
    found = lines(read(files.as_mail(LETTER, page=page, encoding=encoding), "brief.eml"))
    assert found[:4] == [
        ("From: Provincie Merendam <post@merendam.example>", "Briefhoofd"),
        ("To: bestuur@oosterplas.example", "Briefhoofd"),
        ("Date: Sun, 03 Nov 2030 09:00:00 +0100", "Briefhoofd"),
        ("Subject: Bouwen, varen en bodem", "Briefhoofd"),
    ]
    assert found[4:] == lines(read(LETTER.encode(), "brief.txt"))


@pytest.mark.parametrize("made", FORMATS)
def test_every_word_leads_back_to_the_input(made: str) -> None:
    document = read(*FORMATS[made])
    place = 0
    for word in document.text.split():
        begin = document.text.index(word, place)
        place = begin + len(word)
        pieces = "".join(document.source[low:high] for low, high in document.to_pieces(begin, place))
        shown = unicodedata.normalize("NFC", "".join(pieces.split()))
        assert shown == word or shown.strip("-") == word.strip("-") or word in ("-", "##"), (word, pieces)


def test_plain_text_is_stored_as_the_checks_know_it() -> None:
    raw = ("\ufeff" + unicodedata.normalize("NFD", LETTER).replace("\n", "\r\n")).encode()
    assert read(raw, "brief.txt").text == canonical(raw)


def test_offsets_in_the_input_count_carriage_returns_and_combining_marks() -> None:
    document = read("Een\r\ncafe\u0301 in Rietmeer.".encode(), "brief.txt")
    begin = document.text.index("café")
    assert document.to_source(begin, begin + 4) == (5, 10)
    place = document.text.index("Rietmeer")
    assert document.source[slice(*document.to_source(place, place + 8))] == "Rietmeer"


def test_a_pdf_tells_the_page() -> None:
    document = read(files.as_pdf(LETTER, height=28), "brief.pdf")
    assert document.page(document.text.index("Provincie Merendam")) == 1
    assert document.page(document.text.index("T. van Voorbeeld")) == len(document.pages) > 1
    assert read(LETTER.encode(), "brief.txt").page(0) is None


def test_running_headers_and_page_numbers_of_a_pdf_are_in_the_input_but_not_in_the_text() -> None:
    document = read(files.as_pdf(LETTER, height=28), "brief.pdf")
    assert document.source.count("Provincie van het voorbeeld") == len(document.pages)
    assert "voorbeeld" not in document.text
    assert not any(line.isdecimal() for line in document.text.split("\n"))


def test_footnotes_of_a_pdf_do_not_part_a_sentence() -> None:
    page = [
        (60, 800 - 14 * i, 10, f"regel {i} van een zin die lang is en die over de bladzijde doorgaat en")
        for i in range(40)
    ]
    note = [(60, 60, 7, "1 Zie het rapport."), (60, 51, 7, "Daarin staat meer.")]
    after = [(60, 800, 10, "hier pas eindigt.")]
    found = sentences(files.pdf([[*page, *note], after]), "brief.pdf")
    assert [words[-40:] for words in found] == [
        "die over de bladzijde doorgaat en hier pas eindigt."[-40:],
        "1 Zie het rapport.",
        "Daarin staat meer.",
    ]


def test_a_table_of_a_pdf_keeps_its_rows() -> None:
    rows = [("Gemeente", "Woningen"), ("Oosterplas", "1.900"), ("Rietmeer", "700"), ("Kaagsluis", "40")]
    page = [(x, 700 - 15 * i, 10, words) for i, row in enumerate(rows) for x, words in zip((60, 300), row, strict=True)]
    assert sentences(files.pdf([page]), "tabel.pdf") == ["\t".join(row) for row in rows]


def test_words_broken_at_a_line_end_are_made_whole_in_a_pdf() -> None:
    words = ["De volkshuis-", "vesting en de ruimtelijk-", "economische opgave vragen om PFAS-", "vrije grond."]
    page = [(60, 700 - 14 * i, 10, line) for i, line in enumerate(words)]
    assert sentences(files.pdf([page]), "brief.pdf") == [
        "De volkshuisvesting en de ruimtelijk-economische opgave vragen om PFAS-vrije grond."
    ]


class TestDocx:
    def test_lists_are_numbered_as_word_shows_them(self) -> None:
        body = "".join(
            files.paragraph(words, f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>')
            for words, number in (("Een plan", 2), ("Een brug", 2), ("Een sluis", 1))
        )
        assert read(files.docx(body), "x.docx").text == "1. Een plan\n2. Een brug\n- Een sluis\n"

    def test_deleted_hidden_and_fallback_text_is_left_out(self) -> None:
        body = (
            f"<w:p>{files.run('Wij bouwen ')}<w:del>{files.run('niet ')}<w:r><w:delText>nooit </w:delText></w:r>"
            f"</w:del><w:ins>{files.run('samen.')}</w:ins>"
            "<w:r><w:rPr><w:vanish/></w:rPr><w:t> Geheim.</w:t></w:r></w:p>"
            '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
            f"<mc:Choice>{files.paragraph('Een kader.')}</mc:Choice>"
            f"<mc:Fallback>{files.paragraph('Een kader.')}</mc:Fallback></mc:AlternateContent>"
        )
        assert read(files.docx(body), "x.docx").text == "Wij bouwen samen.\n\nEen kader.\n"

    def test_tables_of_data_are_rows_and_tables_for_layout_are_paragraphs(self) -> None:
        def table(*cells: str) -> str:
            return f"<w:tbl><w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in cells)}</w:tr></w:tbl>"

        data = table(files.paragraph("Oosterplas"), files.paragraph("1.900"))
        layout = table(files.paragraph("Links.") * 2, files.paragraph("Rechts."))
        text = read(files.docx(data + layout), "x.docx").text
        assert text == "Oosterplas\t1.900\n\nLinks.\n\nLinks.\n\nRechts.\n"

    def test_a_note_follows_the_paragraph_that_refers_to_it(self) -> None:
        mark = '<w:r><w:footnoteReference w:id="2"/></w:r>'
        body = f"<w:p>{files.run('De brug.')}{mark}</w:p>{files.paragraph('De sluis.')}"
        notes = (
            f'<w:footnotes xmlns:w="{files.WORD}">'
            f'<w:footnote w:type="separator" w:id="0">{files.paragraph("----")}</w:footnote>'
            f'<w:footnote w:id="2">{files.paragraph("Zie bijlage.")}</w:footnote></w:footnotes>'
        )
        text = read(files.docx(body, {"word/footnotes.xml": notes}), "x.docx").text
        assert text == "De brug.\n\nZie bijlage.\n\nDe sluis.\n"

    def test_the_first_page_s_own_header_comes_first(self) -> None:
        relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        body = (
            f"{files.paragraph('Geachte raad,')}<w:sectPr><w:titlePg/>"
            f'<w:headerReference xmlns:r="{relations}" w:type="first" r:id="r1"/></w:sectPr>'
        )
        links = (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="r1" Type="{relations}/header" Target="header7.xml"/></Relationships>'
        )
        header = f'<w:hdr xmlns:w="{files.WORD}">{files.paragraph("Gemeente Rietmeer")}</w:hdr>'
        made = files.docx(body, {"word/_rels/document.xml.rels": links, "word/header7.xml": header})
        assert read(made, "x.docx").text == "Gemeente Rietmeer\n\nGeachte raad,\n"

    def test_a_table_of_contents_is_left_out(self) -> None:
        body = files.paragraph("Wonen 3", '<w:pStyle w:val="Inhopg1"/>') + files.paragraph("Wij bouwen.")
        assert read(files.docx(body), "x.docx").text == "Wij bouwen.\n"


class TestHtml:
    @pytest.mark.parametrize(
        ("page", "text"),
        [
            ("<p>Eén &amp; twee&nbsp;drie &lt;vier&gt; &#8364;&nbsp;5", "Eén & twee\xa0drie <vier> €\xa05\n"),
            ("<p>Een<p>Twee<div>Drie</div>Vier", "Een\n\nTwee\n\nDrie\n\nVier\n"),
            ("<p>A<br>B<br><br>C", "A\nB\n\nC\n"),
            ("<ol start=3><li>Een<li>Twee<ul><li>Diep</ul></ol>", "3. Een\n4. Twee\n  - Diep\n"),
            ("<table><tr><th>A<td>1<tr><td>B<td>2</table>", "A\t1\nB\t2\n"),
            ("<table><tr><td><p>A</p><p>B</p></td><td>C</td></tr></table>", "A\n\nB\n\nC\n"),
            (
                "<nav>Menu</nav><p hidden>Weg</p><p style='display:none'>Weg<p>Hier<!-- <p>Weg -->"
                "<script>'</p>'</script>",
                "Hier\n",
            ),
            ("<p title='a > b'>Een</p><p title=it's>Twee</p>", "Een\n\nTwee\n"),
            ("<p>Als 3 < 5 en <3</p>", "Als 3 < 5 en <3\n"),
            ("<h3>Kop</h3><p>Tekst.", "### Kop\n\nTekst.\n"),
            ("<p>Niet af <a href='x", "Niet af\n"),
        ],
    )
    def test_text_of(self, page: str, text: str) -> None:
        assert read(f"<html><body>{page}".encode(), "x.html").text == text

    def test_a_page_says_what_it_is_written_in(self) -> None:
        page = "<html><meta charset='windows-1250'><p>Łódź".encode("cp1250")
        assert read(page, "x.html").text == "Łódź\n"


class TestMail:
    def test_attachments_are_named(self) -> None:
        raw = (
            b"From: a@b.example\nSubject: =?utf-8?q?Caf=C3=A9?=\nMIME-Version: 1.0\n"
            b'Content-Type: multipart/mixed; boundary="x"\n\n'
            b"--x\nContent-Type: text/plain; charset=utf-8\n\nDe brief.\n"
            b'--x\nContent-Type: application/pdf\nContent-Disposition: attachment; filename="plan.pdf"\n\nAAAA\n--x--\n'
        )
        text = read(raw, "x.eml").text
        assert text.startswith("From: a@b.example\nSubject: Café\nBijlagen: plan.pdf\n\nDe brief.")

    def test_an_e_mail_without_text_is_an_error(self) -> None:
        raw = b"From: a@b.example\nMIME-Version: 1.0\nContent-Type: application/pdf\n\nAAAA\n"
        with pytest.raises(SourceError, match=r"x\.eml: no text in this e-mail\. Save the letter that comes with it"):
            read(raw, "x.eml")


@pytest.mark.parametrize(
    ("raw", "name", "kind"),
    [
        (b"%PDF-1.4", "brief.txt", "pdf"),
        (files.docx(""), "brief", "docx"),
        (b"<!doctype html><p>x", "", "html"),
        (b"\xef\xbb\xbf<html>", "brief.txt", "html"),
        (files.as_mail("De brief."), "", "mail"),
        (b"From: a\nSubject: b\n\nDe brief.", "", "plain"),
        (b"From: a\n\nDe brief.", "brief.EML", "mail"),
        (b"# Kop", "brief.MD", "markdown"),
        (b"Geachte raad,", "brief.onbekend", "plain"),
    ],
)
def test_bytes_tell_the_format_before_the_name(raw: bytes, name: str, kind: str) -> None:
    assert recognise(raw, name) == kind


def test_a_letter_is_read_from_a_path_and_from_a_stream(tmp_path: Path) -> None:
    path = tmp_path / "brief.txt"
    path.write_bytes(LETTER.encode())
    assert read(path) == read(io.BytesIO(LETTER.encode()), "brief.txt")


def test_a_path_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"weg\.txt: No such file or directory\. Check the path"):
        read(tmp_path / "weg.txt")
    with pytest.raises(SourceError, match="Is a directory"):
        read(tmp_path)


ENCRYPTED = b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >> /ID [<00> <00>]" % (
    b"41" * 32,
    b"42" * 32,
)


def bomb(size: int) -> bytes:
    return files.docx(f"<w:p><w:r><w:t>{'a' * size}</w:t></w:r></w:p>")


def bracketed(stream: bytes) -> bytes:
    packed = zlib.compress(stream)
    resources = b"/Resources << /Font << /F 5 0 R >> >>"
    return files.assembled(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R %s >>" % resources,
            b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed),
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>",
        ]
    )


def nested(depth: int) -> bytes:
    parts = (b"\nContent-Type: multipart/mixed; boundary=b%d\n\n--b%d" % (i, i) for i in range(depth))
    return b"MIME-Version: 1.0" + b"".join(parts)


REFUSED = {
    "empty": (b"", "x.txt", r"^x\.txt: empty\. Give a letter"),
    "white space": (b" \n\t\n" * 9, "x.txt", r"^x\.txt: empty"),
    "no words": (b"(" * 100_000, "x.txt", r"^x\.txt: holds no text"),
    "binary": (random.Random(1).randbytes(50_000), "x.txt", r"^x\.txt: not text at byte \d+\. Save the text as UTF-8"),
    "nought bytes": (b"De gemeente\0 doet mee.", "x.txt", r"^x\.txt: not text: control character 0 at character 11"),
    "half UTF-8": ("Één één één".encode() + b"\xff", "x.txt", r"^x\.txt: not UTF-8 at byte 17"),
    "half UTF-16": (b"\xff\xfeD\0\xff\xdb", "x.txt", r"^x\.txt: damaged UTF-16-LE at byte 4"),
    "50 MB": (b"De brug. " * (50 << 20 >> 3), "x.txt", r"^x\.txt: 56 MB, and a letter has at most 10 MB"),
    "image": (b"\x89PNG\r\n\x1a\n", "x.txt", r"^x\.txt: an image\. Recognise its text"),
    "old office": (b"\xd0\xcf\x11\xe0\xa1\xb1", "x.doc", r"^x\.doc: an old Office file, or one with a password"),
    "no docx": (b"geen zip", "x.docx", r"^x\.docx: not a docx file, whatever its name says"),
    "half a zip": (files.docx("")[:300], "x.docx", r"^x\.docx: a damaged docx file \(File is not a zip file\)"),
    "another zip": (files.docx("", main="content.xml"), "x.odt", r"^x\.odt: a zip file, but no docx"),
    "broken XML": (files.docx("<w:p>"), "x.docx", r"^x\.docx: a damaged docx file \(mismatched tag"),
    "large docx": (bomb(70 << 20), "x.docx", r"^x\.docx: unpacks to more than 64 MB\. Leave it out"),
    "many paragraphs": (files.docx("<w:p/>" * 1_500_000), "x.docx", r"^x\.docx: more than 200,000 paragraphs"),
    "deep docx": (files.docx("<w:p>" * 9_000), "x.docx", r"^x\.docx: more than 64 text boxes inside one another"),
    "open html": (b"<html>" + b"<a x='" * 100_000, "x.html", r"^x\.html: holds no text"),
    "damaged pdf": (b"%PDF-1.4 en verder niets", "x.pdf", r"^x\.pdf: a damaged PDF file\. Print it to PDF again"),
    "pdf without text": (files.pdf([[]]), "x.pdf", r"^x\.pdf: a PDF file without a text layer\. Recognise its text"),
    "password": (files.pdf([[(9, 9, 9, "x")]], ENCRYPTED), "x.pdf", r"^x\.pdf: has a password\. Save it without one"),
    "brackets in a pdf": (bracketed(b"[" * 100_000), "x.pdf", r"^x\.pdf: a PDF file without a text layer"),
    "deep mail": (nested(2_000), "x.eml", r"^x\.eml: a damaged e-mail\. Save the letter alone"),
}  # fmt: skip


@pytest.mark.parametrize("why", REFUSED)
def test_a_file_that_cannot_be_read_is_one_clear_line(why: str) -> None:
    raw, name, message = REFUSED[why]
    with pytest.raises(SourceError, match=message) as raised:
        read(raw, name)
    assert "\n" not in str(raised.value)


def test_a_docx_that_declares_entities_is_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("word/document.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    with pytest.raises(SourceError, match="declares a document type, which no docx has"):
        read(stream.getvalue(), "x.docx")


LONG = {
    "brackets": "De brug. " + "(" * 50_000 + "[" * 50_000 + ")" * 50_000 + "](" * 50_000,
    "quotation marks": "De brug is 'n \"brug\". " + "'a \"" * 50_000,
    "full stops": "De brug" + "." * 100_000 + "o.a. " * 50_000 + ". a" * 50_000,
    "signs": "De brug " + "*" * 100_000 + "_a" * 50_000 + "`" * 50_000,
    "white space": "De brug" + " " * 500_000 + "is" + "\t" * 100_000 + "er.\n" + "\n" * 500_000,
    "hyphens": "De brug " + "a-\n" * 50_000,
    "one column of gaps": "De brug   is er   " * 50_000,
    "columns that are none": "\n".join("a" * (i % 50 + 1) + "   brug" for i in range(20_000)),
    "directions": "De brug \u202eis er.\u202c \u200f" + "\u202b" * 100_000,
}  # fmt: skip


@pytest.mark.parametrize("what", LONG)
def test_long_runs_of_one_sign_take_time_in_proportion(what: str) -> None:
    begin = time.process_time()
    document = structure(read(LONG[what].encode(), "x.txt"))
    assert "brug" in document.text
    assert time.process_time() - begin < 20  # in the square of the length it would take hours


@pytest.mark.parametrize(
    "page",
    ["<b>" * 100_000 + "brug", "<" * 200_000 + " brug", "brug <!--" * 50_000, "<p>brug" + "&amp" * 100_000,
     "<table><tr><td>" * 20_000 + "brug", "<ul><li>" * 20_000 + "brug"],
)  # fmt: skip
def test_web_pages_that_never_close_take_time_in_proportion(page: str) -> None:
    begin = time.process_time()
    assert "brug" in read(f"<html>{page}".encode(), "x.html").text
    assert time.process_time() - begin < 20


def test_directional_marks_are_stored_and_not_read() -> None:
    document = read("De \u202egemeente\u202c Ooster\u200bplas doet mee.".encode(), "x.txt")
    assert "\u202e" in document.text
    assert lines(document) == [("De gemeente Oosterplas doet mee.", "")]


def test_a_writer_leads_back_through_copies_replacements_and_insertions() -> None:
    writer = Writer("een &amp; twee; drie")
    writer.copy(10, 14)
    writer.put(" | ", 14, 14)
    writer.put("&", 4, 9)
    writer.copy(15, 20)
    text, offsets = writer.canonical()
    assert text == "twee | & drie"
    assert offsets.back(1, 3) == (11, 13)
    assert offsets.back(7, 8) == (4, 9)
    assert offsets.pieces(0, 13) == ((10, 14), (4, 9), (15, 20))
    assert offsets.back(0, 13) == (4, 20)
    assert offsets.back(5, 6) == (14, 14)


def test_composing_leads_back_to_the_marks() -> None:
    text, offsets = compose("cafe\u0301 e\u0323\u0302n")
    assert text == "café ện"
    assert [offsets.back(i, i + 1) for i in range(len(text))] == [
        (0, 1), (1, 2), (2, 3), (3, 5), (5, 6), (6, 9), (9, 10),
    ]  # fmt: skip


@pytest.mark.browser
@pytest.mark.parametrize("columns", [1, 2])
def test_a_pdf_that_a_browser_prints_gives_the_same_sentences(columns: int, tmp_path: Path) -> None:
    style = f"<style>body {{ font: 9pt serif; columns: {columns}; column-gap: 1.5em }}</style>".encode()
    (tmp_path / "brief.html").write_bytes(files.as_html(LETTER).replace(b"</head>", style + b"</head>"))
    chromium = os.environ.get("REGIOGRAAF_CHROMIUM", "/usr/bin/chromium")
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
    subprocess.run(
        [chromium, *options, f"--print-to-pdf={tmp_path / 'brief.pdf'}", (tmp_path / "brief.html").as_uri()],
        capture_output=True,
        check=True,
        timeout=120,
    )
    assert lines(read(tmp_path / "brief.pdf")) == lines(read(LETTER.encode(), "brief.txt"))


def test_damaged_files_give_a_document_or_one_clear_line() -> None:
    chance = random.Random(3)
    for raw, name in (
        (files.as_docx(LETTER), "x.docx"),
        (files.as_html(LETTER), "x.html"),
        (files.as_mail(LETTER, page=True), "x.eml"),
        (LETTER.encode(), "x.txt"),
    ):
        for _ in range(60):
            damaged = bytearray(raw)
            for _ in range(chance.randint(1, 12)):
                damaged[chance.randrange(len(damaged))] = chance.randrange(256)
            cut = bytes(damaged[: chance.randint(1, len(damaged))])
            found = refusal = None
            try:
                found = structure(read(cut, name))
            except SourceError as error:
                refusal = str(error)
            assert found.lines if found else str(refusal).startswith(f"{name}: ")


def test_the_same_bytes_give_the_same_document_in_every_process() -> None:
    code = (
        "import sys; from regiograaf.reader.formats import read; from regiograaf.reader.structure import structure\n"
        "from regiograaf.reader.head import head; from regiograaf.reader.quantities import quantities\n"
        "s = structure(read(sys.stdin.buffer, 'x'))\n"
        "print(s.document, s.lines, s.blocks, head(s), list(quantities(s.text)))"
    )
    for raw in (files.as_pdf(LETTER, columns=2), files.as_docx(LETTER), LETTER.encode()):
        printed = {
            subprocess.run(
                [sys.executable, "-c", code],
                input=raw,
                capture_output=True,
                check=True,
                env={**os.environ, "PYTHONHASHSEED": str(seed)},
            ).stdout
            for seed in range(3)
        }
        assert len(printed) == 1
