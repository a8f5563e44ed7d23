"""The graph asked in the terms of ORG, PROV, SKOS, CPOV, Dublin Core, schema.org and Web Annotation, and none of ours.

The expected rows were written from the letters and the background sources; the comments name the claims.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import pyoxigraph as ox
import pytest
from rdflib import BNode, Literal, URIRef
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS

from regiograaf.claims import Triple
from regiograaf.closure import close
from regiograaf.dataset import Build, compile_project, nquads, read_project, to_store
from regiograaf.errors import InconsistentError
from regiograaf.namespaces import GRAPH, PREFIXES, RG, TOOIONT, expand, shrink
from regiograaf.sources import read
from tests.conftest import REPO

VOCABULARIES = ("org", "prov-o", "skos")
OWN = (str(RG), str(TOOIONT))
FACTS = ("entiteiten", "achtergrond", "asserted")


@cache
def made() -> Build:
    return compile_project(read_project(REPO))


@cache
def vocabularies() -> tuple[Triple, ...]:
    folder = REPO / "ontology" / "imports"
    return tuple(t for name in VOCABULARIES for t in read(folder / f"{name}.ttl", REPO).triples)


def graph(*names: str) -> set[Triple]:
    return {triple for name in names for triple in made().graphs[GRAPH[name]]}


def closed(axioms: Iterable[Triple], facts: Iterable[Triple]) -> set[Triple]:
    """What follows, without membership of nameless classes."""
    return {t for t in close([*graph("ontologie"), *axioms], facts).inferred if not isinstance(t[2], BNode)}


@cache
def outcome(alignments: bool = True, extracts: bool = True) -> frozenset[Triple]:
    """What follows from facts and themes with these axioms."""
    axioms = (graph("uitlijning") if alignments else set()) | set(vocabularies() if extracts else ())
    return frozenset(closed(axioms, graph(*FACTS, "themas")))


@cache
def store(alignments: bool = True, extracts: bool = True) -> ox.Store:
    """The built graph, or what it would be without some of the axioms."""
    if alignments and extracts:
        return to_store(nquads(made().graphs))
    computed = {GRAPH["inferred-uitlijning"], GRAPH["inferred-achtergrond"]}
    graphs = {name: triples for name, triples in made().graphs.items() if name not in computed}
    return to_store(nquads({**graphs, GRAPH["inferred-uitlijning"]: outcome(alignments, extracts)}))


def is_own(term: object) -> bool:
    return str(term).startswith(OWN)  # a URIRef's own startswith takes no tuple, and says so by False


def iri(curie: str) -> URIRef:
    found = expand(curie)
    assert found is not None, curie
    return found


def ask(query: str, data: ox.Store) -> list[tuple[str, ...]]:
    prefixes = "\n".join(f"PREFIX {prefix}: <{base}>" for prefix, base in PREFIXES.items())
    solutions = data.query(f"{prefixes}\n{query}")
    assert isinstance(solutions, ox.QuerySolutions)
    return sorted(tuple(shrink(value.value) for value in row) for row in solutions)


@dataclass(frozen=True)
class Question:
    query: str
    rows: set[tuple[str, ...]]
    needs: str
    """Without which graph the answer is another: `alignments`, `extracts`, or neither ("")."""


def each(*values: str) -> set[tuple[str, ...]]:
    return {(value,) for value in values}


DRECHTSTEDEN = ("0482", "0505", "0523", "0531", "0590", "0610", "0642")
LEIDSE_REGIO = ("0546", "0547", "0579", "0626", "0638")
HAAGLANDEN = ("0503", "0518", "0603", "0629", "0637", "1783", "1842", "1916", "1926")
OTHERS = ("0512", "0537", "0575", "0599", "1959", "1978")
"""Gorinchem, Katwijk, Noordwijk, Rotterdam, Altena, Molenlanden: named, in none of these regions."""
PROGRAMMES = "programma:programmas-wonen-energie-mobiliteit-natuur"

QUESTIONS = {
    # background: polder-2026-05-19, the seven participants
    "org: members of the Drechtsteden": Question(
        "SELECT ?body { ?body org:memberOf regio:drechtsteden }",
        each(*(f"gm:gm{code}" for code in DRECHTSTEDEN)),
        "alignments",
    ),
    # background: leidse-regio-2027; only org:memberOf is derived by us, its inverse is ORG's
    "org: whom a region has as members": Question(
        "SELECT ?body { regio:leidse-regio org:hasMember ?body }",
        each(*(f"gm:gm{code}" for code in LEIDSE_REGIO)),
        "alignments",
    ),
    # background: zuid-holland-bereikbaar-2021; rg:lidVan alone, without an org:Membership
    "org: members of a cooperation": Question(
        "SELECT ?body { ?body org:memberOf samenwerking:zuid-holland-bereikbaar }",
        each("pv:pv28", "gm:gm0518", "gm:gm0599", "so:so0830", "bedrijf:prorail", "bedrijf:havenbedrijf-rotterdam")
        | each("overheid:ministerie-ienw", "overheid:rijkswaterstaat"),
        "alignments",
    ),
    # drechtsteden w508, haagse-regio w515, leidse-regio w412; koersnotitie-wonen w204, w241
    "org: units and the body they belong to, read from the body": Question(
        "SELECT ?unit ?body { ?body a org:FormalOrganization ; org:hasUnit ?unit . ?unit org:subOrganizationOf ?body }",
        {
            ("orgaan:gs-zuid-holland", "pv:pv28"),
            ("orgaan:college-koersnotitie-wonen", "gemeente:koersnotitie-wonen"),
            ("orgaan:raad-koersnotitie-wonen", "gemeente:koersnotitie-wonen"),
        },
        "alignments",
    ),
    # drechtsteden w509 to w514, and the same in haagse-regio and leidse-regio; a post in an organ is one in its body.
    # The chair of the Drechtsteden (samenwerking-drechtsteden w128) is held by nobody whom a letter names.
    "org: posts, where they are, and who holds them": Question(
        """SELECT ?post ?body ?person {
            ?post a org:Post ; org:postIn ?body ; org:heldBy ?person . ?person org:holds ?post }""",
        {
            ("functie:secretaris-gs", "orgaan:gs-zuid-holland", "persoon:m-j-a-van-bijnen"),
            ("functie:secretaris-gs", "pv:pv28", "persoon:m-j-a-van-bijnen"),
            ("functie:voorzitter-gs", "orgaan:gs-zuid-holland", "persoon:a-w-kolff"),
            ("functie:voorzitter-gs", "pv:pv28", "persoon:a-w-kolff"),
        },
        "alignments",
    ),
    # haagse-regio w140, w371, w382
    "org, dcterms: collaborations and the area they cover": Question(
        "SELECT ?group ?area { ?group a org:OrganizationalCollaboration ; dcterms:spatial ?area }",
        {
            ("samenwerking:haagse-regio", "regio:haagse-regio"),
            ("samenwerking:energierijk-den-haag", "gm:gm0518"),
            ("samenwerking:bovenlokale-warmteclusters", "regio:haagse-regio"),
        },
        "alignments",
    ),
    # data/entiteiten.ttl and data/achtergrond.ttl: municipalities, the province, five water authorities, a joint
    # arrangement, a ministry, central government with two services, and Europe; no region, organ or company
    "cpov: public organisations": Question(
        "SELECT ?body { ?body a cv:PublicOrganisation }",
        each(
            *(f"gm:gm{code}" for code in (*DRECHTSTEDEN, *LEIDSE_REGIO, *HAAGLANDEN, *OTHERS)),
            *(f"ws:ws{code}" for code in ("0372", "0616", "0621", "0655", "0656")),
            "gemeente:koersnotitie-wonen",
            "pv:pv28",
            "so:so0830",
            "overheid:ministerie-ienw",
            "overheid:rijk",
            "overheid:rijkswaterstaat",
            "overheid:rijksvastgoedbedrijf",
            "overheid:europa",
        ),
        "alignments",
    ),
    # entities and background: four companies, four grid operators, the development company, the acquisition desk
    "org, schema: formal organisations that are no government": Question(
        "SELECT ?body { ?body a org:FormalOrganization , schema:Organization }",
        each(
            "bedrijf:chemours",
            "bedrijf:eli-lilly",
            "bedrijf:prorail",
            "bedrijf:havenbedrijf-rotterdam",
            "bedrijf:stedin",
            "bedrijf:liander",
            "bedrijf:tennet",
            "bedrijf:westland-infra",
            "bedrijf:rom-d",
            "bedrijf:deal",
        ),
        "alignments",
    ),
    # drechtsteden w508, haagse-regio w515, leidse-regio w412: one claim in three letters
    "prov: from which letters it is known what joins the executive to the province, and who says so": Question(
        """SELECT ?letter ?speaker {
            ?claim rdf:subject orgaan:gs-zuid-holland ; rdf:object pv:pv28 ;
                   prov:wasDerivedFrom ?letter ; prov:wasAttributedTo ?speaker }""",
        {(f"brief:{key}", "orgaan:gs-zuid-holland") for key in ("drechtsteden", "haagse-regio", "leidse-regio")},
        "",
    ),
    # drechtsteden w220, w242, w423 to w426; haagse-regio w245, w246, w367; koersnotitie-wonen w082.
    # Intended or wished for and therefore absent: koersnotitie-wonen w123 to w125, w299, w300, w308.
    "prov, dcterms: plans and their themes": Question(
        "SELECT ?plan ?theme { ?plan a prov:Plan ; dcterms:subject ?theme . ?theme a skos:Concept }",
        {
            ("programma:novex-zuidelijke-randstad", "thema:verstedelijking"),
            ("strategie:ruimtelijke-strategie-drechtsteden", "thema:ruimtelijke-ordening"),
            (PROGRAMMES, "thema:energie"),
            (PROGRAMMES, "thema:mobiliteit"),
            (PROGRAMMES, "thema:natuur"),
            (PROGRAMMES, "thema:wonen"),
            ("programma:realisatie", "thema:betaalbare-woningen"),
            ("programma:realisatie", "thema:woningbouw"),
            ("programma:stimuleringsprogramma-energiehubs", "thema:energie"),
        },
        "alignments",
    ),
    # drechtsteden w113, w114; samenwerking-drechtsteden w083; and by whom they were organised, which to PROV is an
    # influence too: haagse-regio w257 to w259
    "prov: what influenced the activities": Question(
        "SELECT ?activity ?by { ?activity a prov:Activity ; prov:wasInfluencedBy ?by . ?by prov:influenced ?activity }",
        {
            ("proces:integrale-afwegingen-ruimtelijke-ordening", "activiteit:borging-omgevingsbeleid"),
            ("proces:integrale-afwegingen-ruimtelijke-ordening", "plan:gebiedsuitwerkingen"),
            ("onderzoek:common-eye", "opdracht:bestuursopdracht-doorontwikkeling"),
            ("activiteit:kennissessies-woningbouw", "orgaan:gs-zuid-holland"),
            ("activiteit:webinars-woningbouw", "orgaan:gs-zuid-holland"),
            ("activiteit:workshops-woningbouw", "orgaan:gs-zuid-holland"),
        },
        "alignments",
    ),
    # data/themas.ttl, two or three steps up; only skos:broader and skos:hasTopConcept stand there
    "skos: the top concepts above some themes": Question(
        """SELECT ?theme ?top {
            VALUES ?theme { thema:laadinfrastructuur thema:restwarmte thema:zero-emissiezones thema:pfas }
            ?theme skos:broaderTransitive ?top ; skos:inScheme ?scheme . ?top skos:topConceptOf ?scheme }""",
        {
            ("thema:laadinfrastructuur", "thema:energie"),
            ("thema:laadinfrastructuur", "thema:mobiliteit"),
            ("thema:restwarmte", "thema:energie"),
            ("thema:zero-emissiezones", "thema:mobiliteit"),
            ("thema:pfas", "thema:leefomgeving"),
        },
        "extracts",
    ),
    # drechtsteden w073, w080; haagse-regio w264, w268; leidse-regio w187, w189, w190, w193.
    # leidse-regio w188 (goods transport) falls under logistics and so under the economy.
    "schema, skos, dcterms: services on anything within mobility": Question(
        """SELECT ?service ?theme ?who {
            thema:mobiliteit skos:narrowerTransitive ?theme .
            ?service a schema:Service ; dcterms:subject ?theme ; schema:provider ?who }""",
        {
            ("dienst:ondersteuning-gemeenten", "thema:bereikbaarheid", "orgaan:gs-zuid-holland"),
            ("dienst:expertise-woningbouw", "thema:parkeren", "orgaan:gs-zuid-holland"),
            ("dienst:kennis-en-coordinatie-mobiliteit", "thema:deelmobiliteit", "pv:pv28"),
            ("dienst:kennis-en-coordinatie-mobiliteit", "thema:laadinfrastructuur", "pv:pv28"),
            ("dienst:kennis-en-coordinatie-mobiliteit", "thema:zero-emissiezones", "pv:pv28"),
        },
        "alignments",
    ),
    # koersnotitie-wonen w033; the regional ordinance (w163, only possible) is part of nothing
    "schema, dcterms: legislation and the policy it is part of": Question(
        "SELECT ?law ?whole { ?law a schema:Legislation ; dcterms:isPartOf ?whole . ?whole dcterms:hasPart ?law }",
        {("wet:versterking-regie-volkshuisvesting", "beleid:rijksbeleid-wonen")},
        "alignments",
    ),
    # leidse-regio w207, w211; background tooi-gemeenten-4: both towns, and their municipalities, lie in the province
    "schema: what is located in places of the province": Question(
        "SELECT ?what ?place { ?what schema:location ?place . ?place schema:containedInPlace pv:pv28 }",
        {
            ("cluster:space-sector", "plaats:noordwijk"),
            ("cluster:space-sector", "gm:gm0575"),
            ("cluster:unmanned-valley", "plaats:katwijk"),
            ("cluster:unmanned-valley", "gm:gm0537"),
        },
        "alignments",
    ),
    # drechtsteden w372, w378, w380, w385
    "oa: the words on a declaration of intent, and the letter": Question(
        """SELECT DISTINCT ?letter ?words {
            { ?claim rdf:object afspraak:intentieverklaring-chemours }
            UNION { ?claim rdf:subject afspraak:intentieverklaring-chemours }
            ?note a oa:Annotation ; oa:hasBody ?claim ; oa:hasTarget ?target .
            ?target oa:hasSource ?letter ; oa:hasSelector/oa:refinedBy/oa:exact ?words }""",
        {
            ("brief:drechtsteden", "een gezamenlijke intentieverklaring tussen overheden en Chemours"),
            ("brief:drechtsteden", "het verder verkennen van een gezamenlijke intentieverklaring"),
        },
        "",
    ),
}


@pytest.mark.parametrize("name", QUESTIONS)
def test_question_in_foreign_terms_gets_the_right_answer(name: str) -> None:
    question = QUESTIONS[name]
    assert ask(question.query, store()) == sorted(question.rows)


def test_the_questions_hold_no_term_of_ours() -> None:
    assert len(QUESTIONS) == 16
    assert not [name for name, question in QUESTIONS.items() if re.search(r"\b(rg|tooiont):", question.query)]


@pytest.mark.parametrize("graph_name", ["alignments", "extracts"])
@pytest.mark.parametrize("name", [name for name, question in QUESTIONS.items() if question.needs])
def test_without_the_graph_it_needs_a_question_gets_other_rows(name: str, graph_name: str) -> None:
    question = QUESTIONS[name]
    answer = ask(question.query, store(graph_name != "alignments", graph_name != "extracts"))
    if question.needs == graph_name:
        assert answer != sorted(question.rows)
    else:
        assert set(answer) <= question.rows, "less than all may be known, but nothing else"


ABSENT = {
    "koersnotitie-wonen w272, intended": "gebeurtenis:regionale-woontop schema:organizer ?x",
    "koersnotitie-wonen w274, intended": "gebeurtenis:regionale-woontop prov:wasAssociatedWith ?x",
    "koersnotitie-wonen w299, intended": "programma:wonen-en-zorg-ouderen dcterms:subject ?x",
    "koersnotitie-wonen w229, intended": "visie:omgevingsvisie dcterms:isPartOf ?x",
    "drechtsteden w236, intended": "agenda:ria prov:wasInfluencedBy ?x",
    "drechtsteden w489, offered": "dienst:toelichting-gemeenteraden schema:provider ?x",
    "samenwerking-drechtsteden w161, possible": "?x dcterms:replaces afspraak:samenwerkingsovereenkomst-drechtsteden",
}


@pytest.mark.parametrize("which", ABSENT)
def test_what_a_letter_only_intends_offers_or_thinks_possible_is_no_fact_in_their_terms(which: str) -> None:
    assert ask(f"SELECT ?x {{ {ABSENT[which]} }}", store()) == []


def test_no_claim_that_asserts_nothing_comes_back_through_an_aligned_relation() -> None:
    lines = [(sub, sup) for sub, predicate, sup in graph("uitlijning") if predicate == RDFS.subPropertyOf]
    above = {relation: {sup for sub, sup in lines if sub == relation} for relation, _ in lines}
    known = graph(*FACTS, "inferred")
    carried = {(s, sup, o) for s, p, o in known for sup in above.get(p, ())}
    unasserted = {
        (c.subject, sup, c.object)
        for claims in made().claims.values()
        for c in claims
        if c.content not in known
        for sup in above.get(c.predicate, ())
    }
    assert len(unasserted) > 100
    assert not (unasserted - carried) & outcome()


def test_the_whole_holds_no_contradiction_and_a_wrong_alignment_would() -> None:
    assert outcome()
    # PROV: no plan is an activity
    wrong = (iri("rg:Strategie"), RDFS.subClassOf, iri("prov:Activity"))
    with pytest.raises(InconsistentError, match="ruimtelijke-strategie-drechtsteden"):
        closed([*graph("uitlijning"), *vocabularies(), wrong], graph(*FACTS))


def borrowed(alignments: Iterable[Triple]) -> set[Triple]:
    """Foreign classes that follow from statements, and not from an entity's own class."""
    axioms = [*alignments, *vocabularies()]
    facts = graph(*FACTS, "themas")
    from_classes = closed(axioms, [t for t in facts if t[1] == RDF.type])
    types = {t for t in closed(axioms, facts) if t[1] == RDF.type and not is_own(t[2])}
    return types - from_classes


