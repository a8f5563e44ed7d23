"""A coder changes what the program proposed, adds claims, and says what the names of the letter are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from rdflib import RDF, RDFS, Literal, URIRef
from review_pages import (
    EXAMPLE,
    RG,
    claims,
    click_line,
    download,
    example,
    graph,
    new_letter,
    press,
    reader,
    row,
    turtle,
)

from regiograaf.prefixes import PREFIXES, expand
from regiograaf.reader.draft import Draft
from regiograaf.reader.turtle import Names
from regiograaf.reader.turtle import turtle as turtle_of

pytestmark = pytest.mark.browser

Open = Callable[..., Page]


def iri(curie: str) -> URIRef:
    found = expand(curie)
    assert found, curie
    return URIRef(found)


def ordinary(page: Page) -> dict[str, Any]:
    """A claim between two entities."""
    return next(claim for claim in claims(page) if claim["predicate"] not in ("rdf:type", "rg:betreft"))


def change(page: Page, claim: dict[str, Any]) -> None:
    row(page, claim).get_by_role("button", name="Wijzig", exact=True).click()


def block(text: str, name: str) -> str:
    return next(part for part in text.split("\n\n") if part.startswith(f"{name}\n"))


def now(page: Page, claim: dict[str, Any]) -> dict[str, Any]:
    return next(one for one in claims(page) if one["id"] == claim["id"])


# A claim


def test_mouse_changes_everything_of_a_claim(review: Open) -> None:
    page = review()
    claim = ordinary(page)
    change(page, claim)
    page.fill("#f-subject", "De Dobber")  # one of its other names
    page.fill("#f-object", "gemeente Oosterplas")
    page.select_option("#f-relation", "rg:werktSamenMet")
    page.select_option("#f-modality", "verzocht")
    page.check("#f-denied")
    page.fill("#f-to", "gemeente Kaagsluis")
    page.get_by_role("button", name="Wijzig en neem over").click()
    found = now(page, claim)
    assert {key: value for key, value in found.items() if key not in ("id", "speaker", "without")} == {
        "subject": "stichting:de-dobber",
        "predicate": "rg:werktSamenMet",
        "object": "gemeente:oosterplas",
        "modality": "verzocht",
        "negated": True,
        "addressee": "gemeente:kaagsluis",
        "standing": "accepted",
    }
    text = download(page)[1]
    number = claims(page).index(found) + 1
    changed = block(text, f"brief:w{number:03}")
    assert "rg:status" not in changed
    assert "kans" not in changed
    triples = graph(text)
    one = URIRef(f"https://w3id.org/regiograaf/id/brief/waterlanden/w{number:03}")
    assert triples.value(one, RG.ontkend) == Literal(True)
    assert triples.value(one, RG.geadresseerde) == iri("gemeente:kaagsluis")
    assert triples.value(one, RG.parafrase) == Literal(
        "Verzocht, niet: Woonstichting De Dobber werkt samen met gemeente Oosterplas.", lang="nl"
    )
    press(page, "u")
    assert turtle(page) == turtle_of(example())


def test_keyboard_changes_a_modality(review: Open) -> None:
    page = review()
    claim = claims(page)[0]
    assert claim["modality"] == "bestaand"
    press(page, "j e")
    expect(page.locator("#f-subject")).to_be_focused()
    page.locator("#f-modality").focus()
    press(page, "ArrowDown ArrowDown Enter")
    if now(page, claim)["modality"] == "bestaand":  # Enter opened the list of choices
        page.locator("#f-modality").select_option("afgesproken")
        page.get_by_role("button", name="Wijzig en neem over").press("Enter")
    assert now(page, claim)["modality"] == "afgesproken"
    assert now(page, claim)["standing"] == "accepted"


def test_escape_leaves_a_claim_as_it_was(review: Open) -> None:
    page = review()
    press(page, "j e")
    page.select_option("#f-modality", "mogelijk")
    press(page, "Escape")
    expect(page.locator("form")).to_have_count(0)
    expect(row(page, claims(page)[0])).to_be_focused()
    assert turtle(page) == turtle_of(example())


def test_relations_offered_are_those_of_the_kinds(review: Open) -> None:
    page = review()
    change(page, ordinary(page))
    page.fill("#f-subject", "gemeente Rietmeer")
    page.fill("#f-object", "gemeente Kaagsluis")
    page.dispatch_event("#f-object", "change")
    groups = page.locator("#f-relation optgroup").evaluate_all(
        "(all) => all.map((group) => [...group.children].map((one) => one.value))"
    )
    fitting, others = groups
    assert "rg:werktSamenMet" in fitting
    assert "rg:heeftDoel" in others  # its object is a goal
    assert set(fitting).isdisjoint(others)
    page.select_option("#f-relation", "rg:heeftDoel")
    page.get_by_role("button", name="Wijzig en neem over").click()
    expect(page.locator("#f-relation-wrong")).to_contain_text("past niet bij deze soorten")
    expect(page.locator("#f-relation")).to_be_focused()
    page.select_option("#f-relation", "rdf:type")
    expect(page.locator("#f-object")).to_have_value("")
    expect(page.locator("#f-object")).to_have_attribute("list", "list-kinds")
    page.select_option("#f-relation", "rg:betreft")
    expect(page.locator("#f-object")).to_have_attribute("list", "list-themes")


def test_unfinished_form_says_what_is_missing(review: Open) -> None:
    page = review()
    claim = ordinary(page)
    change(page, claim)
    page.fill("#f-subject", "")
    page.get_by_role("button", name="Wijzig en neem over").click()
    expect(page.locator("#f-subject-wrong")).to_have_text("Vul dit in.")
    expect(page.locator("#f-subject")).to_be_focused()
    page.fill("#f-subject", "Stuurgroep Waterpeil")
    page.get_by_role("button", name="Wijzig en neem over").click()
    expect(page.locator("#f-subject-kind")).to_be_focused()
    assert now(page, claim) == claim


def test_new_entity_gets_a_block_of_its_own(review: Open) -> None:
    page = review()
    claim = ordinary(page)
    change(page, claim)
    page.fill("#f-subject", 'Bureau "Plas" & Zoon')
    page.select_option("#f-subject-kind", "rg:Bureau")
    page.select_option("#f-relation", "rg:werktSamenMet")
    page.fill("#f-object", "gemeente Oosterplas")
    page.get_by_role("button", name="Wijzig en neem over").click()
    text = download(page)[1]
    made = iri("bureau:plas-zoon")
    triples = graph(text)
    assert triples.value(made, RDF.type) == iri("rg:Bureau")
    assert set(triples.objects(made, RDFS.label)) == {
        Literal('Bureau "Plas" & Zoon', lang="nl"),
        Literal('Bureau "Plas" & Zoon', lang="en"),
    }
    assert triples.value(made, RG.status) is None
    assert made in set(triples.objects(None, RDF.subject))


def test_theme_and_period_can_be_left_out(review: Open) -> None:
    page = review()
    draft = example()
    number = next(i for i, claim in enumerate(draft.claims) if claim.themes and claim.period is not None)
    claim = claims(page)[number]
    change(page, claim)
    for box in page.locator("fieldset input").all():
        box.uncheck()
    page.get_by_role("button", name="Wijzig en neem over").click()
    one = URIRef(f"https://w3id.org/regiograaf/id/brief/waterlanden/w{number + 1:03}")
    triples = graph(turtle(page))
    assert list(triples.objects(one, RG.thema)) == []
    assert list(triples.objects(one, RG.periode)) == []
    used = set(triples.objects(None, RG.periode))
    assert set(triples.subjects(RDF.type, RG.Periode)) == used


def test_changes_are_there_again_after_closing(review: Open) -> None:
    page = review()
    claim = ordinary(page)
    change(page, claim)
    page.select_option("#f-modality", "mogelijk")
    page.get_by_role("button", name="Wijzig en neem over").click()
    before = turtle(page)
    page.reload()
    page.wait_for_selector("html[data-klaar]")
    assert now(page, claim)["modality"] == "mogelijk"
    assert turtle(page) == before


# A claim of the coder's own


def fill_in(page: Page) -> None:
    page.fill("#f-subject", "gemeente Rietmeer")
    page.fill("#f-object", "gemeente Kaagsluis")
    page.select_option("#f-relation", "rg:werktSamenMet")
    page.get_by_role("button", name="Voeg toe", exact=True).click()


def test_claim_is_added_to_an_open_sentence_by_mouse(review: Open) -> None:
    page = review()
    draft = example()
    begins = {claim.begin for claim in draft.claims}
    number, line = next(
        (i, line)
        for i, line in enumerate(draft.structure.lines)
        if line.kind == "sentence" and line.begin not in begins and len(line.text) > 60
    )
    click_line(page, number)
    expect(page.locator(".adding .passage")).to_have_text(line.text)
    fill_in(page)
    text = download(page)[1]
    name = f"w{len(draft.claims) + 1:03}"
    triples = graph(text)
    base = "https://w3id.org/regiograaf/id/brief/waterlanden/"
    one, evidence = URIRef(base + name), URIRef(f"{base}{name}-b1")
    assert triples.value(one, RDF.subject) == iri("gemeente:rietmeer")
    assert triples.value(one, RG.status) is None
    assert triples.value(one, RG.bewijs) == evidence
    begin, end = int(triples.value(evidence, RG.begin)), int(triples.value(evidence, RG.eind))
    assert (begin, end) == (line.begin, line.end)
    assert str(triples.value(evidence, RG.anker)) in draft.document.letter.quote(begin, end)
    row(page, {"id": "+1"}).get_by_role("button", name="Verwijder").click()
    assert turtle(page) == turtle_of(draft)


def test_claim_is_added_by_keyboard(review: Open) -> None:
    page = review()
    press(page, "j n")
    fill_in(page)
    assert len(claims(page)) == len(example().claims) + 1
    assert row(page, {"id": "+1"}).evaluate("(row) => row === document.activeElement")
    page.click("[data-filter=without]")
    press(page, "j n")
    fill_in(page)
    assert len(claims(page)) == len(example().claims) + 2
    press(page, "u")
    assert len(claims(page)) == len(example().claims) + 1


# Names


def open_new_name(page: Page, draft: Draft) -> str:
    """The name in the file of the new programme, which claims speak of; opened in the list of names."""
    entity = next(mention.entity for mention in draft.found.mentions if "Drijvend Bouwen" in mention.text)
    new = Names(draft).of(entity)
    assert any(new in (claim["subject"], claim["object"]) for claim in claims(page))
    page.click("[data-pane=names]")
    page.locator(f"[data-entity='{new}'] button.entity-name").click()
    return new


def test_click_on_a_name_tells_what_it_is(review: Open) -> None:
    page = review()
    page.locator("#text .name", has_text="De Dobber").first.click()
    opened = page.locator(".entity", has=page.locator("[aria-expanded=true]"))
    expect(opened).to_contain_text("Woonstichting De Dobber")
    expect(opened).to_contain_text("woningcorporatie")
    expect(opened.get_by_role("link")).to_have_text("stichting:de-dobber")
    expect(opened.get_by_role("link")).to_have_attribute("href", "https://w3id.org/regiograaf/id/stichting/de-dobber")
    opened.locator(".of-name button").first.click()
    subject = claims(page)[page.evaluate("regiograaf.claims().findIndex((c) => c.id === regiograaf.state.selected.id)")]
    assert "stichting:de-dobber" in (subject["subject"], subject["object"])


def test_dropped_name_takes_its_claims_with_it(review: Open) -> None:
    draft = new_letter()
    page = review(draft)
    new = open_new_name(page, draft)
    page.locator("[data-do=drop-name]").click()
    gone = [claim for claim in claims(page) if new in (claim["subject"], claim["object"])]
    assert {claim["standing"] for claim in gone} == {"dropped"}
    triples = graph(turtle(page))
    assert (iri(new), None, None) not in triples
    assert (None, None, iri(new)) not in triples
    page.locator("[data-do=restore]").click()
    assert turtle(page) == turtle_of(draft)


def test_new_name_gets_another_label_and_kind(review: Open) -> None:
    draft = new_letter()
    page = review(draft)
    new = open_new_name(page, draft)
    page.fill("#n-label", "Lange Termijn Plan")
    page.select_option("#n-kind", "rg:Plan")
    page.get_by_role("button", name="Bewaar", exact=True).click()
    triples = graph(turtle(page))
    assert (iri(new), None, None) not in triples
    assert (None, None, iri(new)) not in triples
    made = iri("plan:lange-termijn-plan")
    assert triples.value(made, RDF.type) == iri("rg:Plan")
    assert (None, RDF.subject, made) in triples or (None, RDF.object, made) in triples
    titles = page.locator("#text .name").evaluate_all("(all) => all.map((name) => name.title)")
    assert titles.count("Lange Termijn Plan · plan") == 2
    press(page, "u")
    assert turtle(page) == turtle_of(draft)


def test_new_name_turns_out_to_be_a_known_one(review: Open) -> None:
    draft = new_letter()
    page = review(draft)
    new = open_new_name(page, draft)
    page.fill("#n-same", "nergens bekend")
    page.get_by_role("button", name="Bewaar", exact=True).click()
    expect(page.locator("#n-same-wrong")).to_have_text("Kies een bekende naam uit de lijst.")
    page.fill("#n-same", "Waterrijk Wonen")
    page.get_by_role("button", name="Bewaar", exact=True).click()
    triples = graph(turtle(page))
    assert (None, None, iri(new)) not in triples
    assert (iri(new), None, None) not in triples
    known = iri("programma:waterrijk-wonen")
    assert (None, RDF.subject, known) in triples or (None, RDF.object, known) in triples


def test_sender_that_the_letter_does_not_name_is_filled_in(review: Open) -> None:
    draft = reader(EXAMPLE).read(b"De gemeente Rietmeer werkt samen met de gemeente Kaagsluis.\n", "kort.txt")
    page = review(draft)
    page.click("[data-pane=names]")
    page.locator("[data-entity='entiteit:afzender-kort'] .entity-name").click()
    assert page.locator("[data-do=drop-name]").count() == 0  # a letter has a sender
    page.fill("#n-same", "Gedeputeerde Staten van Merendam")
    page.get_by_role("button", name="Bewaar", exact=True).click()
    triples = graph(turtle(page))
    sender = iri("orgaan:gs-merendam")
    assert set(triples.objects(None, RG.afzender)) == {sender}
    assert set(triples.objects(None, URIRef(PREFIXES["prov"] + "wasAttributedTo"))) == {sender}
    assert (iri("entiteit:afzender-kort"), None, None) not in triples


def test_doubt_is_told_where_the_check_would_object(review: Open) -> None:
    page = review()
    claim = ordinary(page)
    assert page.locator(".doubt").count() <= len(claims(page))
    change(page, claim)
    page.fill("#f-subject", "gemeente Rietmeer")
    page.fill("#f-object", "Ringvaartverklaring")
    page.select_option("#f-relation", "rg:onderschrijft")
    page.select_option("#f-modality", "bestaand")
    page.get_by_role("button", name="Wijzig en neem over").click()
    press(page, "n")
    page.fill("#f-subject", "Ringvaartverklaring")
    page.select_option("#f-relation", "rdf:type")
    page.fill("#f-object", "intentieverklaring")
    page.select_option("#f-modality", "mogelijk")
    page.get_by_role("button", name="Voeg toe", exact=True).click()
    expect(row(page, claim).locator(".doubt")).to_contain_text("Ringvaartverklaring is alleen mogelijk")
