"""Entities, terms and questions as HTML pages: what is known, who says so and where, and a way to the data.

All text of the data is escaped by the templates. A page asks nothing of any other server.
"""

from __future__ import annotations

import json
import re
import shlex
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import pairwise
from typing import Any
from urllib.parse import quote

import jinja2

from regiograaf.endpoint.description import rows
from regiograaf.pool import Pool
from regiograaf.prefixes import BASE, GRAPHS, ID, PREFIXES, shrink
from regiograaf.queries import Query
from regiograaf.workers import Job, Reply

__all__ = ["FailedError", "Pages", "local"]

_PREFIXES = "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in ("rdf", "rdfs", "rg", "skos", "owl", "dcterms"))
_MOST = 2_000
_TERMS_AT = BASE + "def"
_NAMES = "rdfs:label|skos:prefLabel"
_MODALITIES = (
    "bestaand",
    "in-ontwikkeling",
    "afgesproken",
    "voorgenomen",
    "aangeboden",
    "verzocht",
    "gewenst",
    "verwacht",
    "mogelijk",
    "beeindigd",
)

_PROPERTIES = f"""
    SELECT DISTINCT ?g ?p ?pl ?o ?ol (LANG(?o) AS ?language) (ISIRI(?o) AS ?linked) WHERE {{
      GRAPH ?g {{ <IRI> ?p ?o }}
      OPTIONAL {{ ?p rdfs:label ?pl FILTER(LANG(?pl) = "nl") }}
      OPTIONAL {{ ?o {_NAMES} ?ol FILTER(LANG(?ol) = "nl") }}
    }} ORDER BY ?pl ?p ?ol ?o LIMIT {_MOST}"""
_POINTING = f"""
    SELECT DISTINCT ?s ?sl ?p ?pl WHERE {{
      GRAPH <{GRAPHS}inferred> {{ ?s ?p <IRI> }}
      FILTER(?p != rdf:type)
      OPTIONAL {{ ?p rdfs:label ?pl FILTER(LANG(?pl) = "nl") }}
      OPTIONAL {{ ?s {_NAMES} ?sl FILTER(LANG(?sl) = "nl") }}
    }} ORDER BY ?pl ?p ?sl ?s LIMIT {_MOST}"""
_CLAIMS = f"""
    SELECT DISTINCT ?claim ?s ?sl ?p ?pl ?o ?ol ?m ?denied ?letter ?title ?section ?anchor ?begin ?quote ?text WHERE {{
      {{ SELECT DISTINCT ?claim ?only WHERE {{
           {{ VALUES ?role {{ rdf:subject rdf:object rg:geadresseerde rg:inProgramma rg:thema }} ?claim ?role <IRI> }}
           UNION {{ <IRI> rg:modaliteit ?any BIND(<IRI> AS ?claim) }}
           UNION {{ ?claim rg:bewijs <IRI> }}
           UNION {{ ?claim rg:bewijs/rg:uitBrief <IRI> BIND(<IRI> AS ?only) }} }} }}
      ?claim rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; rg:modaliteit ?m ; rg:bewijs ?e .
      ?e rg:uitBrief ?letter ; rg:sectie ?section ; rg:anker ?anchor ; rg:begin ?begin .
      FILTER(!BOUND(?only) || ?letter = ?only)
      OPTIONAL {{ ?claim rg:ontkend ?denied }}
      OPTIONAL {{ ?claim rg:parafrase ?text FILTER(LANG(?text) = "nl") }}
      OPTIONAL {{ ?e rg:citaat ?quote }}
      OPTIONAL {{ ?letter dcterms:alternative ?title }}
      OPTIONAL {{ ?s {_NAMES} ?sl FILTER(LANG(?sl) = "nl") }}
      OPTIONAL {{ ?p rdfs:label ?pl FILTER(LANG(?pl) = "nl") }}
      OPTIONAL {{ ?o {_NAMES} ?ol FILTER(LANG(?ol) = "nl") }}
    }} ORDER BY ?letter ?begin ?claim LIMIT {_MOST}"""
_TERMS = f"""
    SELECT ?t (SAMPLE(?k) AS ?kind) ?nl ?en ?dnl ?den (GROUP_CONCAT(DISTINCT STR(?up); separator=" ") AS ?above)
           (COUNT(DISTINCT ?deprecated) AS ?gone) WHERE {{
      GRAPH <{GRAPHS}ontologie> {{
        VALUES ?k {{ owl:Class owl:ObjectProperty owl:DatatypeProperty owl:AnnotationProperty }}
        ?t a ?k . FILTER(STRSTARTS(STR(?t), "{_TERMS_AT}#"))
        OPTIONAL {{ ?t rdfs:label ?nl FILTER(LANG(?nl) = "nl") }}
        OPTIONAL {{ ?t rdfs:label ?en FILTER(LANG(?en) = "en") }}
        OPTIONAL {{ ?t skos:definition ?dnl FILTER(LANG(?dnl) = "nl") }}
        OPTIONAL {{ ?t skos:definition ?den FILTER(LANG(?den) = "en") }}
        OPTIONAL {{ ?t rdfs:subClassOf|rdfs:subPropertyOf ?up FILTER(ISIRI(?up)) }}
        OPTIONAL {{ ?t owl:deprecated ?deprecated }}
      }} }} GROUP BY ?t ?nl ?en ?dnl ?den ORDER BY ?t"""
