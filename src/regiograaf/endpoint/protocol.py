"""What a request asks: the SPARQL 1.1 Protocol's query operation, in its three ways.

Source: https://www.w3.org/TR/sparql11-protocol/ (2.1). The update operation is refused.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from regiograaf.queries import MAX_CHARACTERS

__all__ = ["Asked", "BadRequestError", "Message", "Receive", "Scope", "Send", "header", "read_query"]

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

MAX_BODY = 12 * MAX_CHARACTERS + 10_000
"""Bytes: a character takes at most four, and each of these three when it is percent-encoded."""
DRAINED = 64 << 20
"""Bytes of a body that is too large that are still read, so that the client hears why."""
BODY_SECONDS = 15.0
_FIELDS = 1_000


class BadRequestError(Exception):
    """A request that cannot be answered: its status, and one sentence that says why."""

    def __init__(self, status: int, message: str, **headers: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


@dataclass(frozen=True, slots=True)
class Asked:
    """A query, and the dataset that the protocol names for it (None: the query's own)."""

    text: str
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None


def header(scope: Scope, name: bytes) -> str:
    """The values of a header, as one text."""
    return ", ".join(value.decode("latin-1") for key, value in scope["headers"] if key == name)


async def read_query(scope: Scope, receive: Receive) -> Asked | None:
    """The query of a request to the endpoint; None for a GET without one, which asks what the endpoint is.

    Raises BadRequestError.
    """
    method = scope["method"]
    fields = _fields(scope["query_string"], "the address")
    if method in ("GET", "HEAD"):
        return _asked(fields) if fields else None
    if method != "POST":
        raise BadRequestError(405, f"{method} is not taken. Use GET or POST.", allow="GET, HEAD, POST, OPTIONS")
    content_type, _, parameters = header(scope, b"content-type").partition(";")
    content_type = content_type.strip().lower()
    if content_type == "application/sparql-update":
        raise BadRequestError(403, "updates are refused: this endpoint only reads. Send application/sparql-query.")
    if content_type not in ("application/sparql-query", "application/x-www-form-urlencoded"):
        known = "application/sparql-query or application/x-www-form-urlencoded"
        raise BadRequestError(415, f'a body of type "{content_type[:60]}" is not taken. Send {known}.')
    charset = parameters.lower().replace('"', "").replace(" ", "").partition("charset=")[2].partition(";")[0]
    if charset not in ("", "utf-8", "utf8", "us-ascii"):
        raise BadRequestError(415, f'the charset "{charset[:40]}" is not taken. Send UTF-8.')
    body = await _body(scope, receive)
    if content_type == "application/x-www-form-urlencoded":
        return _asked([*fields, *_fields(body, "the body")])
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadRequestError(400, f"the body is not UTF-8 at byte {error.start}. Send it as UTF-8.") from error
    return _asked([*fields, ("query", text)])


def _fields(data: bytes, where: str) -> list[tuple[str, str]]:
    try:
        text = data.decode("ascii")
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_FIELDS)
    except UnicodeDecodeError as error:
        raise BadRequestError(400, f"{where} is not percent-encoded UTF-8. Encode it.") from error
    except ValueError as error:
        raise BadRequestError(400, f"{where} has more than {_FIELDS} fields. Send fewer.") from error


def _asked(fields: Iterable[tuple[str, str]]) -> Asked:
    named: dict[str, list[str]] = {}
    for name, value in fields:
        named.setdefault(name, []).append(value)
    if "update" in named or any(name.startswith("using-") for name in named):
        raise BadRequestError(403, "updates are refused: this endpoint only reads. Send a query.")
    texts = named.get("query", [])
    if len(texts) != 1:
        what = "no query" if not texts else f"{len(texts)} queries"
        raise BadRequestError(400, f"the request has {what}. Send one, as the field query.")
    if len(texts[0]) > MAX_CHARACTERS:
        message = f"the query has {len(texts[0])} characters; at most {MAX_CHARACTERS} are taken. Shorten it."
        raise BadRequestError(413, message)
    default, graphs = named.get("default-graph-uri"), named.get("named-graph-uri")
    if default is None and graphs is None:
        return Asked(texts[0])
    return Asked(texts[0], tuple(default or ()), tuple(graphs or ()))


async def _body(scope: Scope, receive: Receive) -> bytes:
    size = header(scope, b"content-length")
    too_large = BadRequestError(413, f"the request is larger than the {MAX_BODY} bytes that are taken. Shorten it.")
    if size.isdigit() and int(size) > DRAINED:
        too_large.headers["connection"] = "close"
        raise too_large
    parts, taken = [], 0
    try:
        async with asyncio.timeout(BODY_SECONDS):
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise BadRequestError(400, "the client went away.")
                part = message.get("body", b"")
                taken += len(part)
                if taken <= MAX_BODY:
                    parts.append(part)
                if taken > DRAINED or not message.get("more_body", False):
                    break
    except TimeoutError:
        message_ = f"the body did not come within {BODY_SECONDS:g} seconds. Send it again."
        raise BadRequestError(408, message_, connection="close") from None
    if taken > MAX_BODY:
        raise too_large
    return b"".join(parts)
