"""What a release says of itself, held against the data, the files, and the rules of DCAT-AP-NL, VoID and PROV."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, RDF, RDFS, SKOS, XSD, Namespace

from regiograaf import __version__, shapes
from regiograaf.claims import Triple
from regiograaf.dataset import Build, compile_project, nquads, read_project, to_store
from regiograaf.errors import ReleaseError, SourceError
from regiograaf.namespaces import BASE, DEF, GRAPH, ID, TOOI
from regiograaf.release import artefacts as files
from regiograaf.release import citation as cited
from regiograaf.release.artefacts import Artefact
from regiograaf.release.description import schema_org, write
from regiograaf.release.description.catalogue import catalogue as catalogue_of
from tests.conftest import REPO, TINY

DCAT = Namespace("http://www.w3.org/ns/dcat#")
FOAF = Namespace("http://xmlns.com/foaf/0.1/")
PROV = Namespace("http://www.w3.org/ns/prov#")
SPDX = Namespace("http://spdx.org/rdf/terms#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
VOID = Namespace("http://rdfs.org/ns/void#")
DATASET = URIRef(BASE + "dataset")
CATALOGUE = URIRef(BASE + "catalogus")
EU = "http://publications.europa.eu/resource/authority/"
DOCUMENTS = ("catalogus", "dataset/void", "dataset/herkomst")


@pytest.fixture(scope="module")
def made() -> Build:
    return compile_project(read_project(REPO))


@pytest.fixture(scope="module")
def some(made: Build) -> tuple[Artefact, ...]:
    """Artefacts of every kind; what is in the files does not matter here."""
    every = tuple(sorted(made.graphs))
    letters = tuple(graph for graph in every if graph.startswith(GRAPH["brief/"]))

    def one(path: str, media_type: str, graphs: tuple[URIRef, ...] = ()) -> Artefact:
        return Artefact(
            path, media_type, {"nl": f"nl {path}", "en": f"en {path}"}, {"nl": "Iets.", "en": "It."}, graphs
        )

    return (
        one("dataset/SHA256SUMS", "text/plain"),
        one("dataset/asserted.nt", "application/n-triples", (GRAPH["asserted"],)),
        one("dataset/claims-rdf12.ttl", 'text/turtle;version="1.2"', letters),
        one("dataset/claims.csv", "text/csv", letters),
        one("dataset/claims.csv-metadata.json", "application/csvm+json"),
        one("dataset/claims.parquet", "application/vnd.apache.parquet", letters),
        *(one(f"dataset/graven/{g.removeprefix(str(GRAPH))}.ttl", "text/turtle", (g,)) for g in every),
        one("dataset/linksets/tooi.ttl", "text/turtle", (GRAPH["links"],)),
        one("dataset/regiograaf.nq", "application/n-quads", every),
        one("dataset/vragen.ttl", "text/turtle"),
        one("dataset/vragen.zip", "application/zip"),
        one("def.ttl", "text/turtle", (GRAPH["ontologie"],)),
        one("def/shapes.ttl", "text/turtle"),
    )


@pytest.fixture(scope="module")
def folder(made: Build, some: tuple[Artefact, ...], tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("release")
    for artefact in some:
        path = out / artefact.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(artefact.path, encoding="utf-8")
    write(made, some, out)
    return out


@pytest.fixture(scope="module")
def tiny_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Real artefacts, described."""
    out = tmp_path_factory.mktemp("tiny")
    build = compile_project(read_project(TINY))
    write(build, files.write(build, out), out)
    return out


def read(folder: Path, name: str) -> Graph:
    return Graph(bind_namespaces="none").parse(folder / f"{name}.ttl", format="turtle")


@pytest.fixture(scope="module")
def catalogue(folder: Path) -> Graph:
    return read(folder, "catalogus")


@pytest.fixture(scope="module")
def void(folder: Path) -> Graph:
    return read(folder, "dataset/void")


@pytest.fixture(scope="module")
def herkomst(folder: Path) -> Graph:
    return read(folder, "dataset/herkomst")


# DCAT-AP-NL 3.0 (Geonovum, 2024-12-12): class, property, fewest and most values, what a value looks like.

Rule = tuple[URIRef, URIRef, int, int, str]