_ENTITIES = f"""
    SELECT ?s (SAMPLE(?label) AS ?name) (SAMPLE(?cl) AS ?class) (SAMPLE(?status) AS ?exists) WHERE {{
      GRAPH <{GRAPHS}entiteiten> {{ ?s a ?c . OPTIONAL {{ ?s rg:bestaansstatus ?status }} }}
      ?s {_NAMES} ?label FILTER(LANG(?label) = "nl")
      OPTIONAL {{ ?c rdfs:label ?cl FILTER(LANG(?cl) = "nl") }}
    }} GROUP BY ?s ORDER BY ?class ?name ?s LIMIT 20000"""
_LETTERS = """
    SELECT ?s ?name WHERE { ?s rg:sha256 ?digest ; dcterms:alternative ?name } ORDER BY ?name ?s LIMIT 5000"""
_HIDDEN = ("label", "prefLabel", "altLabel", "type", "bestaansstatus", "definition")
_KINDS = {
    "Class": "Klassen",
    "ObjectProperty": "Relaties",
    "DatatypeProperty": "Kenmerken",
    "AnnotationProperty": "Aantekeningen",
}


class FailedError(Exception):
    """A page's own query had no answer."""

    def __init__(self, reply: Reply) -> None:
        super().__init__(reply.message)
        self.reply = reply


def local(iri: str) -> str:
    """Where this server shows an IRI."""
    if iri.startswith(ID):
        return quote("/" + iri.removeprefix(BASE), safe="/%")
    if iri.startswith(_TERMS_AT + "#"):
        return "/def#" + quote(iri.removeprefix(_TERMS_AT + "#"))
    return f"/resource?iri={quote(iri, safe='')}"


