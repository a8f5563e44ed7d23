"""Requests to one server over HTTP: credentials from the environment, kept connections, time-outs, second attempts.

Every request that is made here may be made twice: what is written has no blank nodes, so that writing it again adds
nothing. What the answers mean is the business of `remote` and `push`.
"""

from __future__ import annotations

import hashlib
import http.client
import os
import secrets
import ssl
import time
from base64 import b64encode
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import unquote, urljoin, urlsplit, urlunsplit
from urllib.request import getproxies, parse_http_list, parse_keqv_list, proxy_bypass

from regiograaf.errors import SourceError

__all__ = ["Client", "Response"]

USER, PASSWORD, TOKEN = "REGIOGRAAF_STORE_USER", "REGIOGRAAF_STORE_PASSWORD", "REGIOGRAAF_STORE_TOKEN"
TIMEOUT = "REGIOGRAAF_STORE_TIMEOUT"

_SECONDS = 120.0
_ATTEMPTS = 3
_LONGEST_WAIT = 10.0
_LARGEST = 512 * 1024 * 1024
_PASSING = frozenset({429, 502, 503, 504})
_MOVED = frozenset({301, 302, 303, 307, 308})
_HASHES = {"MD5": hashlib.md5, "SHA-256": hashlib.sha256}


@dataclass(frozen=True, slots=True)
class Response:
    """What a server answered; names of headers are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def words(self) -> str:
        """The first line of an error's text, shortened."""
        lines = self.body[:2000].decode("utf-8", "replace").strip().splitlines()
        return " ".join(lines[0].split())[:300].rstrip(".") if lines else f"status {self.status}"