RULES = (
    (DCAT.Catalog, DCTERMS.title, 1, 9, "literal"),
    (DCAT.Catalog, DCTERMS.description, 1, 9, "literal"),
    (DCAT.Catalog, DCTERMS.publisher, 1, 1, FOAF.Agent),
    (DCAT.Catalog, DCTERMS.creator, 1, 1, FOAF.Agent),
    (DCAT.Catalog, DCAT.contactPoint, 1, 1, VCARD.Kind),
    (DCAT.Catalog, DCAT.dataset, 1, 9, DCAT.Dataset),
    (DCAT.Catalog, DCTERMS.issued, 0, 1, "date"),
    (DCAT.Catalog, DCTERMS.modified, 0, 1, "date"),
    (DCAT.Dataset, DCTERMS.title, 1, 9, "literal"),
    (DCAT.Dataset, DCTERMS.description, 1, 9, "literal"),
    (DCAT.Dataset, DCTERMS.identifier, 1, 1, "literal"),
    (DCAT.Dataset, DCTERMS.accessRights, 1, 1, EU + "access-right/"),
    (DCAT.Dataset, DCAT.contactPoint, 1, 1, VCARD.Kind),
    (DCAT.Dataset, DCTERMS.creator, 1, 9, FOAF.Agent),
    (DCAT.Dataset, DCTERMS.publisher, 1, 1, FOAF.Agent),
    (DCAT.Dataset, DCAT.theme, 1, 9, EU + "data-theme/"),
    (DCAT.Dataset, DCAT.version, 0, 1, "literal"),
    (DCAT.Dataset, DCTERMS.issued, 0, 1, "date"),
    (DCAT.Dataset, DCTERMS.modified, 0, 1, "date"),
    (DCAT.Dataset, DCTERMS.language, 1, 9, EU + "language/"),
    (DCAT.Dataset, DCTERMS.conformsTo, 1, 9, DCTERMS.Standard),
    (DCAT.Dataset, DCAT.landingPage, 1, 9, FOAF.Document),
    (DCAT.Dataset, FOAF.page, 1, 9, FOAF.Document),
    (DCAT.Dataset, DCAT.distribution, 1, 999, DCAT.Distribution),
    (DCAT.Distribution, DCAT.accessURL, 1, 1, BASE),
    (DCAT.Distribution, DCAT.downloadURL, 1, 1, BASE),
    (DCAT.Distribution, DCTERMS.license, 1, 1, "https://creativecommons.org/"),
    (DCAT.Distribution, DCTERMS.title, 1, 2, "literal"),
    (DCAT.Distribution, DCTERMS.description, 1, 2, "literal"),
    (DCAT.Distribution, DCTERMS["format"], 1, 1, EU + "file-type/"),
    (DCAT.Distribution, DCAT.mediaType, 1, 1, "https://www.iana.org/assignments/media-types/"),
    (DCAT.Distribution, DCAT.byteSize, 1, 1, "size"),
    (DCAT.Distribution, DCTERMS.language, 1, 9, EU + "language/"),
    (DCAT.Distribution, DCTERMS.conformsTo, 0, 9, DCTERMS.Standard),
    (DCAT.Distribution, SPDX.checksum, 1, 1, SPDX.Checksum),
    (SPDX.Checksum, SPDX.algorithm, 1, 1, str(SPDX.checksumAlgorithm_sha256)),
    (SPDX.Checksum, SPDX.checksumValue, 1, 1, "hash"),
    (VCARD.Kind, VCARD.fn, 1, 1, "literal"),
    (VCARD.Kind, VCARD.hasURL, 1, 1, BASE),
    (FOAF.Agent, FOAF.name, 1, 1, "literal"),
    # what the EU's shapes of DCAT-AP 3.0.0 ask besides: the class of values, also of those that others describe
    (DCAT.Catalog, FOAF.homepage, 1, 1, FOAF.Document),
    (DCAT.Catalog, DCTERMS.spatial, 1, 9, DCTERMS.Location),
    (DCAT.Catalog, DCAT.themeTaxonomy, 1, 9, SKOS.ConceptScheme),
    (DCAT.Dataset, DCTERMS.spatial, 1, 9, DCTERMS.Location),
    (DCAT.Dataset, DCAT.theme, 1, 9, SKOS.Concept),
    (DCAT.Dataset, DCTERMS.accessRights, 1, 1, DCTERMS.RightsStatement),
    (DCAT.Dataset, PROV.wasGeneratedBy, 1, 1, PROV.Activity),
    (DCAT.Distribution, DCAT.accessURL, 1, 1, RDFS.Resource),
    (DCAT.Distribution, DCAT.downloadURL, 1, 1, RDFS.Resource),
    (SPDX.Checksum, SPDX.algorithm, 1, 1, SPDX.ChecksumAlgorithm),
    (SKOS.Concept, SKOS.prefLabel, 1, 9, "literal"),
    (SKOS.ConceptScheme, DCTERMS.title, 1, 9, "literal"),
)
TYPES = {"date": XSD.date, "size": XSD.nonNegativeInteger, "hash": XSD.hexBinary}


def wrong(graph: Graph, rule: Rule) -> list[str]:
    """The nodes that break a rule."""
    kind, p, least, most, form = rule
    found = []
    for node in graph.subjects(RDF.type, kind):
        values = list(graph.objects(node, p))
        if not least <= len(values) <= most or not all(fits(graph, value, form) for value in values):
            found.append(str(node))
    return found


