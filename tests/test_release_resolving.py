"""Every IRI of a release answers, behind a real nginx, a real Apache, and through the rules of w3id.org."""

from __future__ import annotations

import http.client
import http.server
import os
import re
import shutil
import socket
import subprocess
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from html import unescape
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

import pyoxigraph as ox
import pytest
from rdflib import Graph, URIRef

from regiograaf.prefixes import BASE, ID, TOOI
from regiograaf.release.resolving import HOST, write
from regiograaf.release.resolving.negotiation import MEDIA_TYPES
from tests.conftest import REPO
from tests.release_sites import released

HTML, TURTLE, JSONLD = "text/html", "text/turtle", "application/ld+json"
VERSION = ox.NamedNode("http://www.w3.org/2002/07/owl#versionIRI")
NTRIPLES, RDFXML, SPARQL = "application/n-triples", "application/rdf+xml", "application/sparql-query"
FIREFOX = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"
RDFLIB = "application/rdf+xml, application/ld+json, text/turtle, text/html, text/n3, application/trig"
PROTEGE = "application/rdf+xml, application/xml; q=0.7, text/xml; q=0.6, text/plain; q=0.1, */*; q=0.09"

ASKED = [
    # Accept, what a thing answers, what the ontology answers
    ("", HTML, HTML),
    ("*/*", HTML, HTML),
    (FIREFOX, HTML, HTML),
    (TURTLE, TURTLE, TURTLE),
    ("TEXT/TURTLE", TURTLE, TURTLE),
    ("text/turtle;charset=utf-8", TURTLE, TURTLE),
    (JSONLD, JSONLD, JSONLD),
    ('application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted";q=0.9, text/html;q=0.2', JSONLD, JSONLD),
    ("application/json", JSONLD, JSONLD),
    (NTRIPLES, TURTLE, NTRIPLES),
    (RDFXML, TURTLE, RDFXML),
    (RDFLIB, TURTLE, RDFXML),
    (PROTEGE, TURTLE, RDFXML),
    ("text/html, text/turtle", TURTLE, TURTLE),
    ("text/turtle;q=0.5, text/html", HTML, HTML),
    ("text/turtle;q=0.5, text/html;q=0.4", TURTLE, TURTLE),
    ("text/turtle;q=0.4, text/html;q=0.5", HTML, HTML),
    ("text/turtle; q=0.4, application/ld+json ; q=0.8", JSONLD, JSONLD),
    ("text/turtle;q=0.05, */*;q=0.01", TURTLE, TURTLE),
    ("text/turtle;q=0.01, text/html;q=0.2", HTML, HTML),
    ("text/turtle;q=0, text/html", HTML, HTML),
    ("text/turtle;q=0.000, application/ld+json;q=0.001", JSONLD, JSONLD),
    ("text/turtle;q=1.000, text/html;q=0.999", TURTLE, TURTLE),
    ("application/rdf+xml;q=0.5, */*;q=0.8", HTML, HTML),
    ("x-text/turtle, image/png", HTML, HTML),
    ("text/turtles", HTML, HTML),
    ("application/sparql-query", HTML, HTML),
]

READ = [
    ("", "nl"),
    ("nl", "nl"),
    ("en", "en"),
    ("en-GB,en;q=0.9,nl;q=0.8", "en"),
    ("nl-NL,nl;q=0.9,en-US;q=0.8,en;q=0.7", "nl"),
    ("en;q=0.3, nl;q=0.6", "nl"),
    ("nl;q=0.3, en;q=0.6", "en"),
    ("de,en;q=0.2", "en"),
    ("de", "nl"),
    ("eng", "nl"),
    ("en;q=0, nl;q=0.1", "nl"),
]


