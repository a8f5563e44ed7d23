"""The ASGI application: what is at which address."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, TextIO
from urllib.parse import parse_qs

import pyoxigraph as ox
from starlette.routing import Route, Router

from regiograaf import __version__, stores
from regiograaf.endpoint.description import Described, origin
from regiograaf.endpoint.negotiation import GRAPHS, PAGE, Offer, choose, takes_gzip
from regiograaf.endpoint.pages import FailedError, Pages
from regiograaf.endpoint.protocol import BadRequestError, Receive, Scope, Send, header
from regiograaf.endpoint.reasons import Reasons
from regiograaf.endpoint.responses import Content, FrontDoor, Kept, entity_tag, send
from regiograaf.endpoint.sparql import SparqlEndpoint, complain
from regiograaf.pool import Pool
from regiograaf.prefixes import BASE
from regiograaf.prefixes import GRAPHS as NAMED
from regiograaf.queries import Query, read_all
from regiograaf.workers import Job, Limits

__all__ = ["application"]

MOST_TRIPLES = 100_000
_LINKED: tuple[Offer, ...] = (*GRAPHS[:7], PAGE)
_EXTENSIONS = {"ttl": GRAPHS[0], "jsonld": GRAPHS[1], "nt": GRAPHS[2], "rdf": GRAPHS[3], "html": PAGE}
_STATIC = {"js": "text/javascript", "css": "text/css", "txt": "text/plain"}
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def application(
    store: Path,
    *,
    limits: Limits | None = None,
    questions: Path | None = None,
    keep: int = 32 << 20,
    log: TextIO | None = None,
    ready: Callable[[], None] = lambda: None,
) -> FrontDoor:
    """The application over a store on disk; its workers live from start-up to shutdown.

    `keep` is how many bytes of answers are kept in memory, 0 for none; `log` takes one line of JSON for each request.
    """
    site = _Site(store, limits or Limits(), read_all(questions)[0] if questions else {}, keep)
    described = ["GET", "HEAD"]

    @asynccontextmanager
    async def lifespan(_: object) -> AsyncIterator[None]:
        await site.start()
        ready()
        yield
        await site.pool.close()

    def route(path: str, answer: Any) -> Route:
        return Route(path, endpoint=_Page(answer, described))

    routes = [
        Route("/sparql", endpoint=_Late(site)),
        route("/", site.query_page),
        route("/id/", site.entities),
        route("/id/{key:path}", site.entity),
        route("/def", site.ontology),
        route("/def/{version}", site.ontology),
        route("/def.{form}", site.ontology),
        route("/resource", site.resource),
        route("/why", site.why),
        route("/.well-known/void", site.void),
        route("/static/{name}", site.static),
        route("/{rest:path}", site.nothing),
    ]
    return FrontDoor(Router(routes=routes, lifespan=lifespan, redirect_slashes=False), log)


class _Late:
    """The endpoint, which there is only once the server has started."""

    def __init__(self, site: _Site) -> None:
        self.site = site

    async def __call__(self, scope: Scope, receive: Receive, send_: Send) -> None:
        await self.site.sparql(scope, receive, send_)


class _Page:
    """A page as an ASGI application: only reading, failures of its own queries as errors."""

    def __init__(self, answer: Callable[[Scope, str], Any], methods: list[str]) -> None:
        self.answer, self.methods = answer, methods

    async def __call__(self, scope: Scope, receive: Receive, send_: Send) -> None:
        if scope["method"] not in self.methods:
            allow = ", ".join((*self.methods, "OPTIONS"))
            raise BadRequestError(405, f"{scope['method']} is not taken here. Use {self.methods[0]}.", allow=allow)
        try:
            content = await self.answer(scope, (scope.get("client") or ("",))[0])
        except FailedError as error:
            raise complain(error.reply) from error
        await send(scope, send_, content)


class _Site:
    """What the server knows and how it shows it."""

    def __init__(self, store: Path, limits: Limits, questions: dict[str, Query], keep: int) -> None:
        self.store, self.limits, self.questions = store, limits, questions
        self.data = stores.digest_of(store)
        self.kept = Kept(keep) if keep else None
        self.pool: Pool
        self.sparql: SparqlEndpoint

    async def start(self) -> None:
        self.pool = Pool(self.store, self.limits)
        self.described = Described(self.pool)
        self.pages = Pages(self.pool, self.questions)
        self.reasons = Reasons(self.store)
        self.sparql = SparqlEndpoint(self.pool, self.data, self._describe, self.kept)
        await self.pool.start()

    async def _describe(self, scope: Scope, receive: Receive, send_: Send) -> None:
        chosen = _chosen(scope, _LINKED)
        if chosen == PAGE:
            content = await self.query_page(scope, (scope.get("client") or ("",))[0])
        else:
            content = _content(await self.described.service(origin(scope), chosen[1]), chosen[0])
        await send(scope, send_, content)

    async def query_page(self, scope: Scope, client: str) -> Content:
        return _page(await self.pages.query(client))

    async def entities(self, scope: Scope, client: str) -> Content:
        return _page(await self.pages.entities(client))

    async def void(self, scope: Scope, client: str) -> Content:
        chosen = _chosen(scope, GRAPHS)
        return _content(await self.described.void(origin(scope), chosen[1]), chosen[0])

    async def entity(self, scope: Scope, client: str) -> Content:
        iri = BASE + scope["path"].lstrip("/")
        try:
            return await self._entity(iri, _chosen(scope, _LINKED), client)
        except BadRequestError as error:
            key, dot, extension = iri.rpartition(".")
            if error.status != 404 or not dot or extension not in _EXTENSIONS:
                raise
            return await self._entity(key, _EXTENSIONS[extension], client)

    async def resource(self, scope: Scope, client: str) -> Content:
        fields = _fields(scope)
        if set(fields) - {"iri", "form"} or "iri" not in fields:
            raise BadRequestError(400, "no IRI is given. Ask for /resource?iri=IRI.")
        chosen = _EXTENSIONS.get(fields["form"]) if "form" in fields else _chosen(scope, _LINKED)
        if chosen is None:
            raise BadRequestError(400, f"no such form. Use one of: {', '.join(_EXTENSIONS)}.")
        return await self._entity(fields["iri"], chosen, client)

    async def _entity(self, iri: str, chosen: Offer, client: str) -> Content:
        _checked(iri)
        link = (("link", f'<{iri}>; rel="canonical"'),) if iri.isascii() else ()
        if chosen == PAGE:
            text = await self.pages.entity(iri, client)
            if text is None:
                raise BadRequestError(404, f"<{iri}> is not in the dataset. Check the key.")
            return _page(text, link)
        query = (
            f"CONSTRUCT {{ <{iri}> ?p ?o . ?s ?q <{iri}> . ?e ?r ?v }} WHERE {{ {{ <{iri}> ?p ?o }}"
            f" UNION {{ ?s ?q <{iri}> }} UNION {{ <{iri}> <{BASE}def#bewijs> ?e . ?e ?r ?v }} }}"
        )
        if iri.startswith(NAMED):
            query = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{iri}> {{ ?s ?p ?o }} }}"
        content = await self._constructed(query, chosen, client, link)
        if content is None:
            raise BadRequestError(404, f"<{iri}> is not in the dataset. Check the key.")
        return content

    async def ontology(self, scope: Scope, client: str) -> Content:
        version, form = scope["path_params"].get("version"), scope["path_params"].get("form")
        if version not in (None, __version__) or (form is not None and form not in _EXTENSIONS):
            raise BadRequestError(404, f"there is no {scope['path'][:80]}. The ontology here is version {__version__}.")
        chosen = _EXTENSIONS[form] if form else _chosen(scope, _LINKED)
        link = (("link", f'<{BASE}def>; rel="canonical"'),)
        if chosen == PAGE:
            return _page(await self.pages.terms(client), link)
        query = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{NAMED}ontologie> {{ ?s ?p ?o }} }}"
        content = await self._constructed(query, chosen, client, link)
        if content is None:
            raise BadRequestError(404, "the dataset has no ontology.")
        return content

    async def _constructed(
        self, query: str, chosen: Offer, client: str, headers: tuple[tuple[str, str], ...]
    ) -> Content | None:
        reply = await self.pool.ask(Job(query, results=None, graphs=chosen[1], rows=MOST_TRIPLES), client)
        if reply.fault is not None:
            raise FailedError(reply)
        return _content(reply.body, chosen[0], headers) if reply.rows else None

    async def why(self, scope: Scope, client: str) -> Content:
        fields = _fields(scope)
        if set(fields) != {"s", "p", "o"}:
            raise BadRequestError(400, "three IRIs are needed. Ask for /why?s=IRI&p=IRI&o=IRI.")
        triple = fields["s"], fields["p"], fields["o"]
        for iri in triple:
            _checked(iri)
        tag = entity_tag(self.data, "why", triple)
        kept = self.kept.get(tag) if self.kept is not None else None
        if kept is None:
            page = _page(await self.pages.why(triple, await self.reasons.tree(triple)))
            kept = Content(page.body, page.media_type, tag, headers=page.headers)
            if self.kept is not None:
                self.kept.put(kept)
        return kept

    async def static(self, scope: Scope, client: str) -> Content:
        name = scope["path_params"]["name"]
        if name not in _static():
            raise BadRequestError(404, f"there is no {scope['path'][:80]}.")
        plain, packed = _static()[name]
        return packed if takes_gzip(header(scope, b"accept-encoding")) else plain

    async def nothing(self, scope: Scope, client: str) -> Content:
        raise BadRequestError(404, f"there is no {scope['path'][:80]}. Start at / or /sparql.")


@cache
def _static() -> dict[str, tuple[Content, Content]]:
    found = {}
    for file in files("regiograaf.endpoint").joinpath("static").iterdir():
        extension = file.name.rpartition(".")[2]
        if extension in _STATIC:
            body, media_type = file.read_bytes(), f"{_STATIC[extension]}; charset=utf-8"
            packed = gzip.compress(body, 6, mtime=0)
            found[file.name] = (
                Content(body, media_type, entity_tag(body), compressed=False),
                Content(packed, media_type, entity_tag(packed), compressed=True),
            )
    return found


def _chosen(scope: Scope, offers: tuple[Offer, ...]) -> Offer:
    accept = header(scope, b"accept")
    chosen = choose(accept, offers)
    if chosen is None:
        known = ", ".join(offer[0] for offer in offers)
        raise BadRequestError(406, f'there is no form of "{accept[:100]}". Accept one of {known}.')
    return chosen


def _fields(scope: Scope) -> dict[str, str]:
    try:
        found = parse_qs(scope["query_string"].decode("ascii"), errors="strict", max_num_fields=10)
    except ValueError as error:
        raise BadRequestError(400, "the address is not percent-encoded UTF-8. Encode it.") from error
    return {name: values[0] for name, values in found.items()}


def _checked(iri: str) -> None:
    """Refuse what is no IRI: it goes into queries."""
    try:
        ox.NamedNode(iri)
    except ValueError as error:
        raise BadRequestError(400, f"{json.dumps(iri[:200], ensure_ascii=False)} is not an IRI. Check it.") from error
    if any(character in iri for character in '<>"{}|^`\\') or len(iri) > 2_000:
        raise BadRequestError(400, f"{json.dumps(iri[:200], ensure_ascii=False)} is not an IRI. Check it.")


def _page(text: str, headers: tuple[tuple[str, str], ...] = ()) -> Content:
    own = (("content-security-policy", _POLICY), ("referrer-policy", "same-origin"))
    return _content(text.encode("utf-8"), "text/html", (*headers, *own))


def _content(body: bytes, media_type: str, headers: tuple[tuple[str, str], ...] = ()) -> Content:
    charset = "; charset=utf-8" if media_type.startswith("text/") else ""
    tag = f'"{hashlib.sha256(media_type.encode() + body).hexdigest()[:32]}"'
    return Content(body, media_type + charset, tag, headers=headers)