def fits(graph: Graph, value: object, form: str) -> bool:
    if isinstance(form, URIRef):
        return (value, RDF.type, form) in graph
    if form in TYPES:
        return isinstance(value, Literal) and value.datatype == TYPES[form]
    return isinstance(value, Literal) if form == "literal" else str(value).startswith(form)


def name(rule: Rule) -> str:
    return "-".join(term.replace("#", "/").rpartition("/")[2] for term in rule[:2])


@pytest.mark.parametrize("rule", RULES, ids=name)
def test_the_catalogue_keeps_the_rules_of_dcat_ap_nl(catalogue: Graph, rule: Rule) -> None:
    kind, p, least, _, _ = rule
    assert (None, RDF.type, kind) in catalogue
    assert wrong(catalogue, rule) == []
    broken = Graph() + catalogue
    if least:
        broken.remove((None, p, None))
    else:
        node = next(broken.subjects(RDF.type, kind))
        for number in range(rule[3] + 1):
            broken.add((node, p, Literal(number)))
    assert wrong(broken, rule) != []


def test_the_catalogue_breaks_none_of_our_shapes_and_would_without_a_licence(catalogue: Graph, made: Build) -> None:
    rules = shapes.read((REPO / shapes.FILE).read_text(encoding="utf-8"))
    with_themes = [*catalogue, *made.graphs[GRAPH["themas"]]]  # whose list it names
    assert [result for result in shapes.validate(with_themes, rules) if result.level != "info"] == []
    node = URIRef(BASE + "dataset/claims.csv")
    without = [triple for triple in with_themes if triple[:2] != (node, DCTERMS.license)]
    assert {(r.shape, r.focus) for r in shapes.validate(without, rules)} == {("distribution-licence", str(node))}


def test_dates_version_and_citation_are_those_of_citation_cff(catalogue: Graph) -> None:
    citation = cited.read(REPO)
    day = Literal(citation.released, datatype=XSD.date)
    dated = {(s, p) for s, p, o in catalogue if isinstance(o, Literal) and o.datatype == XSD.date}
    files_ = set(catalogue.subjects(RDF.type, DCAT.Distribution))
    assert dated == {(s, p) for s in (DATASET, CATALOGUE) for p in (DCTERMS.issued, DCTERMS.modified)} | {
        (s, DCTERMS.issued) for s in files_
    }
    assert {o for s, p, o in catalogue if (s, p) in dated} == {day}
    assert catalogue.value(DATASET, DCAT.version) == Literal(citation.version)
    assert catalogue.value(DATASET, DCTERMS.bibliographicCitation) == Literal(citation.text)
    publisher = catalogue.value(DATASET, DCTERMS.publisher)
    assert str(catalogue.value(publisher, FOAF.name)) == citation.publisher
    assert str(catalogue.value(catalogue.value(DATASET, DCAT.contactPoint), VCARD.fn)) == citation.contact


def test_authors_are_persons_or_organisations_as_citation_cff_says(tiny: Path) -> None:
    text = (REPO / "CITATION.cff").read_text(encoding="utf-8")
    authors = (
        "authors:\n  - name: regiograaf\n  - given-names: Ada\n    name-particle: van\n    family-names: Dijk\n"
        "    orcid: https://orcid.org/0000-0000-0000-0000\n  - given-names: Bo\n    family-names: Ek\n"
    )
    (tiny / "CITATION.cff").write_text(text.replace('authors:\n  - name: "regiograaf"\n', authors, 1), encoding="utf-8")
    build = compile_project(read_project(tiny))
    assert schema_org(build, ())["creator"] == [
        {"@type": "Organization", "name": "regiograaf"},
        {
            "@type": "Person",
            "@id": "https://orcid.org/0000-0000-0000-0000",
            "name": "Ada van Dijk",
            "givenName": "Ada",
            "familyName": "van Dijk",
        },
        {"@type": "Person", "name": "Bo Ek", "givenName": "Bo", "familyName": "Ek"},
    ]
    assert schema_org(build, ())["publisher"]["@type"] == "Organization"
    found = Graph(bind_namespaces="none")
    for triple in catalogue_of(build, (), tiny, cited.read(tiny)):
        found.add(triple)
    creators = {
        str(found.value(node, FOAF.name)): set(found.objects(node, RDF.type)) & {FOAF.Person, FOAF.Organization}
        for node in found.objects(DATASET, DCTERMS.creator)
    }
    assert creators == {"regiograaf": {FOAF.Organization}, "Ada van Dijk": {FOAF.Person}, "Bo Ek": {FOAF.Person}}
    assert URIRef("https://orcid.org/0000-0000-0000-0000") in set(found.objects(DATASET, DCTERMS.creator))
    assert len(list(found.objects(CATALOGUE, DCTERMS.creator))) == 1
    assert "Ada van Dijk" in cited.read(tiny).text