class Reply(NamedTuple):
    """An answer, after its redirects."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes
    steps: tuple[tuple[int, str], ...]
    """Status and address of each redirect before it."""

    @property
    def kind(self) -> str:
        return self.headers.get_content_type()


class Client:
    """A client that keeps its connections, and knows some hosts by another address."""

    def __init__(self, known: dict[str, str] | None = None) -> None:
        self._known = known or {}
        self._open: dict[str, http.client.HTTPConnection] = {}

    def get(self, url: str, accept: str = "", language: str = "", follow: bool = True) -> Reply:
        steps: list[tuple[int, str]] = []
        headers = {"Accept": accept} if accept else {}
        if language:
            headers["Accept-Language"] = language
        while True:
            parts = urlsplit(url)
            status, message, body = self._once(parts.scheme, parts.netloc, parts.path or "/", headers)
            if not follow or status not in (301, 302, 303) or len(steps) > 4:
                return Reply(status, message, body, tuple(steps))
            url = urljoin(url, message["Location"])
            steps.append((status, url))

    def _once(
        self, scheme: str, host: str, path: str, headers: dict[str, str]
    ) -> tuple[int, http.client.HTTPMessage, bytes]:
        address = self._known.get(f"{scheme}://{host}", host)
        for _ in range(2):
            connection = self._open.setdefault(address, http.client.HTTPConnection(address, timeout=30))
            try:
                connection.putrequest("GET", path, skip_accept_encoding=True)
                for name, value in headers.items():
                    connection.putheader(name, value)
                connection.endheaders()
                answer = connection.getresponse()
                return answer.status, answer.headers, answer.read()
            except (http.client.HTTPException, ConnectionError):
                self._open.pop(address).close()
        raise AssertionError(f"{address}{path}: the connection was lost twice")


class Hosts(NamedTuple):
    """Where the release is served."""

    folder: Path
    nginx: str
    apache: str
    w3id: str
    """Apache with the rules for w3id.org, which send to nginx."""


def program(name: str) -> str:
    found = shutil.which(name, path=os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin")))
    if not found:
        package = {"nginx": "nginx-light", "apache2": "apache2-bin"}.get(name, name)
        pytest.skip(f"{name} is not installed: apt-get install {package}")
    return found


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


@contextmanager
def running(command: list[str], ports: Iterable[int], log: Path) -> Iterator[None]:
    with log.open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output)
        try:
            for port in ports:
                until = time.monotonic() + 60
                while True:
                    assert process.poll() is None, log.read_text(errors="replace")[-2_000:]
                    try:
                        socket.create_connection(("127.0.0.1", port), 1).close()
                        break
                    except OSError:
                        assert time.monotonic() < until, f"{command[0]} is not up after a minute"
                        time.sleep(0.05)
            yield
        finally:
            process.terminate()
            process.wait(30)


@contextmanager
def nginx(folder: Path, work: Path) -> Iterator[str]:
    """The release behind nginx, with the three lines of its settings filled in."""
    port = free_port()
    text = (folder / "nginx.conf").read_text(encoding="utf-8")
    for old, new in (("listen 80;", f"listen 127.0.0.1:{port};"), ("root /srv/regiograaf;", f"root {folder};")):
        assert text.count(old) == 1
        text = text.replace(old, new)
    (work / "site.conf").write_text(text, encoding="utf-8")
    temporary = "".join(
        f"{name}_temp_path {work}/{name};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (work / "main.conf").write_text(
        f"daemon off;\nworker_processes 1;\npid {work}/nginx.pid;\nerror_log stderr;\nevents {{}}\n"
        f"http {{\naccess_log off;\nkeepalive_requests 1000000;\n{temporary}include {work}/site.conf;\n}}\n",
        encoding="utf-8",
    )
    with running([program("nginx"), "-c", str(work / "main.conf")], [port], work / "nginx.log"):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def apache(folder: Path, rules: Path, work: Path) -> Iterator[tuple[str, str]]:
    """The release behind Apache, in a folder below the root; and a stand-in for w3id.org, with other rules."""
    ports = free_port(), free_port()
    (work / "site").mkdir()
    (work / "site" / "uitgave").symlink_to(folder)
    (work / "w3id" / "regiograaf").mkdir(parents=True)
    shutil.copy(rules, work / "w3id" / "regiograaf" / ".htaccess")
    names = ("mpm_event", "authz_core", "dir", "headers", "mime", "negotiation", "rewrite", "setenvif")
    modules = "".join(f"LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so\n" for name in names)
    hosts = "".join(
        f"Listen 127.0.0.1:{port}\n<VirtualHost 127.0.0.1:{port}>\nDocumentRoot {work}/{name}\n</VirtualHost>\n"
        for port, name in zip(ports, ("site", "w3id"), strict=True)
    )
    (work / "apache.conf").write_text(
        f"ServerRoot {work}\nServerName 127.0.0.1\nPidFile {work}/apache.pid\nErrorLog {work}/error.log\n"
        f"DefaultRuntimeDir {work}\nMaxKeepAliveRequests 0\nKeepAliveTimeout 60\n{modules}TypesConfig /dev/null\n"
        + ("User nobody\nGroup nogroup\n" if os.geteuid() == 0 else "")
        + f"<Directory />\nOptions FollowSymLinks Indexes MultiViews\nAllowOverride All\nRequire all granted\n"
        f"</Directory>\n{hosts}",
        encoding="utf-8",
    )
    command = [program("apache2"), "-f", str(work / "apache.conf"), "-DFOREGROUND"]
    with running(command, ports, work / "apache.log"):
        yield f"http://127.0.0.1:{ports[0]}/uitgave", f"http://127.0.0.1:{ports[1]}/regiograaf"


@pytest.fixture(scope="module")
def work() -> Iterator[Path]:
    """A folder that the user of a web server can read."""
    folder = Path(tempfile.mkdtemp(prefix="regiograaf-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def hosts(work: Path) -> Iterator[Hosts]:
    """The release of the example, served."""
    folder, _ = released(REPO / "examples")
    with nginx(folder, work) as here:
        rules = work / "rules"
        text = (folder / "w3id" / ".htaccess").read_text(encoding="utf-8")
        assert text.count(HOST) == 1
        rules.write_text(text.replace(HOST, here), encoding="utf-8")
        with apache(folder, rules, work) as (site, w3id):
            yield Hosts(folder, here, site, w3id)


def iris(folder: Path) -> list[str]:
    """The IRIs of ours, and of TOOI, anywhere in the data of a release; not what is only a page or a file."""
    found, subjects = set(), set()
    for quad in ox.parse(path=folder / "dataset" / "regiograaf.nq", format=ox.RdfFormat.N_QUADS):
        subjects.add(str(quad.subject)[1:-1])
        for term in quad:
            if isinstance(term, ox.NamedNode) and term.value.startswith((BASE, TOOI)):
                found.add(term.value)
    return sorted(
        iri
        for iri in found
        if (iri in subjects or iri.startswith((ID, TOOI, BASE + "def"))) and not (folder / path_of(iri)[1:]).is_file()
    )


def version(folder: Path) -> str:
    """Of the ontology that was released."""
    (found,) = (folder / "def").glob("[0-9]*.ttl")
    return found.stem


def path_of(iri: str) -> str:
    """Below a host; without the fragment, which a client keeps."""
    local = "tooi/" + iri.removeprefix(TOOI) if iri.startswith(TOOI) else iri.removeprefix(BASE)
    return "/" + local.partition("#")[0]


def describes(iri: str, kind: str, body: bytes) -> bool:
    """Whether a document says something of an IRI: in RDF with it as a subject, in HTML by name.

    A version is what the ontology says it is; parts of the ontology have its page.
    """
    if kind == HTML:
        text = body.decode("utf-8")
        whole, _, local = iri.partition("#")
        return (
            BASE + "def" if whole.startswith(BASE + "def/") else whole
        ) in text and f'id="{local}"' in text + 'id=""'
    node = ox.NamedNode(iri)
    quads = ox.parse(body, format=ox.RdfFormat.from_media_type(kind))
    return any(quad.subject == node or (quad.predicate, quad.object) == (VERSION, node) for quad in quads)


def unresolved(addresses: Iterable[tuple[str, str]], client: Client, every: int = 1) -> list[tuple[object, ...]]:
    """What does not end in 200, in the type that is asked for, with a description; of each `every`-th that is read."""
    wrong: list[tuple[object, ...]] = []
    for number, (iri, url) in enumerate(addresses):
        for kind in (HTML, TURTLE, JSONLD):
            reply = client.get(url, kind)
            if (reply.status, reply.kind) != (200, kind):
                wrong.append((url, kind, reply.status, reply.kind))
            elif number % every == 0 and not describes(iri, kind, reply.body):
                wrong.append((url, kind, "does not describe", iri))
    return wrong


def by_curl(urls: list[str], kind: str) -> list[tuple[str, str]]:
    """(status, type) that each address ends in when a type is asked for; for many, in half of the time of `Client`."""
    wanted = "".join(f'url = "{url}"\noutput = "{os.devnull}"\n' for url in urls)
    said = "%{http_code} %{content_type}\n"
    command = [program("curl"), "-sSL", "-H", f"Accept: {kind}", "-w", said, "--config", "-"]
    run = subprocess.run(command, input=wanted, capture_output=True, text=True, check=True)
    lines = (line.partition(";")[0].partition(" ") for line in run.stdout.splitlines())
    return [(status, kind) for status, _, kind in lines]


def test_every_iri_of_the_data_answers_behind_nginx(hosts: Hosts) -> None:
    addresses = [(iri, hosts.nginx + path_of(iri)) for iri in iris(hosts.folder)]
    assert len(addresses) > 500
    assert unresolved(addresses, Client()) == []


def test_every_iri_of_the_data_answers_behind_apache(hosts: Hosts) -> None:
    addresses = [(iri, hosts.apache + path_of(iri)) for iri in iris(hosts.folder)]
    assert unresolved(addresses, Client(), every=7) == []


def test_every_iri_of_the_data_answers_through_w3id(hosts: Hosts) -> None:
    addresses = [(iri, hosts.w3id + path_of(iri)) for iri in iris(hosts.folder)]
    assert unresolved(addresses, Client(), every=7) == []


def test_w3id_is_enough_for_a_host_that_knows_nothing(hosts: Hosts, tmp_path: Path) -> None:
    """A bare file server: no rules, no negotiation."""
    handler = partial(Silent, directory=str(hosts.folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        client = Client(
            {urlsplit(hosts.nginx).scheme + "://" + urlsplit(hosts.nginx).netloc: f"127.0.0.1:{server.server_port}"}
        )
        wrong = []
        for iri in iris(hosts.folder)[::9]:
            for kind in (HTML, TURTLE, JSONLD):
                reply = client.get(hosts.w3id + path_of(iri), kind)
                if reply.status != 200:
                    wrong.append((iri, kind, reply.status, reply.steps))
        server.shutdown()
    assert wrong == []


class Silent(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        pass


def test_every_iri_of_the_description_answers(hosts: Hosts) -> None:
    """Catalogue, dataset, distributions, questions, shapes, parts of the ontology: also what is no data."""
    files = [hosts.folder / "catalogus.ttl", hosts.folder / ".well-known" / "void"]
    files += sorted((hosts.folder / "dataset").rglob("*.ttl"))
    named = set()
    for path in files:
        for iri in re.findall(rf"<({re.escape(BASE)}[^>]*)>", path.read_text(encoding="utf-8")):
            named.add(iri.partition("#")[0])
    client, wrong = Client(), []
    # a prefix is no IRI
    for iri in sorted(iri for iri in named if not iri.endswith("/")):
        for host in (hosts.nginx, hosts.apache, hosts.w3id):
            for kind in (HTML, TURTLE):
                reply = client.get(host + path_of(iri), kind)
                if reply.status != 200:
                    wrong.append((host, iri, kind, reply.status))
    assert wrong == []


@pytest.mark.parametrize(("accept", "thing", "ontology"), ASKED)
def test_what_is_asked_for_is_given(hosts: Hosts, accept: str, thing: str, ontology: str) -> None:
    client = Client()
    for host in (hosts.nginx, hosts.apache, hosts.w3id):
        assert client.get(f"{host}/id/modaliteit/bestaand", accept).kind == thing, host
        assert client.get(f"{host}/def", accept).kind == ontology, host
        assert client.get(f"{host}/def/{version(hosts.folder)}", accept).kind == ontology, host


@pytest.mark.parametrize(("read", "language"), READ)
def test_a_page_comes_in_the_language_that_is_read(hosts: Hosts, read: str, language: str) -> None:
    client = Client()
    for host in (hosts.nginx, hosts.apache, hosts.w3id):
        for path in ("/", "/def", "/id/modaliteit/bestaand", "/brieven"):
            body = client.get(host + path, language=read).body.decode("utf-8")
            found = re.search(r'<html[^>]* lang="(\w+)"', body)
            assert found is not None
            assert found[1] == language, (host, path)


def test_a_thing_is_no_document(hosts: Hosts) -> None:
    client = Client()
    for host in (hosts.nginx, hosts.apache):
        thing = client.get(f"{host}/id/modaliteit/bestaand", TURTLE)
        assert [status for status, _ in thing.steps] == [303]
        assert thing.steps[0][1] == f"{host}/id/modaliteit/bestaand.ttl"
        assert client.get(f"{host}/def", TURTLE).steps == ()
    ours = client.get(f"{hosts.w3id}/id/modaliteit/bestaand", JSONLD)
    assert ours.steps == ((303, f"{hosts.nginx}/id/modaliteit/bestaand.jsonld"),)


def test_a_question_gives_its_sparql(hosts: Hosts) -> None:
    client, text = Client(), (hosts.folder / "vragen" / "brieven.rq").read_bytes()
    for host in (hosts.nginx, hosts.apache, hosts.w3id):
        for accept in (SPARQL, f"{SPARQL};q=0.9, */*;q=0.1"):
            reply = client.get(f"{host}/vragen/brieven", accept)
            assert (reply.status, reply.kind, reply.body) == (200, SPARQL, text), (host, accept)
        assert client.get(f"{host}/vragen/brieven", f"{SPARQL};q=0.2, text/html").kind == HTML, host
        assert client.get(f"{host}/vragen/brieven", TURTLE).kind == TURTLE, host
        assert client.get(f"{host}/vragen/bestaat-niet", SPARQL).status == 404, host


@pytest.mark.parametrize("read", ["", "nl", "en"])
def test_the_manual_answers_in_its_one_language(hosts: Hosts, read: str) -> None:
    client = Client()
    for host in (hosts.nginx, hosts.apache, hosts.w3id):
        reply = client.get(f"{host}/docs/read", language=read)
        assert (reply.status, reply.kind) == (200, HTML), host
        assert b'<html lang="en">' in reply.body, host
        assert client.get(f"{host}/docs/bestaat-niet", language=read).status == 404, host


def test_an_explicit_file_is_given_whatever_is_asked_for(hosts: Hosts) -> None:
    client = Client()
    for host in (hosts.nginx, hosts.apache, hosts.w3id):
        for path, kind in (
            ("/id/modaliteit/bestaand.ttl", TURTLE),
            ("/id/modaliteit/bestaand.en.html", HTML),
            ("/def.rdf", RDFXML),
            (f"/def/{version(hosts.folder)}.nt", NTRIPLES),
            ("/dataset/regiograaf.nq", "application/n-quads"),
            ("/dataset/regiograaf.trig", "application/trig"),
            ("/dataset/claims.csv", "text/csv"),
            ("/dataset/claims.csv-metadata.json", "application/csvm+json"),
            ("/vragen/brieven.rq", "application/sparql-query"),
            ("/dataset/SHA256SUMS", "text/plain"),
            ("/.well-known/void", TURTLE),
        ):
            for accept in (HTML, TURTLE, "image/png"):
                reply = client.get(host + path, accept)
                assert (reply.status, reply.kind) == (200, kind), (host, path, accept)
                assert reply.body == (hosts.folder / path[1:]).read_bytes()


def test_every_file_has_its_type(hosts: Hosts) -> None:
    """One of each ending; no ending of a release is unknown to the rules. The description of the table has its own."""
    files = [path for path in hosts.folder.rglob("*") if path.is_file() and not path.name.startswith(".")]
    known = (path for path in files if path.parent.name != "w3id" and not path.name.endswith("-metadata.json"))
    by_ending = {path.suffix[1:]: path for path in known if path.suffix != ".conf"}
    assert {"html", "ttl", "jsonld", "csv", "parquet", "rq"} <= set(by_ending)
    client = Client()
    for ending, path in by_ending.items():
        name = "/" + path.relative_to(hosts.folder).as_posix()
        if not ending:
            continue
        for host in (hosts.nginx, hosts.apache):
            reply = client.get(host + name)
            assert (reply.status, reply.kind) == (200, MEDIA_TYPES[ending]), (host, name)
            coded = reply.headers.get_content_charset()
            assert coded == ("utf-8" if MEDIA_TYPES[ending].startswith("text/") else None), (host, name)


def test_other_sites_may_read_and_caches_are_told(hosts: Hosts) -> None:
    client = Client()
    for host in (hosts.nginx, hosts.apache):
        for path, statuses in (
            ("/id/modaliteit/bestaand", {303}),
            ("/def", {200}),
            ("/def.ttl", {200}),
            ("/id/modaliteit/bestaat-niet", {404}),
        ):
            reply = client.get(host + path, TURTLE, follow=False)
            assert reply.status in statuses
            assert reply.headers.get_all("Access-Control-Allow-Origin") == ["*"], (host, path)
            if "." not in path:
                varies = {name.strip() for line in reply.headers.get_all("Vary", []) for name in line.split(",")}
                assert {"Accept", "Accept-Language"} <= varies, (host, path)


def test_what_is_not_there_is_not_found(hosts: Hosts) -> None:
    client = Client()
    for host in (hosts.nginx, hosts.apache):
        for path in (
            "/id/modaliteit/bestaat-niet",
            "/id/modaliteit",
            "/id/modaliteit/bestaand/meer",
            "/tooi/gemeente/gm9999",
            "/def/9.9.9",
            "/def/bestaat-niet",
            "/dataset/bestaat-niet",
            "/vragen/bestaat-niet",
            "/bestaat-niet",
            "/bestaat-niet.ttl",
            "/id/modaliteit/bestaand%0d%0aX-Injected:%20yes",
        ):
            for accept in (HTML, TURTLE):
                reply = client.get(host + path, accept)
                assert reply.status == 404, (host, path, accept, reply.steps)
                assert reply.headers["X-Injected"] is None


def test_hidden_files_are_not_served(hosts: Hosts) -> None:
    client = Client()
    assert (hosts.folder / ".regiograaf").is_file()
    for host in (hosts.nginx, hosts.apache):
        for path in ("/.regiograaf", "/.htaccess", "/w3id/.htaccess"):
            assert client.get(host + path).status in (403, 404), (host, path)


def test_no_redirect_leads_to_another_host(hosts: Hosts) -> None:
    client = Client()
    for host in (hosts.nginx, hosts.apache):
        for path in ("//evil.example/../id/modaliteit/bestaand", "//evil.example/", "//evil.example/%2e%2e/def/"):
            place = client.get(host + path, TURTLE, follow=False).headers.get("Location") or "/"
            assert urlsplit(urljoin(host, place)).netloc == urlsplit(host).netloc, (path, place)


def test_a_slash_too_many_is_forgiven(hosts: Hosts) -> None:
    for path in ("/def/", "/id/modaliteit/bestaand/"):
        assert Client().get(hosts.nginx + path, TURTLE).kind == TURTLE


def sample(folder: Path, number: int) -> list[str]:
    """IRIs spread over all kinds, the ontology and its terms among them."""
    everything = iris(folder)
    by_kind = {path_of(iri).rpartition("/")[0]: iri for iri in everything}
    chosen = [BASE + "def", BASE + "def#Bewering", *sorted(by_kind.values())]
    return list(dict.fromkeys(chosen))[:number]


def test_curl_gets_turtle_of_twenty_iris(hosts: Hosts) -> None:
    chosen = sample(hosts.folder, 20)
    assert len(chosen) == 20
    said = "\n# %{http_code} %{content_type}"
    for iri in chosen:
        run = subprocess.run(
            [program("curl"), "-sSfL", "-H", f"Accept: {TURTLE}", "-w", said, hosts.nginx + path_of(iri)],
            capture_output=True,
            check=True,
        )
        body, _, end = run.stdout.rpartition(b"\n# ")
        assert end == b"200 text/turtle; charset=utf-8"
        assert describes(iri, TURTLE, body), iri


@pytest.fixture
def resolver(hosts: Hosts) -> Iterator[None]:
    """`https://w3id.org` answered by the stand-in, for everything that uses urllib."""

    class Local(urllib.request.HTTPSHandler):
        def https_open(self, request: urllib.request.Request) -> http.client.HTTPResponse:
            assert request.host == "w3id.org"
            request.host = urlsplit(hosts.w3id).netloc
            return self.do_open(http.client.HTTPConnection, request)  # type: ignore[return-value]

    before = urllib.request._opener  # type: ignore[attr-defined]
    urllib.request.install_opener(urllib.request.build_opener(Local, urllib.request.ProxyHandler({})))
    yield
    urllib.request._opener = before  # type: ignore[attr-defined]


@pytest.mark.usefixtures("resolver")
def test_rdflib_parses_an_iri(hosts: Hosts) -> None:
    """As it stands, and in each form by name, through w3id.org."""
    chosen = [iri for iri in sample(hosts.folder, 40) if iri.startswith(ID)][:20]
    assert len(chosen) == 20
    for number, iri in enumerate(chosen):
        form = (None, "turtle", "json-ld")[number % 3]
        assert (URIRef(iri), None, None) in Graph().parse(iri, format=form), (iri, form)
    terms = len(Graph().parse(hosts.folder / "def.ttl"))
    for form in (None, "xml", "nt", "turtle", "json-ld"):
        assert len(Graph().parse(BASE + "def#Bewering", format=form)) == terms, form


LINK = re.compile(r"""<(a|link|script|img|iframe|object|source)\b[^>]*?\s(?:href|src|data)=(?:"([^"]*)"|'([^']*)')""")


