"""The query operation over HTTP: from a request to an answer of the workers."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from regiograaf.endpoint.negotiation import GRAPHS, RESULTS, choose, takes_gzip
from regiograaf.endpoint.protocol import Asked, BadRequestError, Receive, Scope, Send, header, read_query
from regiograaf.endpoint.responses import Content, Kept, entity_tag, not_modified, send
from regiograaf.pool import Pool
from regiograaf.workers import Job, Reply

__all__ = ["STATUS", "SparqlEndpoint", "complain"]

STATUS = {
    "syntax": 400,
    "refused": 403,
    "costly": 422,
    "format": 406,
    "many": 429,
    "busy": 503,
    "unable": 422,
    "engine": 500,
}
"""HTTP status of each way in which a query fails. 422, not 408 or 504, for what takes too much: those two tell the
client, or what stands between, to send the same query again."""

_UNSTEADY = re.compile(r"\b(NOW|RAND|UUID|STRUUID|BNODE)\s*\(", re.IGNORECASE)


def complain(reply: Reply) -> BadRequestError:
    """The HTTP error for a query that failed."""
    assert reply.fault is not None
    headers = {"many": {"retry_after": "10"}, "busy": {"retry_after": "3"}}.get(reply.fault, {})
    return BadRequestError(STATUS[reply.fault], reply.message, **headers)


@dataclass
class SparqlEndpoint:
    """ASGI application at `/sparql`."""

    pool: Pool
    data: str
    """Digest of the dataset."""
    describe: Callable[[Scope, Receive, Send], Awaitable[None]]
    """Answers a request without a query: the description of the service."""
    kept: Kept | None = None

    async def __call__(self, scope: Scope, receive: Receive, send_: Send) -> None:
        asked = await read_query(scope, receive)
        if asked is None:
            await self.describe(scope, receive, send_)
            return
        noted = scope["regiograaf"]
        noted["query"] = hashlib.sha256(asked.text.encode()).hexdigest()[:16]
        accept = header(scope, b"accept")
        results, graphs = choose(accept, RESULTS), choose(accept, GRAPHS)
        if results is None and graphs is None:
            raise BadRequestError(406, f'no answer has a form of "{accept[:100]}". Accept one of {_known()}.')
        compress = takes_gzip(header(scope, b"accept-encoding"))
        steady = not _UNSTEADY.search(asked.text)
        tag = entity_tag(self.data, asked, results, graphs, compress) if steady else ""
        content = self.kept.get(tag) if self.kept is not None and tag else None
        if content is None and not_modified(scope, tag):
            content = Content(b"", "text/plain", tag, compressed=True)  # only its tag is sent
        if content is not None:
            noted["lane"] = "kept"
            await send(scope, send_, content)
            return
        content = await self._answer(scope, asked, results, graphs, compress, tag)
        if self.kept is not None:
            self.kept.put(content)
        await send(scope, send_, content)

    async def _answer(
        self,
        scope: Scope,
        asked: Asked,
        results: tuple[str, str] | None,
        graphs: tuple[str, str] | None,
        compress: bool,
        tag: str,
    ) -> Content:
        job = Job(
            asked.text,
            results=results and results[1],
            graphs=graphs and graphs[1],
            default_graphs=asked.default_graphs,
            named_graphs=asked.named_graphs,
            compress=compress,
        )
        reply = await self.pool.ask(job, (scope.get("client") or ("",))[0])
        scope["regiograaf"]["lane"] = reply.lane
        if reply.fault is not None:
            raise complain(reply)
        chosen = results if results is not None and reply.form == results[1] else graphs
        assert chosen is not None
        media_type = chosen[0]
        if media_type.startswith("text/"):
            media_type += "; charset=utf-8"
        content = Content(reply.body, media_type, tag, reply.compressed)
        return content if compress == reply.compressed else replace(content, compressed=reply.compressed)


def _known() -> str:
    return ", ".join(sorted({offer[0] for offer in (*RESULTS[:4], *GRAPHS[:7])}))