def test_another_date_in_citation_cff_gives_another_catalogue_and_nothing_else(tiny: Path, tmp_path: Path) -> None:
    text = (REPO / "CITATION.cff").read_text(encoding="utf-8")
    found = []
    for day in ("2026-11-21", "2031-02-03"):
        (tiny / "CITATION.cff").write_text(text.replace("2026-11-21", day), encoding="utf-8")
        out = tmp_path / day
        out.mkdir()
        write(compile_project(read_project(tiny)), (), out)
        found.append({path.name: path.read_text(encoding="utf-8") for path in out.rglob("*") if path.is_file()})
    first, second = found
    changed = {key for key in first if first[key] != second[key]}
    assert changed == {key for key in first if not key.endswith(".jsonld")} | {"catalogus.jsonld"}
    assert {a for key in changed for a, b in zip(first[key].split(), second[key].split(), strict=True) if a != b} <= {
        '"2026-11-21"^^xsd:date',
        "(2026).",
        '"2026-11-21"}],"http://purl.org/dc/terms/license":',
    } | {word for word in first["catalogus.jsonld"].split() if "2026" in word}


def test_what_the_project_states_stays_and_what_it_dates_itself_wins(made: Build, tmp_path: Path) -> None:
    stated = (DATASET, DCTERMS.issued, Literal("2020-01-01", datatype=XSD.date))
    graphs = {**made.graphs, GRAPH["catalogus"]: made.graphs[GRAPH["catalogus"]] | {stated}}
    write(Build(made.project, {}, graphs), (), tmp_path)
    found = read(tmp_path, "catalogus")
    assert list(found.objects(DATASET, DCTERMS.issued)) == [stated[2]]
    elsewhere = (DCAT.distribution, DCTERMS.spatial)
    kept = {t for t in graphs[GRAPH["catalogus"]] if "regiograaf." not in t[0] and t[1] not in elsewhere}
    assert kept <= set(found)


def test_the_area_is_the_place_that_the_eu_names_and_not_the_body_that_governs_it(
    catalogue: Graph, made: Build, tmp_path: Path
) -> None:
    province, place = URIRef(TOOI + "provincie/pv28"), URIRef(EU + "atu/NLD_PR_ZUIH")
    for node in (DATASET, CATALOGUE):
        assert set(catalogue.objects(node, DCTERMS.spatial)) == {place}
    assert (place, RDF.type, DCTERMS.Location) in catalogue
    assert (province, None, None) not in catalogue
    # without the link there is no other name, and none is made up
    unlinked = {**made.graphs, GRAPH["links"]: frozenset[Triple]()}
    write(Build(made.project, {}, unlinked), (), tmp_path)
    found = read(tmp_path, "catalogus")
    assert set(found.objects(None, DCTERMS.spatial)) == {province}
    assert (province, RDF.type, None) not in found


def test_themes_have_a_class_where_they_have_a_name(catalogue: Graph, made: Build, tmp_path: Path) -> None:
    themes, lists = set(catalogue.objects(DATASET, DCAT.theme)), set(catalogue.objects(CATALOGUE, DCAT.themeTaxonomy))
    assert set(catalogue.subjects(RDF.type, SKOS.Concept)) == themes
    assert set(catalogue.subjects(RDF.type, SKOS.ConceptScheme)) == lists
    for theme in themes:
        assert {label.language for label in catalogue.objects(theme, SKOS.prefLabel)} == {"nl", "en"}
    own = URIRef(ID + "schema/themas")
    assert own in lists
    assert set(catalogue.objects(own, DCTERMS.title)) == {
        o for s, p, o in made.graphs[GRAPH["themas"]] if s == own and p == DCTERMS.title
    }
    other = (DATASET, DCAT.theme, URIRef(EU + "data-theme/ELSE"))
    graphs = {**made.graphs, GRAPH["catalogus"]: made.graphs[GRAPH["catalogus"]] | {other}}
    write(Build(made.project, {}, graphs), (), tmp_path)
    assert (other[2], RDF.type, None) not in read(tmp_path, "catalogus")


def test_each_artefact_is_one_distribution_that_says_what_it_follows(
    catalogue: Graph, some: tuple[Artefact, ...]
) -> None:
    nodes = {URIRef(BASE + artefact.path) for artefact in some}
    assert set(catalogue.objects(DATASET, DCAT.distribution)) == nodes
    assert set(catalogue.subjects(RDF.type, DCAT.Distribution)) == nodes

    def follows(path: str) -> set[str]:
        return {str(standard) for standard in catalogue.objects(URIRef(BASE + path), DCTERMS.conformsTo)}

    assert follows("dataset/regiograaf.nq") == {str(DEF), f"{DEF}/shapes"}
    assert follows("dataset/asserted.nt") == {str(DEF)}
    assert follows("def.ttl") == {"http://www.w3.org/2002/07/owl#"}
    assert follows("def/shapes.ttl") == follows("dataset/vragen.ttl") == {"http://www.w3.org/ns/shacl#"}
    assert follows("dataset/claims.csv") == {"http://www.w3.org/ns/csvw"}
    assert follows("dataset/SHA256SUMS") == set()