def test_no_link_of_the_site_is_broken(hosts: Hosts) -> None:
    """From the first page on, whatever is linked; nothing but a link leads outside."""
    client, wrong, outside = Client(), set(), set()
    todo, seen = ["/"], {"/"}
    while todo:
        page = todo.pop()
        reply = client.get(hosts.nginx + page)
        if reply.status != 200:
            wrong.add((page, reply.status))
        if reply.kind != HTML:
            continue
        here = reply.steps[-1][1] if reply.steps else hosts.nginx + page
        for tag, one, other in LINK.findall(reply.body.decode("utf-8")):
            address = urljoin(here, unescape(one or other)).partition("#")[0]
            parts = urlsplit(address)
            if parts.scheme in ("mailto", "data", "javascript"):
                continue
            if f"{parts.scheme}://{parts.netloc}" != hosts.nginx:
                if tag not in ("a", "link"):
                    outside.add((page, address))
            elif parts.path not in seen:
                seen.add(parts.path)
                todo.append(parts.path)
    assert len(seen) > 1000
    assert sorted(wrong) == []
    assert sorted(outside) == []


def test_every_iri_of_the_five_letters_answers(work: Path) -> None:
    folder, place = released(REPO)[0], work / "five-nginx"
    place.mkdir()
    with nginx(folder, place) as here:
        addresses = [(iri, here + path_of(iri)) for iri in iris(folder)]
        assert len(addresses) > 10_000
        assert any(iri.startswith(TOOI) for iri, _ in addresses)
        # The ontology is one document; it answers for all its terms.
        once = [(iri, url) for iri, url in addresses if "#" not in iri or iri.endswith("#Bewering")]
        for kind in (HTML, TURTLE, JSONLD):
            told = by_curl([url for _, url in once], kind)
            assert [(url, *said) for (_, url), said in zip(once, told, strict=True) if said != ("200", kind)] == []
        assert unresolved(once[::29], Client()) == []


def test_the_same_folder_gives_the_same_rules(tmp_path: Path) -> None:
    (tmp_path / "def").mkdir()
    for name in ("shapes", "0.4.0"):
        (tmp_path / "def" / f"{name}.html").touch()
    write(tmp_path, host="https://voorbeeld.example/regiograaf/")
    names = (".htaccess", "nginx.conf", "w3id/.htaccess")
    once = [(tmp_path / name).read_bytes() for name in names]
    write(tmp_path, host="https://voorbeeld.example/regiograaf")
    assert [(tmp_path / name).read_bytes() for name in names] == once
    rules = once[2].decode("utf-8")
    assert rules.count("https://voorbeeld.example/regiograaf]") == 1
    assert r"^(def/(?:0\.4\.0|shapes))$" in rules
