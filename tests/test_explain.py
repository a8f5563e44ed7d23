from __future__ import annotations

from click.testing import CliRunner
from rdflib import URIRef

from regiograaf.cli import main
from regiograaf.dataset import compile_project, read_project
from regiograaf.explain import explain, near_claims
from regiograaf.namespaces import ID, RG
from tests.conftest import REPO, TINY

PROVINCE, TOWN, PACT = (URIRef(ID + name) for name in ("overheid/provincie", "gemeente/noordveen", "convenant/pact"))


def term(name: str) -> URIRef:
    return URIRef(f"{RG}{name}")


def invoke(*words: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, ["-C", str(TINY), *words], env={"COLUMNS": "120"})
    return result.exit_code, result.stdout, result.stderr


def test_a_chain_leads_down_to_both_passages() -> None:
    code, out, _ = invoke("why", "gebied:noordveen", "rg:ligtIn", "het Gewest")
    assert code == 0
    assert out == (
        "Noordveen (plaats) — ligt in — het Gewest  [prp-trp]\n"
        "├─ Noordveen (plaats) — ligt in — Noordland\n"
        "│     twee, § Stand van zaken: «Noordveen ligt in het Noordland»\n"
        "└─ Noordland — ligt in — het Gewest\n"
        "      twee, § Stand van zaken: «dat ligt in het Gewest»\n"
    )


def test_what_two_letters_say_has_two_passages_and_quotes_where_the_texts_are() -> None:
    _, out, _ = invoke("why", "de provincie", "rg:werktSamenMet", "Noordveen", "--letters", str(TINY / "letters"))
    quoted = "De provincie werkt samen met Noordveen."
    assert out.splitlines()[1:] == [f"   {key}, § Stand van zaken: {quoted}" for key in ("een", "twee")]


def test_every_inferred_triple_is_explained_down_to_what_is_not_inferred() -> None:
    for root in (TINY, REPO / "examples", REPO):
        made = compile_project(read_project(root))
        open_ends = set()
        for triple in made.closure.inferred:
            stack = [explain(made, triple)]
            while stack:
                derivation = stack.pop()
                stack += derivation.premises
                if derivation.origin == "letters" and not derivation.claims:
                    open_ends.add(derivation.triple)
        assert open_ends == set()


def test_why_not_names_the_claim_that_comes_close() -> None:
    code, out, _ = invoke("why-not", "Noordveen", "rg:partijBij", "pact van Noordveen")
    assert code == 0
    assert "only voorgenomen" in out
    assert "«met Noordveen een pact sluiten»" in out


def test_why_not_looks_in_the_other_direction_too() -> None:
    made = compile_project(read_project(TINY))
    (near,) = near_claims(made, (PACT, term("heeftPartij"), TOWN))
    assert (near.letter, near.reason) == ("een", "only voorgenomen")


def test_why_of_what_is_not_said_and_why_not_of_what_is() -> None:
    code, _, err = invoke("why", "Noordveen", "rg:partijBij", "pact van Noordveen")
    assert code == 2
    assert "Ask regiograaf why-not" in err
    code, _, err = invoke("why-not", "de provincie", "rg:werktSamenMet", "Noordveen")
    assert code == 0
    assert "regiograaf why explains it" in err
    code, _, err = invoke("why-not", "de provincie", "rg:financiert", "Noordveen")
    assert "No letter says so, in any modality." in err


def test_chemours_is_party_to_a_declaration_that_is_only_possible() -> None:
    made = compile_project(read_project(REPO))
    declaration = URIRef(ID + "afspraak/intentieverklaring-chemours")
    near = near_claims(made, (URIRef(ID + "bedrijf/chemours"), term("partijBij"), declaration))
    assert [(n.letter, n.reason, n.claim.evidence[0].section) for n in near] == [
        ("drechtsteden", "only mogelijk", "Leefomgeving")
    ]