def test_media_type_and_format_are_those_of_the_file(catalogue: Graph) -> None:
    def of(path: str) -> tuple[str, str]:
        node = URIRef(BASE + path)
        return tuple(  # type: ignore[return-value]
            str(catalogue.value(node, p)).partition("media-types/" if p == DCAT.mediaType else "file-type/")[2]
            for p in (DCAT.mediaType, DCTERMS["format"])
        )

    assert of("dataset/claims-rdf12.ttl") == ("text/turtle", "RDF_TURTLE")
    assert of("dataset/regiograaf.nq") == ("application/n-quads", "RDF_N_QUADS")
    assert of("dataset/claims.parquet") == ("application/vnd.apache.parquet", "PARQUET")
    assert of("dataset/claims.csv-metadata.json") == ("application/csvm+json", "JSON")


def test_size_and_checksum_are_those_of_the_released_file(tiny_folder: Path) -> None:
    graph = read(tiny_folder, "catalogus")
    nodes = sorted(graph.subjects(RDF.type, DCAT.Distribution))
    assert len(nodes) > 30
    for node in nodes:
        data = (tiny_folder / node.removeprefix(BASE)).read_bytes()
        assert str(graph.value(node, DCAT.byteSize)) == str(len(data)), node
        checksum = graph.value(graph.value(node, SPDX.checksum), SPDX.checksumValue)
        assert str(checksum) == hashlib.sha256(data).hexdigest(), node


def test_a_project_that_does_not_describe_itself_gets_what_citation_cff_gives_and_no_more(tiny_folder: Path) -> None:
    graph = read(tiny_folder, "catalogus")
    assert graph.value(DATASET, DCTERMS.title) == Literal(cited.read(TINY).title)
    assert [graph.value(DATASET, p) for p in (DCTERMS.publisher, DCAT.contactPoint, DCTERMS.spatial)] == [None] * 3
    said = schema_org(compile_project(read_project(TINY)), ())
    assert said["name"] == cited.read(TINY).title
    assert not {"description", "spatialCoverage", "keywords", "distribution"} & said.keys()


def test_an_artefact_without_its_file_is_an_error_that_says_what_to_do(made: Build, tmp_path: Path) -> None:
    missing = Artefact("dataset/niets.nq", "application/n-quads", {"nl": "", "en": ""}, {"nl": "", "en": ""})
    with pytest.raises(ReleaseError, match=r"niets\.nq: No such file.* Write the artefacts before"):
        write(made, (missing,), tmp_path)


def test_a_broken_citation_is_an_error(tiny: Path, tmp_path: Path) -> None:
    (tiny / "CITATION.cff").write_text("title: x\n", encoding="utf-8")
    with pytest.raises(SourceError, match="is missing"):
        write(compile_project(read_project(tiny)), (), tmp_path)


# The documents


@pytest.mark.parametrize("document", DOCUMENTS)
def test_json_ld_says_the_same_and_no_node_is_without_a_name(folder: Path, document: str) -> None:
    turtle = set(ox.parse(path=f"{folder}/{document}.ttl", format=ox.RdfFormat.TURTLE))
    other = set(ox.parse(path=f"{folder}/{document}.jsonld", format=ox.RdfFormat.JSON_LD))
    assert turtle == other
    assert not any(isinstance(term, ox.BlankNode) for quad in turtle for term in (quad.subject, quad.object))


def test_raptor_and_n3_read_every_description_without_a_warning(folder: Path) -> None:
    files_ = [folder / f"{document}.ttl" for document in DOCUMENTS] + [folder / ".well-known" / "void"]
    size = {path: sum(1 for _ in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)) for path in files_}
    rapper, node = shutil.which("rapper"), shutil.which("node")
    assert rapper, "no rapper. Install raptor2-utils; tests/run does."
    assert node, "no node. Install nodejs; tests/run does."
    for path in files_:
        command = [rapper, "-q", "-i", "turtle", "-o", "ntriples", str(path)]
        run = subprocess.run(command, capture_output=True, text=True)
        assert (run.returncode, run.stderr) == (0, ""), path
        assert run.stdout.count("\n") == size[path], path
    command, where = [node, "parse.mjs"], REPO / "tests" / "node"
    run = subprocess.run(command, cwd=where, input="\n".join(map(str, files_)), capture_output=True, text=True)
    assert run.stderr == ""
    assert {Path(name): number for name, number in json.loads(run.stdout).items()} == size


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_document_has_its_licence_and_begins_with_what_it_is_about(folder: Path, document: str) -> None:
    text = (folder / f"{document}.ttl").read_text(encoding="utf-8")
    assert text.startswith(cited.read(REPO).header())
    body = next(line for line in text.splitlines() if line and not line.startswith(("#", "@prefix")))
    assert body.startswith(f"<{BASE}{document}> ")
    assert "creativecommons.org/licenses/by/4.0/" in text


