"""Why the graph says something and why not: what is found, on tiny, on every rule, and on the real graph."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from rdflib import Dataset, URIRef
from rdflib.namespace import RDF

from regiograaf import explain, load
from regiograaf.claims import Triple
from regiograaf.cli import main
from regiograaf.closure import close
from regiograaf.derivations import Names, asked, because
from regiograaf.errors import UnknownTermError
from regiograaf.explanations import Derivation, Explainer
from regiograaf.namespaces import GRAPH, ID, RG
from regiograaf.sources import from_ox, to_ox
from regiograaf.stores import open_store
from tests.conftest import REPO, TINY
from tests.rule_datasets import RULES, gadgets

PROVINCE, TOWN, PACT = (URIRef(ID + name) for name in ("overheid/provincie", "gemeente/noordveen", "convenant/pact"))
ROOTS = {"tiny": TINY, "examples": REPO / "examples", "real": REPO}


def term(name: str) -> URIRef:
    return URIRef(f"{RG}{name}")


@cache
def store_at(root: Path) -> ox.Store:
    return open_store(root)


@cache
def explainer_at(root: Path) -> Explainer:
    return Explainer(store_at(root))


def ask(subject: str, relation: str, value: str, root: Path = REPO) -> Triple:
    return asked(store_at(root), subject, relation, value)


def invoke(*words: str, root: Path = TINY, columns: int = 120) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, ["-C", str(root), *words], env={"COLUMNS": str(columns)})
    return result.exit_code, result.stdout, result.stderr


def steps(derivation: Derivation) -> Iterator[Derivation]:
    yield derivation
    for below in (*derivation.premises, *derivation.axioms):
        yield from steps(below)


def unsound(derivation: Derivation, explainer: Explainer, above: frozenset[Triple] = frozenset()) -> Iterator[str]:
    """What is wrong with a derivation; an inferred step without premises is a class that lists its members."""
    inferred = derivation.origin == "inferred"
    if not explainer.says(derivation.triple):
        yield f"not in the graph: {derivation.triple}"
    if derivation.triple in above:
        yield f"rests on itself: {derivation.triple}"
    if inferred != bool(derivation.rule) or (derivation.premises and not inferred):
        yield f"{derivation.origin} with rule {derivation.rule!r}: {derivation.triple}"
    if inferred and not derivation.premises and derivation.rule != "cls-oo":
        yield f"{derivation.rule} from nothing: {derivation.triple}"
    if (derivation.origin == "letters") != bool(derivation.said):
        yield f"{derivation.origin} with {len(derivation.said)} passages: {derivation.triple}"
    for said in derivation.said:
        if said.content != derivation.triple or said.modality != "bestaand" or said.denied or not said.section:
            yield f"{said.key} does not say {derivation.triple}"
    for below in (*derivation.premises, *derivation.axioms):
        yield from unsound(below, explainer, above | {derivation.triple})


# ---- why


def test_a_chain_leads_down_to_both_passages() -> None:
    code, out, _ = invoke("why", "gebied:noordveen", "rg:ligtIn", "het Gewest")
    assert code == 0
    assert out == (
        "Noordveen (plaats) — ligt in — het Gewest  [prp-trp: “ligt in” carries over from step to step]\n"
        "├─ Noordveen (plaats) — ligt in — Noordland\n"
        "│     twee, § Stand van zaken: «Noordveen ligt in het Noordland»\n"
        "└─ Noordland — ligt in — het Gewest\n"
        "      twee, § Stand van zaken: «dat ligt in het Gewest»\n"
    )


def test_what_two_letters_say_has_two_passages_and_quotes_where_the_texts_are() -> None:
    _, out, _ = invoke("why", "de provincie", "rg:werktSamenMet", "Noordveen", "--letters", str(TINY / "letters"))
    quoted = "De provincie werkt samen met Noordveen."
    assert out.splitlines()[1:] == [f"   {key}, § Stand van zaken: {quoted}" for key in ("een", "twee")]


@pytest.mark.parametrize("root", ROOTS.values(), ids=ROOTS)
@pytest.mark.parametrize("graph", ["inferred", "inferred-uitlijning"])
def test_every_inferred_triple_is_derived_from_what_is_not_inferred(root: Path, graph: str) -> None:
    explainer = explainer_at(root)
    quads = list(store_at(root).quads_for_pattern(None, None, None, ox.NamedNode(GRAPH[graph])))
    assert quads
    wrong = []
    for quad in quads:
        triple = tuple(map(from_ox, quad.triple))
        derivation = explainer.why(triple)  # type: ignore[arg-type]
        assert derivation.origin == "inferred", triple
        wrong += unsound(derivation, explainer)
    assert wrong == []


def test_a_broken_derivation_is_seen() -> None:
    explainer = explainer_at(TINY)
    sound = explainer.why(ask("gebied:noordveen", "rg:ligtIn", "het Gewest", TINY))
    assert list(unsound(sound, explainer)) == []
    circular = Derivation(sound.triple, "inferred", "prp-trp", (sound,))
    unsaid = Derivation((PROVINCE, term("ligtIn"), PACT), "background")
    bare = Derivation(sound.premises[0].triple, "letters")
    other = Derivation(bare.triple, "letters", said=sound.premises[1].said)
    loose = Derivation(sound.triple, "inferred", "prp-trp")
    found = ["\n".join(unsound(wrong, explainer)) for wrong in (circular, unsaid, bare, other, loose)]
    for text, expected in zip(
        found, ("rests on itself", "not in the graph", "0 passages", "does not say", "from nothing"), strict=True
    ):
        assert expected in text


REAL = {
    ("provincie Zuid-Holland", "is betrokken bij", "Maasterras fase 1"): (
        "prp-spo2",
        [
            ("drechtsteden", "Ondertekening"),
            ("drechtsteden", "Versnellen woningbouw"),
            ("haagse-regio", "Ondertekening"),
            ("leidse-regio", "Ondertekening"),
        ],
    ),
    ("secretaris van Gedeputeerde Staten", "is functie bij", "provincie Zuid-Holland"): (
        "prp-spo2",
        [(letter, "Ondertekening") for letter in ("drechtsteden", "haagse-regio", "leidse-regio")],
    ),
    ("woningen voor arbeidsmigranten", "is onderdeel van", "woningbouwopgave in Zuid-Holland"): (
        "prp-trp",
        [("haagse-regio", "Volkshuisvesting")],
    ),
    ("Unmanned Valley", "is gevestigd in", "provincie Zuid-Holland"): (
        "prp-spo2",
        [("leidse-regio", "Economische potentie")],
    ),
    ("Haagse regio", "werkt samen met", "provincie Zuid-Holland"): (
        "prp-symp",
        [("haagse-regio", "Uitdagingen in de Haagse regio")],
    ),
}


@pytest.mark.parametrize("words", REAL, ids=lambda words: words[0])
def test_five_real_inferences_lead_down_to_letter_and_section(words: tuple[str, str, str]) -> None:
    rule, places = REAL[words]
    derivation = explain(store_at(REPO), ask(*words))  # type: ignore[arg-type]
    assert derivation.rule == rule
    said = {(said.letter, said.section) for leaf in derivation.leaves() for said in leaf.said}
    assert sorted(said) == places


def test_a_real_inference_in_full() -> None:
    code, out, err = invoke(
        "why", "provincie Zuid-Holland", "is betrokken bij", "Maasterras fase 1", root=REPO, columns=100
    )
    assert (code, err) == (0, "")
    assert out == (
        "provincie Zuid-Holland — is betrokken bij — Maasterras fase 1\n"
        "│  [prp-spo2: “heeft als orgaan”, then “is betrokken bij” gives “is betrokken bij”]\n"
        "├─ provincie Zuid-Holland — heeft als orgaan — Gedeputeerde Staten van Zuid-Holland\n"
        "│  │  [prp-inv2: “heeft als orgaan” is the inverse of “is orgaan van”]\n"
        "│  └─ Gedeputeerde Staten van Zuid-Holland — is orgaan van — provincie Zuid-Holland\n"
        "│        drechtsteden, § Ondertekening: «Gedeputeerde Staten van Zuid-Holland»\n"
        "│        haagse-regio, § Ondertekening: «Gedeputeerde Staten van Zuid-Holland»\n"
        "│        leidse-regio, § Ondertekening: «Gedeputeerde Staten van Zuid-Holland»\n"
        "└─ Gedeputeerde Staten van Zuid-Holland — is betrokken bij — Maasterras fase 1\n"
        "   │  [prp-spo1: “werkt aan” implies “is betrokken bij”]\n"
        "   └─ Gedeputeerde Staten van Zuid-Holland — werkt aan — Maasterras fase 1\n"
        "         drechtsteden, § Versnellen woningbouw: «We werken al samen aan de realisatie»\n"
    )


@pytest.mark.parametrize("word", ["a", "rdf:type", "bestaat als", "is een"])
def test_class_membership_is_asked_in_any_of_its_words(word: str) -> None:
    code, out, _ = invoke("why", "gemeente:noordveen", word, "rg:Overheid")
    assert code == 0
    assert out.splitlines()[-1].endswith("(known of the entity: data/entiteiten.ttl)")


def test_axioms_are_shown_on_request_with_their_own_reasons() -> None:
    asking = ["why", "gm:gm0505", "a", "rg:Actor"]
    _, plain, _ = invoke(*asking, root=REPO)
    _, full, _ = invoke(*asking, "--axioms", root=REPO)
    assert "ontology" not in plain
    assert "├─ ontology: gemeente — rdfs:subClassOf — actor  [scm-sco: " in full
    assert "(from the ontology: ontology/)" in full


def test_the_members_of_a_chain_are_shown_not_its_blank_node() -> None:
    words = ("Unmanned Valley", "is gevestigd in", "provincie Zuid-Holland")
    _, out, _ = invoke("why", *words, "--axioms", root=REPO, columns=160)
    assert "ontology: is gevestigd in — owl:propertyChainAxiom — is gevestigd in, ligt in  (from" in out
    assert "_:" not in out


def test_long_lines_keep_the_shape_of_the_tree() -> None:
    words = ("Unmanned Valley", "is gevestigd in", "provincie Zuid-Holland")
    _, out, _ = invoke("why", *words, root=REPO, columns=60)
    lines = out.splitlines()
    assert max(map(len, lines)) <= 60
    assert [line for line in lines if line.startswith(("├─", "└─"))] == [
        "├─ Unmanned Valley — is gevestigd in — gemeente Katwijk",
        "└─ gemeente Katwijk — ligt in — provincie Zuid-Holland",
    ]
    assert all(line[0] in "│├└ " for line in lines[1:])


def one_of_each_rule() -> dict[str, tuple[ox.Store, Triple]]:
    """A store per rule of OWL 2 RL, with what that rule must explain."""
    found = {}
    for gadget in gadgets(1, 0):
        if gadget.rule not in RULES or gadget.rule in found:
            continue
        axioms = [*gadget.axioms, *gadget.lists]
        graphs = {"ontologie": axioms, "achtergrond": gadget.facts, "inferred": close(axioms, gadget.facts).inferred}
        store = ox.Store()
        for name, triples in graphs.items():
            for triple in triples:
                store.add(ox.Quad(*map(to_ox, triple), ox.NamedNode(GRAPH[name])))  # type: ignore[arg-type]
        found[gadget.rule] = store, tuple(from_ox(to_ox(node)) for node in gadget.witness)  # type: ignore[arg-type]
    return found  # type: ignore[return-value]


EACH_RULE = one_of_each_rule()


@pytest.mark.parametrize("rule", EACH_RULE)
def test_every_rule_is_explained_and_said_in_both_languages(rule: str) -> None:
    store, triple = EACH_RULE[rule]
    derivation = Explainer(store).why(triple)
    assert derivation.origin == "inferred"
    said = {
        language: [because(step, Names(store, language)) for step in steps(derivation)]  # type: ignore[arg-type]
        for language in ("nl", "en")
    }
    for texts in said.values():
        assert all(texts)
        assert not any("{" in text or "“”" in text or "‘’" in text for text in texts)
    assert said["nl"][0] != said["en"][0]


def test_the_front_door_explains_what_it_loads() -> None:
    dataset = load(TINY)
    derivation = explain(dataset, ask("gebied:noordveen", "rg:ligtIn", "het Gewest", TINY))
    assert (derivation.rule, len(derivation.premises)) == ("prp-trp", 2)
    assert [said.key for leaf in derivation.leaves() for said in leaf.said] == ["twee:w004", "twee:w003"]


def test_any_dataset_parsed_from_a_built_file_is_explained(tmp_path: Path) -> None:
    assert invoke("build", "-o", str(tmp_path / "b"))[0] == 0
    dataset = Dataset()
    dataset.parse(tmp_path / "b" / "regiograaf.nq", format="nquads")
    triple = ask("gebied:noordveen", "rg:ligtIn", "het Gewest", TINY)
    assert explain(dataset, triple) == explainer_at(TINY).why(triple)
    for root in (tmp_path / "b", tmp_path / "b" / "regiograaf.nq"):
        code, out, _ = invoke("why", "gebied:noordveen", "rg:ligtIn", "het Gewest", root=root)
        assert code == 0
        assert out.count("twee, § Stand van zaken") == 2


def test_why_of_what_is_not_said_and_why_not_of_what_is() -> None:
    code, out, err = invoke("why", "Noordveen", "rg:partijBij", "pact van Noordveen")
    assert (code, out) == (2, "")
    assert "Ask regiograaf why-not" in err
    code, out, err = invoke("why-not", "de provincie", "rg:werktSamenMet", "Noordveen")
    assert (code, out) == (0, "")
    assert "regiograaf why explains it" in err
    with pytest.raises(UnknownTermError, match="Ask regiograaf why"):
        explainer_at(TINY).why_not((PROVINCE, term("werktSamenMet"), TOWN))


# ---- why not


def test_why_not_names_the_claim_of_another_modality() -> None:
    code, out, err = invoke("why-not", "Noordveen", "rg:partijBij", "pact van Noordveen")
    assert (code, err) == (0, "")
    assert out == (
        "No fact: gemeente Noordveen — is partij bij — pact van Noordveen\n"
        "\n"
        "Claims with this content that are no facts:\n"
        "  gemeente Noordveen — is partij bij — pact van Noordveen\n"
        "    only voorgenomen (een, § Stand van zaken): «met Noordveen een pact sluiten»\n"
    )


def test_why_not_names_the_missing_premise_in_the_other_direction() -> None:
    answer = explainer_at(TINY).why_not((PACT, term("heeftPartij"), TOWN))
    assert answer.said == ()
    first = answer.missing[0]
    assert (first.rule, first.absent, first.present) == ("prp-inv2", (TOWN, term("partijBij"), PACT), ())
    assert [(said.key, said.modality) for said in first.said] == [("een:w004", "voorgenomen")]


def test_why_not_of_a_class_names_the_classes_that_are_claimed() -> None:
    answer = explainer_at(TINY).why_not((PACT, RDF.type, term("Programma")))
    assert [(said.content[2], said.modality) for said in answer.around] == [(term("Convenant"), "voorgenomen")]


def test_nothing_comes_close() -> None:
    code, out, err = invoke("why-not", "de provincie", "rg:financiert", "Noordveen")
    assert (code, out, err) == (0, "", "No letter says so, in any modality.\n")


def test_the_cooperation_with_chemours_is_only_possible_and_intended() -> None:
    code, out, err = invoke("why-not", "provincie Zuid-Holland", "werkt samen met", "Chemours", root=REPO, columns=100)
    assert (code, err) == (0, "")
    assert out == (
        "No fact: provincie Zuid-Holland — werkt samen met — Chemours\n"
        "\n"
        "Comes close:\n"
        "  Chemours — is partij bij — gezamenlijke intentieverklaring overheden-Chemours\n"
        "    only mogelijk (drechtsteden, § Leefomgeving): «een gezamenlijke intentieverklaring tussen\n"
        "      overheden en Chemours»\n"
        "  Gedeputeerde Staten van Zuid-Holland — onderzoekt — gezamenlijke intentieverklaring\n"
        "      overheden-Chemours\n"
        "    only voorgenomen (drechtsteden, § Leefomgeving): «het verder verkennen van een gezamenlijke\n"
        "      intentieverklaring»\n"
    )


def test_a_premise_that_is_only_intended_through_a_narrower_relation() -> None:
    declaration = "afspraak:intentieverklaring-chemours"
    answer = explainer_at(REPO).why_not(ask("provincie Zuid-Holland", "is betrokken bij", declaration))
    organ = URIRef(f"{ID}orgaan/gs-zuid-holland")
    first = answer.missing[0]
    assert first.rule == "prp-spo2"
    assert first.absent == (organ, term("betrokkenBij"), URIRef(f"{ID}afspraak/intentieverklaring-chemours"))
    assert [premise[1:] for premise in first.present] == [(term("heeftOrgaan"), organ)]
    assert [(said.content[1], said.modality, said.letter, said.section) for said in first.said] == [
        (term("onderzoekt"), "voorgenomen", "drechtsteden", "Leefomgeving")
    ]


def test_each_claim_is_given_once() -> None:
    for words in (
        ("provincie Zuid-Holland", "is betrokken bij", "afspraak:intentieverklaring-chemours"),
        ("Chemours", "is partij bij", "afspraak:intentieverklaring-chemours"),
        ("regio Drechtsteden", "is betrokken bij", "gezamenlijk woningbouwprogramma Drechtsteden"),
    ):
        answer = explainer_at(REPO).why_not(ask(*words))
        given = [*answer.said, *(said for missing in answer.missing for said in missing.said), *answer.around]
        assert given
        assert len({said.evidence for said in given}) == len(given)


def test_nobody_misses_a_province_as_the_organ_of_a_town() -> None:
    answer = explainer_at(REPO).why_not(ask("gemeente Dordrecht", "is betrokken bij", "NOVEX"))
    organs = [missing.absent[2] for missing in answer.missing if missing.absent[1] == term("heeftOrgaan")]
    assert organs
    assert ask("provincie Zuid-Holland", "a", "rg:Actor")[0] not in organs