def test_no_entity_gets_a_foreign_class_from_a_domain_or_range() -> None:
    assert borrowed(graph("uitlijning")) == set()


TOO_BROAD = {
    "rg:behoortTot rdfs:subPropertyOf org:memberOf": ("groep:netbeheerders", "org:Organization"),
    "rg:heeftRelatieMet rdfs:subPropertyOf org:linkedTo": ("groep:gemeenten-drechtsteden", "org:Organization"),
    "rg:gevestigdIn rdfs:subPropertyOf prov:atLocation": ("gm:gm0537", "prov:Location"),
}


@pytest.mark.parametrize("line", TOO_BROAD)
def test_what_was_left_out_would_give_an_entity_a_class_it_does_not_have(line: str) -> None:
    sub, predicate, sup = (iri(part) for part in line.split())
    entity, cls = TOO_BROAD[line]
    assert (sub, predicate, sup) not in graph("uitlijning")
    assert (iri(entity), RDF.type, iri(cls)) in borrowed([*graph("uitlijning"), (sub, predicate, sup)])


def own(triples: Iterable[Triple]) -> set[Triple]:
    """Statements in our own terms."""
    return {t for t in triples if is_own(t[1]) or (t[1] == RDF.type and is_own(t[2]))}


def test_alignment_adds_nothing_in_our_own_terms_and_a_line_downward_would() -> None:
    facts = graph(*FACTS, "themas")
    before = own(closed([], facts))
    assert own(outcome()) == before
    down = (iri("prov:Plan"), RDFS.subClassOf, iri("rg:Plan"))
    after = own(closed([*graph("uitlijning"), *vocabularies(), down], facts))
    assert (iri("programma:mirt"), RDF.type, iri("rg:Plan")) in after - before


