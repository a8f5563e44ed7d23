"""Answers over HTTP: headers, conditional requests, compression, errors of one sentence, and the access log."""

from __future__ import annotations

import gzip
import hashlib
import json
import time
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TextIO

from regiograaf.endpoint.negotiation import takes_gzip
from regiograaf.endpoint.protocol import BadRequestError, Message, Receive, Scope, Send, header

__all__ = ["Content", "FrontDoor", "Kept", "entity_tag", "not_modified", "send"]

_MAX_AGE = 60
_CORS = (
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", b"etag, link, retry-after, content-location"),
    (b"x-content-type-options", b"nosniff"),
)
_PREFLIGHT = {
    "access-control-allow-methods": "GET, HEAD, POST, OPTIONS",
    "access-control-allow-headers": "accept, content-type, if-none-match, authorization, x-requested-with",
    "access-control-max-age": "86400",
    "allow": "GET, HEAD, POST, OPTIONS",
}
_SMALL = 1_000


@dataclass(frozen=True, slots=True)
class Content:
    """A representation that can be sent: its bytes, type and entity tag."""

    body: bytes
    media_type: str
    tag: str = ""
    compressed: bool = False
    headers: tuple[tuple[str, str], ...] = ()


class Kept:
    """The answers of late, up to so many bytes: the data do not change while the server runs."""

    def __init__(self, size: int = 32 << 20) -> None:
        self._size, self._used = size, 0
        self._found: OrderedDict[str, Content] = OrderedDict()

    def get(self, tag: str) -> Content | None:
        content = self._found.get(tag)
        if content is not None:
            self._found.move_to_end(tag)
        return content

    def put(self, content: Content) -> None:
        if not content.tag or content.tag in self._found or len(content.body) > self._size // 16:
            return
        self._found[content.tag] = content
        self._used += len(content.body) + _SMALL
        while self._used > self._size:
            _, old = self._found.popitem(last=False)
            self._used -= len(old.body) + _SMALL


def entity_tag(*parts: object) -> str:
    """What tells two representations apart, from all that decides them."""
    return f'"{hashlib.sha256(repr(parts).encode("utf-8", "replace")).hexdigest()[:32]}"'


def not_modified(scope: Scope, tag: str) -> bool:
    """Whether the client has this representation already."""
    known = header(scope, b"if-none-match")
    return bool(tag and known) and tag in (part.strip().removeprefix("W/") for part in known.split(","))


async def send(scope: Scope, send_: Send, content: Content, status: int = 200) -> None:
    """Send a representation, or 304 when the client has it."""
    headers = [(name.encode(), value.encode("latin-1")) for name, value in content.headers]
    body, compressed, tag = content.body, content.compressed, content.tag
    if not compressed and len(body) > _SMALL and takes_gzip(header(scope, b"accept-encoding")):
        body, compressed = gzip.compress(body, 3, mtime=0), True
        tag = f'{tag[:-1]}-gzip"' if tag else ""
    if tag:
        headers += [(b"etag", tag.encode()), (b"cache-control", f"public, max-age={_MAX_AGE}".encode())]
    elif status == 200:
        headers.append((b"cache-control", b"no-store"))
    headers.append((b"vary", b"accept, accept-encoding"))
    if status == 200 and not_modified(scope, tag):
        await _send_all(scope, send_, 304, headers, b"")
        return
    headers.append((b"content-type", content.media_type.encode()))
    if compressed:
        headers.append((b"content-encoding", b"gzip"))
    await _send_all(scope, send_, status, headers, body)


async def _send_all(scope: Scope, send_: Send, status: int, headers: list[tuple[bytes, bytes]], body: bytes) -> None:
    if status not in (204, 304):
        headers.append((b"content-length", str(len(body)).encode()))
    await send_({"type": "http.response.start", "status": status, "headers": headers})
    await send_({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})


async def _send_error(scope: Scope, send_: Send, error: BadRequestError) -> None:
    sentence = " ".join(error.message.split())
    headers = tuple(error.headers.items())
    await send(
        scope, send_, Content(f"{sentence}\n".encode(), "text/plain; charset=utf-8", headers=headers), error.status
    )


class FrontDoor:
    """Around the application: what every answer has, answers to errors, and one line of log for each request.

    The log has no text of queries: the digest tells which requests asked the same.
    """

    def __init__(self, app: Any, log: TextIO | None = None) -> None:
        self.app = app
        self.log = log

    async def __call__(self, scope: Scope, receive: Receive, send_: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send_)
            return
        began, status, sent = time.perf_counter(), 0, 0
        noted: dict[str, Any] = scope.setdefault("regiograaf", {})

        async def counting(message: Message) -> None:
            nonlocal status, sent
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message.get("headers", ()), *_CORS]
            elif message["type"] == "http.response.body":
                sent += len(message.get("body", b""))
            await send_(message)

        try:
            await self._answer(scope, receive, counting)
        except BadRequestError as error:
            if not status:
                await _send_error(scope, counting, error)
        except Exception as error:
            noted["error"] = f"{type(error).__name__}: {error}"[:500]
            if not status:
                await _send_error(scope, counting, BadRequestError(500, "the server failed; this is its own fault."))
        finally:
            self._note(scope, status, sent, began, noted)

    async def _answer(self, scope: Scope, receive: Receive, send_: Send) -> None:
        if status := scope.get("too_long"):
            what = "address is" if status == 414 else "headers are"
            raise BadRequestError(status, f"the {what} too long. Send the query with POST.", connection="close")
        if scope["method"] == "OPTIONS":
            await _send_all(scope, send_, 204, [(k.encode(), v.encode()) for k, v in _PREFLIGHT.items()], b"")
            return
        await self.app(scope, receive, send_)

    def _note(self, scope: Scope, status: int, sent: int, began: float, noted: Mapping[str, Any]) -> None:
        if self.log is None:
            return
        line = {
            "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "client": (scope.get("client") or ("", 0))[0],
            "method": scope["method"],
            "path": scope["path"][:200],
            "status": status,
            "ms": round((time.perf_counter() - began) * 1000, 1),
            "bytes": sent,
            **noted,
        }
        self.log.write(json.dumps(line) + "\n")
        self.log.flush()
