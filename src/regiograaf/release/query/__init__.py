"""The query page of a release: SPARQL over the released graphs in the reader's browser, without a server.

Oxigraph, compiled to WebAssembly, runs in a worker that is ended when it takes too long. Engine, data and questions
travel as scripts, because a page that was opened from disk may not fetch files; the page itself asks no network.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

from regiograaf.dataset import Build
from regiograaf.places import find_root
from regiograaf.prefixes import BASE, PREFIXES, TOOI, TOOI_TERMS
from regiograaf.queries import Query, read_all
from regiograaf.release import citation
from regiograaf.release.query.data import compact
from regiograaf.release.query.words import EXAMPLES, PAGE, PARAMETERS, SCRIPT, TAGS
from regiograaf.release.site.addresses import LANGUAGES, Language, named
from regiograaf.release.site.words import COLUMNS, MENU, WORDS

__all__ = ["MAX_ROWS", "SECONDS", "write"]

HERE = Path(__file__).parent
NAME = "sparql"
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self' 'wasm-unsafe-eval'; worker-src blob:; "
    "img-src 'self' data:; base-uri 'none'; form-action 'none'"
)
SECONDS = 30
MAX_ROWS = 10_000
SCRIPTS = ("query-engine.js", "query-data.js", "query-settings.js", "query-language.js", "query-graph.js", "query.js")


def write(build: Build, folder: Path) -> None:
    """Write `sparql.html`, `sparql.en.html` and their files in `static/` into a folder that exists.

    The same build gives the same bytes. Raises SourceError when CITATION.cff or the questions are not there.
    """
    root = build.project.root
    stored, _ = read_all(find_root(root, "queries"))
    static = folder / "static"
    static.mkdir(exist_ok=True)
    terms, quads = compact(build.quads.decode("utf-8").splitlines())
    _write(static / "query-engine.js", f"'use strict';\nwindow.regiograafEngine = {_script(_engine())};\n")
    _write(static / "query-data.js", f"'use strict';\nwindow.regiograafData = {_script([terms, quads])};\n")
    _write(static / "query-settings.js", f"'use strict';\nwindow.regiograafSettings = {_script(_settings(stored))};\n")
    for name in ("query-language.js", "query-graph.js", "query.js", "query.css"):
        _write(static / name, (HERE / "static" / name).read_text(encoding="utf-8"))
    licences = HERE / "static" / "oxigraph" / "licences.txt"
    _write(static / "oxigraph-licences.txt", licences.read_text(encoding="utf-8"))
    version = citation.read(root).version
    for language in LANGUAGES:
        _write(folder / named(NAME, language), _page(language, version))


def _engine() -> dict[str, str]:
    """The program of the worker, and Oxigraph as it was compressed when it was put here: the same bytes anywhere."""
    home = HERE / "static"
    glue = (home / "oxigraph" / "web.js").read_text(encoding="utf-8")
    program = f"{_classic(glue)}\n{(home / 'query-worker.js').read_text(encoding='utf-8')}"
    packed = (home / "oxigraph" / "web_bg.wasm.gz").read_bytes()
    return {"program": program, "wasm": base64.b64encode(packed).decode("ascii")}


def _classic(module: str) -> str:
    """A module as a plain script: a page from disk may not start a worker from a module."""
    plain = re.sub(r"^export (?=class |function )", "", module, flags=re.MULTILINE)
    return re.sub(r"^export \{[^}]*\};?$", "", plain, flags=re.MULTILINE).replace(
        "import.meta.url", "self.location.href"
    )


def _settings(stored: Mapping[str, Query]) -> dict[str, Any]:
    """What the page knows beforehand, in both languages: [Dutch, English]."""
    used = {tag for query in stored.values() for tag in _tags(query)[:1]}
    return {
        "base": BASE,
        "tooi": TOOI,
        "terms": TOOI_TERMS,
        "prefixes": dict(sorted(PREFIXES.items())),
        "columns": {name: list(words) for name, words in sorted(COLUMNS.items())},
        "parameters": {name: list(words) for name, words in PARAMETERS.items()},
        "seconds": SECONDS,
        "rows": MAX_ROWS,
        "words": {key: list(words) for key, words in sorted(SCRIPT.items())},
        "tags": {tag: list(TAGS.get(tag, (tag.replace("-", " "),) * 2)) for tag in sorted(used | {"grafen"})},
        "questions": [*_questions(stored), *({**one, "tag": "grafen"} for one in EXAMPLES)],
    }


def _questions(stored: Mapping[str, Query]) -> Iterator[dict[str, Any]]:
    for name, query in sorted(stored.items()):
        header = query.header
        text = "\n".join(line for line in query.text.splitlines() if not line.startswith("#+")).strip()
        yield {
            "name": name,
            "tag": (_tags(query) or ("",))[0],
            "summary": [header["summary"], header["summary-en"]],
            "question": [header["question"], header["question-en"]],
            "example": _example(str(header.get("example", ""))),
            "text": text + "\n",
        }


def _tags(query: Query) -> tuple[str, ...]:
    tags = query.header.get("tags", ())
    return (tags,) if isinstance(tags, str) else tags


def _example(command: str) -> dict[str, str]:
    """The parameters of an example of the command line, by name."""
    import shlex

    words = shlex.split(command)
    pairs = (value.partition("=") for flag, value in pairwise(words) if flag == "-p")
    return {name: value for name, _, value in pairs}


def _page(language: Language, version: str) -> str:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    place = LANGUAGES.index(language)
    other = LANGUAGES[1 - place]
    say = {key: words[place] for key, words in PAGE.items()}
    about = {
        "@context": "https://schema.org",
        "@type": "WebPage",
        "@id": BASE + named(NAME, language),
        "name": say["title"],
        "inLanguage": language,
        "license": citation.LICENCE,
    }
    return environment.get_template("sparql.html.j2").render(
        lang=language,
        policy=POLICY,
        say=say,
        w=WORDS[language],
        languages=[(code, named(NAME, code)) for code in LANGUAGES],
        jsonld=Markup(_script(about)),
        scripts=SCRIPTS,
        home=named("index", language),
        menu=[(named(name, language), words, name == NAME) for name, words in MENU[language]],
        questions=named("vragen", language),
        other=named(NAME, other),
        other_lang=other,
        citing=named("citeren", language),
        version=version,
    )


def _script(value: Any) -> str:
    """JSON that can stand in a script, in a file or in a page."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _write(path: Path, text: str) -> None:
    path.write_text(text.replace("\r\n", "\n"), encoding="utf-8", newline="\n")