def test_every_alignment_puts_a_term_of_ours_below_a_declared_foreign_one() -> None:
    lines = [t for t in graph("uitlijning") if t[1] in (RDFS.subClassOf, RDFS.subPropertyOf)]
    assert len(lines) > 80
    declared = {s for s, p, o in graph("uitlijning") if p == RDF.type and o != OWL.Ontology}
    terms = {s for s, p, _ in graph("ontologie") if p == RDF.type}
    assert {sub for sub, _, _ in lines} <= terms
    assert not [sup for _, _, sup in lines if is_own(sup) or sup not in declared]
    assert not {p for _, p, _ in graph("uitlijning")} & {OWL.equivalentClass, OWL.equivalentProperty, OWL.inverseOf}


@pytest.mark.parametrize("name", VOCABULARIES)
def test_an_extract_is_pinned_and_holds_no_prose(name: str) -> None:
    triples = read(REPO / "ontology" / "imports" / f"{name}.ttl", REPO).triples
    (header,) = [s for s, p, o in triples if p == RDF.type and o == OWL.Ontology]
    assert str(header) == f"https://w3id.org/regiograaf/def/imports/{name}"
    about = {p: o for s, p, o in triples if s == header}
    assert about.keys() >= {DCTERMS.source, DCTERMS.license, OWL.versionInfo}
    assert any("SHA-256" in str(o) for s, p, o in triples if (s, p) == (header, DCTERMS.provenance))
    assert not [o for s, _, o in triples if s != header and isinstance(o, Literal) and o.language]
    assert not {p for s, p, _ in triples if s != header} & {RDFS.label, RDFS.comment, RDFS.isDefinedBy}