class Client:
    """The requests to one server.

    User and password (`REGIOGRAAF_STORE_USER`, `REGIOGRAAF_STORE_PASSWORD`, or in the URL) are told only where they
    are asked for, by Digest where the server can; a token (`REGIOGRAAF_STORE_TOKEN`) goes along with every request.
    None of them goes to another server, or into a message.
    """

    def __init__(self, url: str, *, environ: Mapping[str, str] = os.environ) -> None:
        parts = urlsplit(url)
        try:
            port = parts.port
        except ValueError:
            port = -1
        if parts.scheme not in ("http", "https") or not parts.hostname or port == -1:
            shown = url.rpartition("@")[2]
            raise SourceError(f"{shown}: not the address of a store. Give a URL, such as https://example.org/sparql.")
        self._host, self._port, self._tls = parts.hostname, port, parts.scheme == "https"
        place = f"[{self._host}]" if ":" in self._host else self._host
        self._netloc = place if port is None else f"{place}:{port}"
        self.url = urlunsplit((parts.scheme, self._netloc, parts.path or "/", parts.query, ""))
        """The address without user and password."""
        self.server = ""
        """What the server calls itself, once it has answered."""
        self._user = unquote(parts.username) if parts.username else environ.get(USER, "")
        self._password = unquote(parts.password) if parts.password else environ.get(PASSWORD, "")
        self._token = environ.get(TOKEN, "")
        seconds = environ.get(TIMEOUT, "") or str(_SECONDS)
        try:
            self._seconds = float(seconds)
        except ValueError as error:
            raise SourceError(f"{TIMEOUT} is {seconds}, no number. Give seconds.") from error
        self._connection: http.client.HTTPConnection | None = None
        self._challenge: dict[str, str] = {}
        self._count = 0

    def beside(self, address: str) -> str:
        """An address relative to the server's own.

        Raises SourceError when it is on another server.
        """
        found = urlsplit(urljoin(self.url, address))
        if (found.scheme, found.netloc.rpartition("@")[2]) != urlsplit(self.url)[:2]:
            shown = found.netloc.rpartition("@")[2]
            raise SourceError(f"{shown}: not on the server of {self.url}. Give addresses of one server.")
        return urlunsplit((found.scheme, self._netloc, found.path, found.query, ""))

    def send(
        self,
        method: str,
        url: str,
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
        attempts: int = _ATTEMPTS,
    ) -> Response:
        """Send a request to an address on this server, and again after a passing failure.

        Raises SourceError when there is no answer, or none without credentials that the server takes.
        """
        asked_again = False
        attempt = 1
        while True:
            try:
                response = self._once(method, url, body, dict(headers or {}))
            except TimeoutError as error:
                raise SourceError(
                    f"{url}: no answer within {self._seconds:g} seconds. Ask for less, or set {TIMEOUT} higher."
                ) from error
            except ssl.SSLError as error:
                raise SourceError(f"{url}: no safe connection ({error.reason}). Check its certificate.") from error
            except (OSError, http.client.HTTPException) as error:
                if attempt >= attempts:
                    reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
                    raise SourceError(
                        f"{url}: no answer ({reason}). Check the address, and that the store runs."
                    ) from error
                response = None
            if response is not None and response.status == 401 and not asked_again and self._learn(response):
                asked_again = True
                continue
            if response is None or (response.status in _PASSING and attempt < attempts):
                self._wait(attempt, response)
                attempt += 1
                continue
            return self._checked(url, response)

    def close(self) -> None:
        """Let go of the connection."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _wait(self, attempt: int, response: Response | None) -> None:
        seconds = 0.2 * 4 ** (attempt - 1)
        if response is not None:
            with suppress(ValueError):
                seconds = max(seconds, float(response.headers.get("retry-after", "")))
        time.sleep(min(seconds, _LONGEST_WAIT))

    def _checked(self, url: str, response: Response) -> Response:
        shown = url.partition("?")[0]
        if response.status in (401, 403):
            known = self._user or self._token
            what = "does not take the user and password, or the token," if known else "asks for user and password"
            raise SourceError(f"{shown}: {what} ({response.status}). Set {USER} and {PASSWORD}, or {TOKEN}.")
        if response.status in _MOVED:
            target = urlsplit(urljoin(url, response.headers.get("location", "")))
            there = urlunsplit((target.scheme, target.netloc.rpartition("@")[2], target.path, "", ""))
            raise SourceError(f"{shown}: has moved to {there}. Give that address.")
        return response

    def _once(self, method: str, url: str, body: bytes, headers: dict[str, str]) -> Response:
        parts = urlsplit(url)
        target = urlunsplit(("", "", parts.path, parts.query, ""))
        headers |= {"User-Agent": "regiograaf", "Content-Length": str(len(body))}
        if authorization := self._authorization(method, target):
            headers["Authorization"] = authorization
        kept = self._connection is not None
        try:
            return self._exchange(method, target, body, headers)
        except (ConnectionError, http.client.HTTPException):
            self.close()
            if not kept:
                raise
            return self._exchange(method, target, body, headers)  # the server let go of the kept connection meanwhile
        except BaseException:
            self.close()
            raise

    def _exchange(self, method: str, target: str, body: bytes, headers: Mapping[str, str]) -> Response:
        if self._connection is None:
            self._connection = self._connect()
        with suppress(BrokenPipeError, ConnectionResetError):  # a server may refuse before it has read all
            self._connection.request(method, target, body, headers)
        answer = self._connection.getresponse()
        data = answer.read(_LARGEST + 1)
        if len(data) > _LARGEST:
            self.close()
            raise SourceError(f"{self.url}: an answer of more than {_LARGEST >> 20} MB. Ask for less.")
        if answer.length:  # bytes that were promised and did not come: http.client says nothing of it
            raise http.client.IncompleteRead(data, answer.length)
        found = {name.lower(): value for name, value in answer.getheaders()}
        # several challenges come as several headers
        found["www-authenticate"] = ", ".join(answer.headers.get_all("WWW-Authenticate", []))
        self.server = found.get("server", self.server)
        return Response(answer.status, found, data)

    def _connect(self) -> http.client.HTTPConnection:
        scheme = "https" if self._tls else "http"
        proxy = "" if proxy_bypass(self._netloc) else getproxies().get(scheme, "")
        if not self._tls or not proxy:
            kind = http.client.HTTPSConnection if self._tls else http.client.HTTPConnection
            return kind(self._host, self._port, timeout=self._seconds)
        through = urlsplit(proxy)
        connection = http.client.HTTPSConnection(through.hostname or "", through.port, timeout=self._seconds)
        connection.set_tunnel(self._host, self._port)
        return connection

    # credentials

    def _learn(self, response: Response) -> bool:
        """Whether a challenge can be answered; a Digest challenge may have come with a new nonce."""
        if not self._user:
            return False
        stale = self._challenge
        for challenge in _challenges(response.headers["www-authenticate"]):
            scheme = challenge.get("scheme")
            if scheme == "digest" and challenge.get("algorithm", "MD5").upper() in _HASHES:
                self._challenge, self._count = challenge, 0
                return stale.get("nonce") != challenge.get("nonce")
            if scheme == "basic":
                self._challenge = challenge
        return self._challenge != stale

    def _authorization(self, method: str, target: str) -> str:
        if self._token:
            return f"Bearer {self._token}"
        if self._challenge.get("scheme") == "basic":
            return "Basic " + b64encode(f"{self._user}:{self._password}".encode()).decode()
        return self._digest(method, target) if self._challenge else ""

    def _digest(self, method: str, target: str) -> str:
        """The Authorization header of RFC 7616, `qop` auth or none."""
        challenge = self._challenge
        algorithm = challenge.get("algorithm", "MD5")

        def hashed(*parts: str) -> str:
            return _HASHES[algorithm.upper()](":".join(parts).encode()).hexdigest()

        self._count += 1
        realm, nonce = challenge.get("realm", ""), challenge.get("nonce", "")
        secret, request = hashed(self._user, realm, self._password), hashed(method, target)
        values = {"username": self._user, "realm": realm, "nonce": nonce, "uri": target}
        plain = {"algorithm": algorithm}
        if "auth" in challenge.get("qop", "").replace(",", " ").split():
            count, own = f"{self._count:08x}", secrets.token_hex(8)
            values |= {"cnonce": own, "response": hashed(secret, nonce, count, own, "auth", request)}
            plain |= {"qop": "auth", "nc": count}
        else:
            values["response"] = hashed(secret, nonce, request)
        if "opaque" in challenge:
            values["opaque"] = challenge["opaque"]
        quoted = [f'{name}="{_escaped(value)}"' for name, value in values.items()]
        return "Digest " + ", ".join(quoted + [f"{name}={value}" for name, value in plain.items()])


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"')


def _challenges(header: str) -> list[dict[str, str]]:
    """The challenges of a WWW-Authenticate header, each with its scheme and parameters."""
    found: list[dict[str, str]] = []
    for part in parse_http_list(header):
        first, _, rest = part.partition(" ")
        if "=" not in first:
            found.append({"scheme": first.lower()})
            part = rest
        if found and "=" in part:
            with suppress(ValueError):
                found[-1].update({name.lower(): value for name, value in parse_keqv_list([part]).items()})
    return found