@cache
def _templates() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("regiograaf.endpoint"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["local"] = local
    environment.filters["shrink"] = shrink
    return environment


class Pages:
    """Makes the pages from what the workers answer."""

    def __init__(self, pool: Pool, questions: Mapping[str, Query]) -> None:
        self._pool = pool
        self._questions = questions
        self._tabs: list[dict[str, str]] | None = None

    async def _rows(self, query: str, client: str, iri: str = "") -> list[dict[str, str]]:
        reply = await self._pool.ask(Job(_PREFIXES + query.replace("<IRI>", f"<{iri}>")), client)
        if reply.fault is not None:
            raise FailedError(reply)
        return rows(reply.body)

    async def entity(self, iri: str, client: str) -> str | None:
        """The page of an entity, claim, letter, concept or graph; None when nothing is known of it."""
        properties = [{"language": "", **row} for row in await self._rows(_PROPERTIES, client, iri)]
        if not properties and not iri.startswith(GRAPHS):
            return None
        pointing = await self._rows(_POINTING, client, iri)
        claims = await self._rows(_CLAIMS, client, iri)
        inferred = [row for row in properties if row["g"] == GRAPHS + "inferred"]
        stated = [row for row in properties if not row["g"].startswith(GRAPHS + "inferred")]
        inferred = [row for row in inferred if _last(row["p"]) != "type"]
        names = [row["o"] for row in stated if _last(row["p"]) in ("label", "prefLabel") and row["language"] == "nl"]
        names += [row["o"] for row in stated if _last(row["p"]) in ("alternative", "title", "prefLabel", "label")]
        return (
            _templates()
            .get_template("entity.html.j2")
            .render(
                iri=iri,
                title=names[0] if names else shrink(iri),
                classes=_unique(
                    (row["o"], row.get("ol") or shrink(row["o"])) for row in stated if _last(row["p"]) == "type"
                ),
                status=[
                    (row["o"], row.get("ol") or shrink(row["o"]))
                    for row in stated
                    if _last(row["p"]) == "bestaansstatus"
                ],
                aliases=_unique((row["o"], row["language"]) for row in stated if _last(row["p"]) == "altLabel"),
                definitions=_unique((row["o"], row["language"]) for row in stated if _last(row["p"]) == "definition"),
                properties=_grouped(row for row in stated if _last(row["p"]) not in _HIDDEN),
                claims=_by_modality(claims),
                cut=len(claims) >= _MOST,
                inferred=[
                    *(
                        (iri, "", row["p"], row.get("pl"), row["o"], row.get("ol"))
                        for row in inferred
                        if row["linked"] == "true"
                    )
                ],
                pointing=[(row["s"], row.get("sl"), row["p"], row.get("pl"), iri, "") for row in pointing],
                files=_files(iri),
            )
        )

    async def entities(self, client: str) -> str:
        """All letters, and all entities by class."""
        by_class = defaultdict(list)
        for row in await self._rows(_ENTITIES, client):
            by_class[row.get("class", "")].append(row)
        letters = await self._rows(_LETTERS, client)
        return _templates().get_template("entities.html.j2").render(by_class=dict(by_class), letters=letters)

    async def terms(self, client: str) -> str:
        """The ontology as a list of terms with their definitions."""
        kinds: dict[str, list[dict[str, Any]]] = {words: [] for words in _KINDS.values()}
        for row in await self._rows(_TERMS, client):
            words = _KINDS.get(_last(row["kind"]))
            if words:
                kinds[words].append({**row, "above": row.get("above", "").split()})
        return _templates().get_template("terms.html.j2").render(kinds=kinds, iri=_TERMS_AT, files=_files(_TERMS_AT))

    async def why(self, triple: tuple[str, str, str], tree: str) -> str:
        """The page that explains a triple."""
        return _templates().get_template("why.html.j2").render(triple=triple, tree=tree)

    async def query(self, client: str) -> str:
        """The page to ask from, with a tab for each stored question."""
        if self._tabs is None:
            self._tabs = await self._make_tabs(client)
        return (
            _templates()
            .get_template("query.html.j2")
            .render(
                settings=json.dumps(
                    {"tabs": self._tabs, "prefixes": dict(PREFIXES)}, ensure_ascii=False, sort_keys=True
                ).replace("<", "\\u003c")
            )
        )

    async def _make_tabs(self, client: str) -> list[dict[str, str]]:
        examples = {name: _example(query) for name, query in self._questions.items()}
        wanted = sorted({value for values in examples.values() for value in values.values()})
        values = " ".join(
            f"{json.dumps(value, ensure_ascii=False)}{tag}" for value in wanted for tag in ("@nl", "@en", "")
        )
        found: dict[str, str] = {}
        if wanted:
            names = "rdfs:label|skos:prefLabel|skos:altLabel|skos:notation"
            query = (
                f"SELECT DISTINCT ?name ?s WHERE {{ VALUES ?name {{ {values} }} ?s {names} ?name }} ORDER BY ?name ?s"
            )
            for row in await self._rows(query, client):
                found.setdefault(row["name"], row["s"])
        return [_tab(query, examples[name], found) for name, query in self._questions.items()]


def _example(query: Query) -> dict[str, str]:
    """The values of the parameters in the example of a question's header."""
    try:
        words = shlex.split(str(query.header.get("example") or ""))
    except ValueError:
        return {}
    return dict(word.partition("=")[::2] for before, word in pairwise(words) if before == "-p" and "=" in word)


def _tab(query: Query, example: Mapping[str, str], found: Mapping[str, str]) -> dict[str, str]:
    """The text of a question, its parameters filled in with the example and explained."""
    lines, values = [f"# {query.header.get('question', query.name)}"], {}
    for name, kind in query.parameters:
        value = example.get(name, "")
        what = "een IRI" if kind == "iri" else "een tekst"
        if kind == "iri" and value in found:
            values[name] = f"<{found[value]}>"
        elif kind == "string" and value:
            values[name] = json.dumps(value, ensure_ascii=False)
        where = (
            f"; hier {values[name]} ({value}). Een andere? Zoek op /id/"
            if name in values
            else "; vul in op de plaats van"
        )
        lines.append(f"# {name}: {what}{where}{'' if name in values else f' ?_{name}_{kind}'}.")
    text = "\n".join(line for line in query.text.splitlines() if not line.startswith("#+")).strip()
    for name, kind in query.parameters:
        if name in values:
            value = values[name].replace("\\", r"\\")
            text = re.sub(rf"[?$]_{name.replace('-', '_')}_{kind}\b", value, text)
    return {"name": query.name, "summary": str(query.header.get("summary", "")), "text": "\n".join([*lines, text, ""])}


def _last(iri: str) -> str:
    return re.split(r"[/#]", iri)[-1]


def _unique(items: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return list(dict.fromkeys(items))


def _files(iri: str) -> list[tuple[str, str]]:
    """Addresses of an entity's data."""
    where = local(iri)
    names = (("Turtle", "ttl"), ("JSON-LD", "jsonld"), ("N-Triples", "nt"))
    if "?" in where:
        return [(name, f"{where}&form={extension}") for name, extension in names]
    return [(name, f"{where}.{extension}") for name, extension in names]


def _grouped(properties: Iterable[dict[str, str]]) -> list[tuple[str, str, list[dict[str, str]]]]:
    """Values by relation; each value once, whatever graphs have it."""
    found: dict[str, tuple[str, str, dict[str, dict[str, str]]]] = {}
    for row in properties:
        entry = found.setdefault(row["p"], (row["p"], row.get("pl") or shrink(row["p"]), {}))
        entry[2].setdefault(row["o"] + row["language"], row)
    return [(iri, name, list(values.values())) for iri, name, values in found.values()]


def _by_modality(claims: Iterable[dict[str, str]]) -> list[tuple[str, list[dict[str, Any]]]]:
    """Claims, each with its passages, in the order of modalities."""
    found: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
    for row in claims:
        modality = _last(row["m"])
        claim = found[modality].setdefault(row["claim"], {**row, "passages": {}})
        claim["passages"].setdefault((row["letter"], row["begin"]), row)
    order = [*_MODALITIES, *sorted(set(found) - set(_MODALITIES))]
    return [(name, list(found[name].values())) for name in order if name in found]
