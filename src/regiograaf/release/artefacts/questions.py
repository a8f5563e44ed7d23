"""The stored questions: as `.rq` files, in one archive, and as SHACL-AF executables.

Source: W3C SHACL Advanced Features, section 9 (SPARQL-based executables) for what others call `sh:SPARQLExecutable`;
the terms for plain queries are those of the SIB collection of SPARQL examples.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from regiograaf.errors import QueryError
from regiograaf.places import find_root
from regiograaf.prefixes import BASE
from regiograaf.queries import Query, read_all
from regiograaf.release.artefacts.artefact import Artefact
from regiograaf.release.artefacts.forms import MEDIA_TYPES
from regiograaf.release.citation import DATASET, LICENCE, Citation

__all__ = ["executable", "write_questions"]

_PREFIXES = """@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix rdfs:    <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema:  <https://schema.org/> .
@prefix sh:      <http://www.w3.org/ns/shacl#> .
@prefix xsd:     <http://www.w3.org/2001/XMLSchema#> .
"""


def write_questions(root: Path, folder: Path, citation: Citation) -> Iterator[Artefact]:
    """Write `dataset/vragen/NAME.rq`, `dataset/vragen.zip` and `dataset/vragen.ttl`.

    Raises QueryError for a question that is broken.
    """
    found, problems = read_all(find_root(root, "queries"))
    if problems:
        raise QueryError("\n".join(problems))
    home = folder / "dataset" / "vragen"
    home.mkdir(parents=True, exist_ok=True)
    header = citation.header()
    texts = {f"{name}.rq": header + query.text for name, query in sorted(found.items())}
    for name, text in texts.items():
        (home / name).write_text(text, encoding="utf-8", newline="\n")
    _archive(folder / "dataset" / "vragen.zip", texts, citation.released)
    body = "\n".join(executable(query) for _, query in sorted(found.items()))
    (folder / "dataset" / "vragen.ttl").write_text(
        f"{header}\n{_PREFIXES}\n<{DATASET}/vragen.ttl> dcterms:license <{LICENCE}> .\n\n{body}",
        encoding="utf-8",
        newline="\n",
    )
    yield Artefact(
        "dataset/vragen.ttl",
        MEDIA_TYPES["ttl"],
        {"nl": "Vragen als SHACL-AF", "en": "Questions as SHACL-AF"},
        {"nl": "De bewaarde vragen als sh:SPARQLExecutable.", "en": "The stored questions as sh:SPARQLExecutable."},
    )
    yield Artefact(
        "dataset/vragen.zip",
        MEDIA_TYPES["zip"],
        {"nl": "Vragen als SPARQL", "en": "Questions as SPARQL"},
        {
            "nl": "De bewaarde vragen, elk een bestand; ook los in dataset/vragen/.",
            "en": "The stored questions, one file each; also apart in dataset/vragen/.",
        },
    )


def executable(query: Query) -> str:
    """One question in Turtle: its text as `sh:select` or `sh:construct`, its parameters as `sh:parameter`.

    A parameter is the variable that has the local name of its path, as SHACL-AF reads it.
    """
    form = _form(query.text)
    iri = f"{BASE}vragen/{query.name}"
    header = query.header
    tags = header.get("tags", ())
    keywords = " , ".join(_quoted(tag) for tag in ((tags,) if isinstance(tags, str) else tags))
    lines = [
        f"<{iri}>",
        f"    a                sh:SPARQLExecutable , sh:SPARQL{form.capitalize()}Executable ;",
        f"    rdfs:label       {_quoted(header['summary'], 'nl')} , {_quoted(header['summary-en'], 'en')} ;",
        f"    rdfs:comment     {_quoted(header['question'], 'nl')} , {_quoted(header['question-en'], 'en')} ;",
        f"    schema:keywords  {keywords} ;",
        f"    rdfs:isDefinedBy <{DATASET}/vragen.ttl> ;",
    ]
    parameters = [(f"_{name.replace('-', '_')}_{kind}", kind) for name, kind in query.parameters]
    if parameters:
        lines.append(f"    sh:parameter     {' , '.join(f'<{iri}#parameter{name}>' for name, _ in parameters)} ;")
    lines.append(f'    sh:{form}        """{_escaped(query.text)}""" .')
    for name, kind in parameters:
        wanted = "sh:nodeKind sh:IRI" if kind == "iri" else "sh:datatype xsd:string"
        lines += ["", f"<{iri}#parameter{name}> a sh:Parameter ; sh:path <{iri}#{name}> ; {wanted} ."]
    return "\n".join(lines) + "\n"


def _form(text: str) -> str:
    """`select`, `ask` or `construct`: the first of these words outside comments and prefixes."""
    for line in text.splitlines():
        word = line.strip().split(" ", 1)[0].lower()
        if word in ("select", "ask", "construct"):
            return word
    raise QueryError(f"a question is neither SELECT, ASK nor CONSTRUCT: {text[:60]!r}. Put that word on its own line.")


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"""', '\\"\\"\\"').rstrip("\n") + "\n"


def _quoted(value: str | tuple[str, ...], language: str = "") -> str:
    text = value if isinstance(value, str) else " ".join(value)
    text = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"' + (f"@{language}" if language else "")


def _archive(path: Path, texts: Mapping[str, str], day: str) -> None:
    """An archive with the day of the release as time of every file, and not compressed: the same bytes anywhere."""
    year, month, date = (int(part) for part in day.split("-"))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name, text in texts.items():
            entry = zipfile.ZipInfo(f"vragen/{name}", (year, month, date, 0, 0, 0))
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            archive.writestr(entry, text.encode("utf-8"))
