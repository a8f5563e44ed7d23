"""How much of a file is read: a letter is never near any of these, a file made to harm is beyond one."""

from __future__ import annotations

MAX_PACKED = 64 << 20
"""Bytes of a file; PDF and docx hold images too."""
MAX_TEXT = 10 << 20
"""Bytes of a plain text, Markdown or HTML file; characters of any letter's text."""
MAX_EXPANDED = 64 << 20
"""Bytes of XML in a docx file, unpacked."""
MAX_BLOCKS = 200_000
"""Paragraphs, list items and table rows."""
MAX_ELEMENTS = 3_000_000
"""XML elements of a docx file."""
MAX_DEPTH = 64
"""Tables or text boxes inside one another."""
MAX_HEADER = 8_000
"""Characters of an e-mail header."""
MAX_PAGES = 2_000
MAX_SECONDS = 60
"""Of work on one PDF file."""
MAX_MEMORY = 2 << 30
"""Bytes of address space for one PDF file."""
