"""E-mail (.eml): the head lines a reader sees, and the body as plain text or HTML."""

from __future__ import annotations

import email
from email.message import EmailMessage
from email.policy import EmailPolicy

from regiograaf.errors import SourceError
from regiograaf.reader.document import Document
from regiograaf.reader.formats import html, plain
from regiograaf.reader.formats.flow import Flow
from regiograaf.reader.formats.limits import MAX_HEADER, MAX_TEXT
from regiograaf.reader.formats.version import maker

__all__ = ["read"]

_HEADERS = ("From", "To", "Cc", "Date", "Subject")


class _Bounded(EmailPolicy):
    """Headers are cut before anything tries to make sense of them: that can take time in the square of their length."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        return name, value[:MAX_HEADER]


def read(raw: bytes, name: str) -> Document:
    """Read an e-mail: its head lines, an empty line, and its first text; plain text goes before HTML.

    Attachments are named in a line of the head, not read.

    Raises SourceError when there is no text in it, or it cannot be taken apart.
    """
    try:
        message = email.message_from_bytes(raw, _class=EmailMessage, policy=_Bounded())
        assert isinstance(message, EmailMessage)
        head, body, kind = _head(message), *_body(message, name)
    except (RecursionError, ValueError, LookupError, AttributeError, TypeError) as error:
        # The standard library's parser fails in all these ways on headers that are no headers.
        raise SourceError(f"{name}: a damaged e-mail. Save the letter alone.") from error
    if len(body) > MAX_TEXT:
        raise SourceError(f"{name}: a text of more than {MAX_TEXT >> 20} MB. Save the letter alone.")
    source = f"{head}\n{body}"
    if kind != "html":
        return plain.document(source, name, "mail")
    flow = Flow(source, name)
    begin = 0
    for i, line in enumerate(head.splitlines(keepends=True)):
        if i:
            flow.line()
        flow.copy(begin, begin + len(line) - 1)
        begin += len(line)
    flow.block()
    html.write(flow, source, len(head) + 1, len(source))
    text, offsets = flow.finish()
    return Document(name, "mail", maker(), text, source, offsets)


def _head(message: EmailMessage) -> str:
    lines = []
    for key in _HEADERS:
        try:
            value = " ".join(str(message.get(key, "")).split())
        except (RecursionError, ValueError, LookupError, AttributeError, TypeError):
            value = ""  # a header that cannot be read is one the letter has not
        if value:
            lines.append(f"{key}: {value}\n")
    names = [" ".join(file.split()) for part in message.iter_attachments() if (file := part.get_filename())]
    if names:
        lines.append(f"Bijlagen: {'; '.join(names)}\n")
    return "".join(lines)


def _body(message: EmailMessage, name: str) -> tuple[str, str]:
    part = message.get_body(("plain", "html"))
    if part is None:
        raise SourceError(f"{name}: no text in this e-mail. Save the letter that comes with it, and read that.")
    raw = part.get_payload(decode=True)
    charset = part.get_content_charset() or ""
    assert isinstance(raw, bytes)
    try:
        body = raw.decode(charset) if charset else plain.decode(raw, name)
    except (LookupError, UnicodeDecodeError):
        body = plain.decode(raw, name)
    return body, part.get_content_subtype()