def test_the_extracts_hold_what_the_questions_lean_on() -> None:
    axioms = {tuple(shrink(str(term)) for term in triple) for triple in vocabularies()}
    assert axioms >= {
        ("org:hasMember", "owl:inverseOf", "org:memberOf"),
        ("org:memberOf", "rdfs:range", "org:Organization"),
        ("org:unitOf", "rdfs:range", "org:FormalOrganization"),
        ("org:holds", "owl:inverseOf", "org:heldBy"),
        ("prov:Activity", "owl:disjointWith", "prov:Entity"),
        ("prov:Plan", "rdfs:subClassOf", "prov:Entity"),
        ("prov:wasDerivedFrom", "rdfs:subPropertyOf", "prov:wasInfluencedBy"),
        ("skos:broader", "rdfs:subPropertyOf", "skos:broaderTransitive"),
        ("skos:topConceptOf", "rdfs:subPropertyOf", "skos:inScheme"),
    }


def test_the_questions_of_the_document_have_answers() -> None:
    text = (REPO / "docs" / "alignment.md").read_text(encoding="utf-8")
    members, said = re.findall(r"```sparql\n(.*?)```", text, re.DOTALL)
    assert len(ask(members, store())) == len(DRECHTSTEDEN)
    assert (
        "rg:partijBij",
        "afspraak:intentieverklaring-chemours",
        "brief:drechtsteden",
        "orgaan:gs-zuid-holland",
    ) in ask(said, store())