def test_the_well_known_address_has_the_statistics(folder: Path) -> None:
    assert (folder / ".well-known" / "void").read_bytes() == (folder / "dataset" / "void.ttl").read_bytes()


def test_the_same_build_gives_the_same_bytes_whatever_the_order_of_sets(tmp_path: Path) -> None:
    code = (
        "import sys, pathlib; from regiograaf.dataset import *; from regiograaf.release.description import *; "
        "from regiograaf.release.artefacts import Artefact; from regiograaf.release import artefacts; import json; "
        "b = compile_project(read_project(pathlib.Path(sys.argv[1]))); o = pathlib.Path(sys.argv[2]); o.mkdir(); "
        "t = {'nl': 'a', 'en': 'b'}; (o / 'x.ttl').write_text('x'); "
        "a = (Artefact('x.ttl', 'text/turtle', t, t, tuple(b.graphs)),); "
        "write(b, a, o); (o / 'pages.json').write_text(json.dumps(schema_org(b, a)))"
    )
    found = []
    for seed in ("0", "3"):
        out = tmp_path / seed
        env = {**os.environ, "PYTHONHASHSEED": seed}
        subprocess.run([sys.executable, "-c", code, str(REPO / "examples"), str(out)], check=True, env=env)
        found.append({str(path.relative_to(out)): path.read_bytes() for path in out.rglob("*") if path.is_file()})
    assert found[0] == found[1]
    assert len(found[0]) == 9


# VoID, counted again by another engine


@pytest.fixture(scope="module")
def counted(made: Build) -> ox.Store:
    return to_store(nquads(made.graphs))


def asked(store: ox.Store, where: str, what: str) -> int:
    return int(next(iter(store.query(f"SELECT ({what} AS ?n) WHERE {{ {where} }}")))[0].value)  # type: ignore[index]


def numbers(graph: Graph, node: URIRef) -> dict[str, int]:
    names = ("triples", "entities", "classes", "properties", "distinctSubjects", "distinctObjects")
    return {key: int(str(graph.value(node, VOID[key]))) for key in names}


@pytest.mark.parametrize("key", ["", "asserted", "brief/leidse-regio", "entiteiten", "inferred", "links", "ontologie"])
def test_counts_and_partitions_are_what_sparql_counts(made: Build, void: Graph, counted: ox.Store, key: str) -> None:
    node = GRAPH[key] if key else DATASET
    # Oxigraph's store makes one value of 1 as an integer and 1 as a non-negative integer.
    lines = nquads({node: made.graphs[node]} if key else made.graphs).decode("utf-8").splitlines()
    objects = {line.split(" ", 2)[2].rsplit(" ", 2)[0] for line in lines}
    at = f"GRAPH <{node}> {{ %s }}" if key else "%s"
    every, typed = at % "?s ?p ?o", at % "?s a ?c"
    spaces = " || ".join(f'STRSTARTS(STR(?s), "{space}")' for space in (f"{DEF}#", ID, TOOI))
    assert numbers(void, node) == {
        "triples": asked(counted, every, "COUNT(*)"),
        "entities": asked(counted, f"{every} FILTER({spaces})", "COUNT(DISTINCT ?s)"),
        "classes": asked(counted, typed, "COUNT(DISTINCT ?c)"),
        "properties": asked(counted, every, "COUNT(DISTINCT ?p)"),
        "distinctSubjects": asked(counted, every, "COUNT(DISTINCT ?s)"),
        "distinctObjects": len(objects),
    }
    for kind, term, unit, group in (
        (VOID.classPartition, VOID["class"], VOID.entities, f"SELECT ?c (COUNT(?s) AS ?n) {{ {typed} }} GROUP BY ?c"),
        (VOID.propertyPartition, VOID.property, VOID.triples, f"SELECT ?p (COUNT(*) AS ?n) {{ {every} }} GROUP BY ?p"),
    ):
        parts = list(void.objects(node, kind))
        said = {str(void.value(part, term)): int(str(void.value(part, unit))) for part in parts}
        rows = counted.query(group)
        assert said == {row[0].value: int(row[1].value) for row in rows}  # type: ignore[union-attr,index]
        assert len(said) == len(parts)


def test_every_graph_is_a_subset_with_both_labels_and_its_file(void: Graph, made: Build) -> None:
    linksets = set(void.subjects(RDF.type, VOID.Linkset))
    assert set(void.objects(DATASET, VOID.subset)) - linksets == set(made.graphs)
    for graph in made.graphs:
        assert {label.language for label in void.objects(graph, RDFS.label)} == {"nl", "en"}
        assert URIRef(f"{BASE}dataset/graven/{graph.removeprefix(str(GRAPH))}.ttl") in set(
            void.objects(graph, VOID.dataDump)
        )


