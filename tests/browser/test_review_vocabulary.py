"""What a coder can choose is what the project's own ontology says."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from review_pages import EXAMPLE
from tests.conftest import REPO

from regiograaf.errors import SourceError
from regiograaf.reader.review.vocabulary import Words, vocabulary
from regiograaf.reader.ruleset import rules


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A project with an ontology of its own."""
    root = tmp_path / "own"
    shutil.copytree(REPO / "ontology", root / "ontology")
    (root / "data").mkdir()
    shutil.copy(REPO / "data" / "themas.ttl", root / "data")
    return root


def test_relations_are_those_that_claims_state_in_one_direction() -> None:
    relations = vocabulary(EXAMPLE).relations
    assert relations["rg:ondertekent"].label == Words("ondertekent", "signs")
    assert "rg:ondertekendDoor" not in relations
    assert {rule.predicate for rule in rules().relations} <= set(relations)


def test_ends_of_a_relation_are_those_that_the_shapes_allow() -> None:
    relations = vocabulary(EXAMPLE).relations
    ends = {key: (relations[key].subject, relations[key].object) for key in ("rg:heeftDoel", "rg:partijBij")}
    assert ends == {
        "rg:heeftDoel": ((), ("rg:Doel",)),
        "rg:partijBij": (("rg:Actor",), ("rg:Afspraken", "rg:Overeenkomst")),
    }


def test_kinds_know_what_they_are_a_kind_of() -> None:
    kinds = vocabulary(EXAMPLE).kinds
    assert kinds["tooiont:Gemeente"].label == Words("gemeente", "municipality")
    assert {"rg:Actor", "tooiont:Gemeente"} <= set(kinds["tooiont:Gemeente"].above)
    assert kinds["rg:Bedrijf"].family == "bedrijf"


def test_modalities_go_from_what_is_to_what_is_no_longer() -> None:
    modalities = vocabulary(EXAMPLE).modalities
    first, *_, last = modalities
    assert (first, last) == ("bestaand", "beeindigd")
    assert modalities["afgesproken"].style == "thick"


def test_a_project_may_have_words_of_its_own(own: Path) -> None:
    path = own / "ontology" / "regiograaf.ttl"
    text = path.read_text(encoding="utf-8")
    assert '"ondertekent"@nl , "signs"@en' in text
    path.write_text(text.replace('"ondertekent"@nl , "signs"@en', '"tekent"@nl , "signs"@en'), encoding="utf-8")
    assert vocabulary(own).relations["rg:ondertekent"].label == Words("tekent", "signs")


def test_broken_ontology_is_one_clear_error(own: Path) -> None:
    (own / "ontology" / "shapes.ttl").write_text("rg:x a ", encoding="utf-8")
    with pytest.raises(SourceError, match=r"shapes\.ttl: not Turtle .* Run regiograaf check\."):
        vocabulary(own)
