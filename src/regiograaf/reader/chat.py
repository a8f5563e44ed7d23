"""One question to a language model behind an OpenAI-compatible endpoint, and its answer as JSON.

Nothing is sent again or kept, no other address is followed, and an answer is bounded in size and time. `client` is for
SPARQL stores, whose credentials and time-outs are other ones.
"""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import HTTPException, HTTPMessage, HTTPResponse
from typing import IO, Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit, urlunsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from regiograaf.errors import SourceError

__all__ = ["KEY", "TIMEOUT", "Chat"]

KEY, TIMEOUT = "REGIOGRAAF_LLM_KEY", "REGIOGRAAF_LLM_TIMEOUT"

PATH = "/chat/completions"
_SECONDS = 120.0
LARGEST = 1024 * 1024
"""Bytes of an answer."""
_MODEL = re.compile(r"[\w.:/@+-]{1,100}", re.ASCII)
_FENCED = re.compile(r"\s*```(?:json)?\s*\n(.*)\n\s*```\s*", re.DOTALL)


@dataclass(frozen=True)
class Chat:
    """A model at an address."""

    url: str
    """Where a question goes; without user and password."""
    model: str
    seconds: float
    """For the whole of an answer."""
    _key: str = field(default="", repr=False)

    @classmethod
    def of(cls, url: str, model: str, environ: Mapping[str, str] = os.environ) -> Chat:
        """The model at the base URL of a service (`https://example.org/v1`) or at the full address.

        The key comes from REGIOGRAAF_LLM_KEY; without one none is sent. REGIOGRAAF_LLM_TIMEOUT has the seconds to wait.

        Raises SourceError when one of them cannot be used.
        """
        parts = urlsplit(url)
        place = parts.netloc.rpartition("@")
        try:
            whole = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        except ValueError:
            whole = False
        if not whole or re.search(r"\s", url):
            shown = url.rpartition("@")[2]
            raise SourceError(f"{shown}: not the address of a model. Give a URL, such as https://example.org/v1.")
        if place[1]:
            raise SourceError(f"{place[2]}: a user or password in the address. Leave it out, and set {KEY}.")
        if not _MODEL.fullmatch(model):
            raise SourceError(
                "the name of the model: 1 to 100 letters, digits and . : / @ + - _. Give it with --model."
            )
        key = environ.get(KEY, "").strip()
        if not key.isascii() or not key.isprintable():
            raise SourceError(f"{KEY} has signs that no header can hold. Set the key as it was given.")
        given = environ.get(TIMEOUT, "") or str(_SECONDS)
        try:
            seconds = float(given)
        except ValueError:
            seconds = 0.0
        if not 0 < seconds <= 86_400:
            raise SourceError(f"{TIMEOUT} is {given}, no number of seconds above 0. Give seconds.")
        path = parts.path.rstrip("/")
        path = path if path.endswith(PATH) else path + PATH
        return cls(urlunsplit((parts.scheme, parts.netloc, path, parts.query, "")), model, seconds, key)

    @property
    def place(self) -> str:
        """The address as a message shows it: no query, which may hold a key."""
        return self.url.partition("?")[0]

    def ask(self, task: str, given: str) -> Any:
        """The JSON that the model answers with; a code fence around it is no matter.

        Raises SourceError when there is no answer in time, or it is too long or no JSON.
        """
        messages = [{"role": "system", "content": task}, {"role": "user", "content": given}]
        question = {"model": self.model, "messages": messages, "temperature": 0, "stream": False}
        answer = _parsed(self._send(json.dumps(question).encode()), f"{self.place}: its answer")
        try:
            content = answer["choices"][0]["message"]["content"]
        except (KeyError, IndexError, TypeError):
            content = None
        if not isinstance(content, str):
            raise SourceError(
                f"{self.place}: an answer without choices[0].message.content. Give an OpenAI-compatible address."
            )
        fenced = _FENCED.fullmatch(content)
        return _parsed(fenced[1] if fenced else content, f"{self.place}: what {self.model} wrote")

    def _send(self, body: bytes) -> bytes:
        headers = {"Content-Type": "application/json", "Accept": "application/json", "User-Agent": "regiograaf"}
        if self._key:
            headers["Authorization"] = f"Bearer {self._key}"
        late = (
            f"{self.place}: no whole answer within {self.seconds:g} seconds. Set {TIMEOUT} higher, or ask a faster one."
        )
        until = time.monotonic() + self.seconds
        try:
            with build_opener(_Stay).open(Request(self.url, body, headers), timeout=self.seconds) as response:
                return self._read(response, until, late)
        except HTTPError as error:
            with error:
                raise SourceError(f"{self.place}: {_refusal(error.code)}") from error
        except TimeoutError as error:
            raise SourceError(late) from error
        except (OSError, HTTPException) as error:
            reason = error.reason if isinstance(error, URLError) else error
            if isinstance(reason, TimeoutError):
                raise SourceError(late) from error
            words = getattr(reason, "strerror", None) or str(reason) or type(reason).__name__
            raise SourceError(f"{self.place}: no answer ({words}). Check the address, and that it runs.") from error

    def _read(self, response: HTTPResponse, until: float, late: str) -> bytes:
        parts, length = [], 0
        while part := response.read1(65_536):
            parts.append(part)
            length += len(part)
            if length > LARGEST:
                raise SourceError(f"{self.place}: an answer of more than {LARGEST >> 20} MB. Ask another model.")
            if time.monotonic() > until:
                raise SourceError(late)
        return b"".join(parts)


class _Stay(HTTPRedirectHandler):
    """Follows no redirect: text and key go to the address that was given, and to no other."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        return None


def _refusal(code: int) -> str:
    if code in (401, 403):
        return f"does not let us in ({code}). Set {KEY}."
    if 300 <= code < 400:
        return f"sends us elsewhere ({code}), where no letter goes by itself. Give the address that is meant."
    return f"answered {code}. Check the address and the name of the model, or try again later."


def _parsed(text: str | bytes, what: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise SourceError(f"{what} is no JSON. Try again, or ask another model.") from error