def test_the_dump_of_the_dataset_holds_all_graphs_and_is_rdf_that_any_tool_reads(void: Graph) -> None:
    assert set(void.objects(DATASET, VOID.dataDump)) == {URIRef(BASE + "dataset/regiograaf.nq")}
    assert set(void.objects(GRAPH["asserted"], VOID.dataDump)) == {
        URIRef(BASE + "dataset/asserted.nt"),
        URIRef(BASE + "dataset/graven/asserted.ttl"),
    }
    assert set(void.objects(GRAPH["links"], VOID.dataDump)) == {URIRef(BASE + "dataset/graven/links.ttl")}


REGISTERS = {
    "tooi": "https://identifier.overheid.nl/tooi/",
    "wikidata": "http://www.wikidata.org/entity/",
    "eu": EU,
    "ror": "https://ror.org/",
}


@pytest.mark.parametrize("key", REGISTERS)
def test_a_linkset_counts_the_links_to_a_register_by_relation(void: Graph, counted: ox.Store, key: str) -> None:
    node = URIRef(f"{DATASET}/linksets/{key}")
    where = f'GRAPH <{GRAPH["links"]}> {{ ?s ?p ?o }} FILTER(STRSTARTS(STR(?o), "{REGISTERS[key]}"))'
    assert int(str(void.value(node, VOID.triples))) == asked(counted, where, "COUNT(*)")
    assert (node, RDF.type, VOID.Linkset) in void
    assert void.value(node, VOID.subjectsTarget) == DATASET
    assert str(void.value(node, VOID.objectsTarget)) == REGISTERS[key]
    rows = counted.query(f"SELECT ?p (COUNT(*) AS ?n) WHERE {{ {where} }} GROUP BY ?p")
    parts = {
        str(void.value(p, VOID.linkPredicate)): int(str(void.value(p, VOID.triples))) for p in void[node : VOID.subset]
    }
    assert parts == {row[0].value: int(row[1].value) for row in rows}  # type: ignore[union-attr,index]


def test_the_linksets_are_described_as_in_their_own_files(made: Build, void: Graph, tmp_path: Path) -> None:
    (tmp_path / "dataset").mkdir()
    lines = [" ".join(f"<{term}>" for term in triple) + " ." for triple in made.graphs[GRAPH["links"]]]
    written = list(files.write_linksets({str(GRAPH["links"]): lines}, tmp_path, ""))  # type: ignore[attr-defined]
    assert {Path(artefact.path).stem for artefact in written} == set(REGISTERS)
    for key in REGISTERS:
        own = Graph().parse(tmp_path / "dataset" / "linksets" / f"{key}.ttl")
        own.remove((None, DCTERMS.license, None))
        about = {triple for triple in own if str(triple[0]).startswith(f"{DATASET}/")}
        assert about == {t for t in void if str(t[0]).startswith(f"{DATASET}/linksets/{key}")}


def test_examples_are_in_the_data_and_in_a_uri_space(void: Graph, made: Build) -> None:
    examples = set(void.objects(DATASET, VOID.exampleResource))
    assert len(examples) == 3
    subjects = {s for triples in made.graphs.values() for s, _, _ in triples}
    assert examples <= subjects
    spaces = tuple(str(space) for space in void.objects(DATASET, VOID.uriSpace))
    assert set(spaces) == {f"{DEF}#", ID, TOOI}
    assert all(str(example).startswith(spaces) for example in examples)  # rdflib's own takes no tuple


def test_vocabularies_are_the_namespaces_of_what_is_used(void: Graph, made: Build) -> None:
    used = Counter(p[: max(p.rfind("/"), p.rfind("#")) + 1] for triples in made.graphs.values() for _, p, _ in triples)
    said = {str(name_) for name_ in void.objects(DATASET, VOID.vocabulary)}
    assert {base for base in used if base != f"{DEF}#"} | {str(DEF)} <= said
    assert not any(base.startswith(ID) for base in said)


# PROV


def test_each_graph_has_one_activity_and_each_activity_a_name_and_an_agent(herkomst: Graph, made: Build) -> None:
    for graph in made.graphs:
        (activity,) = herkomst.objects(graph, PROV.wasGeneratedBy)
        assert (activity, RDF.type, PROV.Activity) in herkomst
        assert {label.language for label in herkomst.objects(activity, RDFS.label)} == {"nl", "en"}
        (agent,) = herkomst.objects(activity, PROV.wasAssociatedWith)
        assert (agent, RDF.type, PROV.SoftwareAgent) in herkomst


def test_letters_keep_the_activity_that_encoded_them(herkomst: Graph) -> None:
    coding = URIRef(ID + "activiteit/codering-vergelijking")
    letter = GRAPH["brief/leidse-regio"]
    assert list(herkomst.objects(letter, PROV.wasGeneratedBy)) == [coding]
    assert list(herkomst.objects(letter, PROV.hadPrimarySource)) == [URIRef(ID + "brief/leidse-regio")]
    assert (coding, PROV.wasInformedBy, URIRef(ID + "activiteit/codering-eerste-ronde")) in herkomst


def test_the_program_stands_there_with_its_version_and_no_time(herkomst: Graph) -> None:
    agent = URIRef(f"{BASE}dataset/herkomst#regiograaf-{__version__}")
    assert herkomst.value(agent, URIRef("http://www.w3.org/2002/07/owl#versionInfo")) == Literal(__version__)
    assert not any("AtTime" in p for p in herkomst.predicates())


def sources_of(herkomst: Graph, key: str) -> set[str]:
    return {str(o).removeprefix(str(GRAPH)) for o in herkomst.objects(GRAPH[key], PROV.wasDerivedFrom)}


def test_what_is_computed_names_what_it_is_computed_from(herkomst: Graph, made: Build) -> None:
    letters = {f"brief/{key}" for key in made.claims}
    facts = {"ontologie", "entiteiten", "asserted", "achtergrond"}
    assert sources_of(herkomst, "asserted") == letters
    assert sources_of(herkomst, "entiteiten") == letters | {"asserted"}
    assert sources_of(herkomst, "inferred") == facts
    assert sources_of(herkomst, "inferred-achtergrond") == facts | {"uitlijning", "invoer"}
    assert sources_of(herkomst, "inferred-uitlijning") == facts | letters | {"uitlijning", "invoer", "themas"}
    assert [key for key in ("themas", "links", "ontologie") if sources_of(herkomst, key)] == []


LINES = {
    "data/themas.ttl": (
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        "@prefix thema: <https://w3id.org/regiograaf/id/thema/> .\n"
        "thema:x a skos:Concept ; skos:broader thema:y .\n"
    ),
    "data/achtergrond.ttl": (
        "<https://identifier.overheid.nl/tooi/id/gemeente/gm0505> <https://w3id.org/regiograaf/def#lidVan> "
        "<https://w3id.org/regiograaf/id/regio/x> .\n"
    ),
}


@pytest.mark.parametrize("path", LINES)
def test_a_graph_changes_only_with_those_it_says_it_derives_from(tiny: Path, herkomst: Graph, path: str) -> None:
    before = compile_project(read_project(tiny)).graphs
    target = tiny / path
    if path == "data/themas.ttl":
        shutil.copy(REPO / path, target)
        before = compile_project(read_project(tiny)).graphs
    with target.open("a", encoding="utf-8") as file:
        file.write(LINES[path])
    after = compile_project(read_project(tiny)).graphs
    own = Path(path).stem
    changed = {graph.removeprefix(str(GRAPH)) for graph in after if after[graph] != before.get(graph)} - {own}
    assert changed
    assert {key for key in changed if own not in sources_of(herkomst, key)} == set()


def test_sources_of_the_background_are_named(herkomst: Graph, made: Build) -> None:
    said = set(herkomst.objects(GRAPH["achtergrond"], PROV.hadPrimarySource))
    assert said == {o for _, p, o in made.graphs[GRAPH["achtergrond"]] if p == DCTERMS.source and isinstance(o, URIRef)}
    assert said


def test_a_file_derives_from_the_graphs_it_holds(herkomst: Graph, some: tuple[Artefact, ...]) -> None:
    for artefact in some:
        node = URIRef(BASE + artefact.path)
        assert set(herkomst.objects(node, PROV.wasDerivedFrom)) == set(artefact.graphs)


def test_a_letter_that_no_coding_speaks_of_is_read(tiny_folder: Path) -> None:
    graph = read(tiny_folder, "dataset/herkomst")
    (step,) = graph.objects(GRAPH["brief/een"], PROV.wasGeneratedBy)
    assert str(step).endswith("#lezen")


# schema.org


def test_the_pages_get_a_dataset_as_search_engines_ask(made: Build, some: tuple[Artefact, ...]) -> None:
    said = schema_org(made, some)
    citation = cited.read(REPO)
    assert json.loads(json.dumps(said)) == said
    assert (said["@context"], said["@type"], said["@id"]) == ("https://schema.org", "Dataset", str(DATASET))
    assert said["version"] == citation.version
    assert said["datePublished"] == citation.released
    assert said["license"] == cited.LICENCE
    assert said["inLanguage"] == ["en", "nl"]
    for key in ("name", "description"):
        assert [text["@language"] for text in said[key]] == ["nl", "en"]
    assert all(50 <= len(text["@value"]) <= 5000 for text in said["description"])
    assert [place["@id"] for place in said["spatialCoverage"]] == [TOOI + "provincie/pv28"]
    downloads = {item["contentUrl"]: item["encodingFormat"] for item in said["distribution"]}
    assert downloads == {BASE + artefact.path: artefact.media_type.partition(";")[0] for artefact in some}
    assert "" not in set(values(said))


def values(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        for value in node.values():
            yield from values(value)
    elif isinstance(node, list):
        for value in node:
            yield from values(value)
    else:
        yield str(node)
