"""The reader's rules: files that a coder extends, checked as they are read."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path

import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import OWL, RDF, RDFS

from regiograaf.errors import SourceError
from regiograaf.prefixes import expand, shrink
from regiograaf.reader.ruleset import FILES, Theme, rules
from regiograaf.reader.verbs import conjugate
from tests.conftest import REPO

FOLDER = REPO / "src" / "regiograaf" / "reader" / "rules"
IRREGULAR = tomllib.loads((FOLDER / "verbs.toml").read_text(encoding="utf-8"))["irregular"]
KINDS = tomllib.loads((FOLDER / "kinds.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return Graph().parse(REPO / "ontology" / "regiograaf.ttl")


@pytest.mark.parametrize(
    ("lemma", "forms", "participle"),
    [
        ("samen|werken", {"werkt", "werken", "samenwerkt", "werkte"}, "samengewerkt"),
        ("versterken", {"versterkt", "versterken", "versterkte"}, "versterkt"),
        ("verbeteren", {"verbetert", "verbeterde"}, "verbeterd"),
        ("realiseren", {"realiseert", "realiseerden"}, "gerealiseerd"),
        ("in|zetten", {"zet", "zetten", "inzet", "inzetten"}, "ingezet"),
        ("streven", {"streeft", "streefde"}, "gestreefd"),
        ("evalueren", {"evalueert"}, "geëvalueerd"),
        ("subsidiëren", {"subsidieert"}, "gesubsidieerd"),
        ("investeren", {"investeert"}, "geïnvesteerd"),
        ("deel|nemen", {"neemt", "nam", "namen", "deelneemt"}, "deelgenomen"),
        ("vast|stellen", {"stelt", "vaststelt"}, "vastgesteld"),
        ("aan|gaan", {"gaat", "ging", "aangaat"}, "aangegaan"),
        ("ondersteunen", {"ondersteunt", "ondersteunde"}, "ondersteund"),
        ("beïnvloeden", {"beïnvloedt", "beïnvloedde"}, "beïnvloed"),
    ],
)
def test_a_verb_has_its_forms(lemma: str, forms: set[str], participle: str) -> None:
    verb = conjugate(lemma, IRREGULAR)
    assert forms <= verb.finite | verb.joined
    assert participle in verb.participles


def test_the_first_person_is_no_form_but_wil_and_kan_are() -> None:
    assert "werk" not in conjugate("werken", IRREGULAR).finite
    assert {"wil", "kan", "zal", "moet", "is"} <= {
        form
        for lemma in ("willen", "kunnen", "zullen", "moeten", "zijn")
        for form in conjugate(lemma, IRREGULAR).finite
    }


def test_every_relation_is_one_of_the_ontology(ontology: Graph) -> None:
    for rule in rules().relations:
        assert (iri(rule.predicate), RDF.type, OWL.ObjectProperty) in ontology, rule.name


def test_every_class_is_one_of_the_ontology_and_of_the_kind_that_its_group_names(ontology: Graph) -> None:
    for name, listed in KINDS.items():
        for kind in listed:
            assert (iri(kind), RDF.type, OWL.Class) in ontology, f"{name}: {kind}"
    tops = {"actor": "Actor", "document": "Document", "activity": "Activiteit", "instrument": "Instrument",
            "organ": "Orgaan"}  # fmt: skip
    for group, top in tops.items():
        below = ontology.transitive_subjects(RDFS.subClassOf, iri(f"rg:{top}"))
        assert set(KINDS[group]) == {shrink(str(kind)) for kind in below}, group


def iri(curie: str) -> URIRef:
    return URIRef(expand(curie) or "")


def test_all_ten_modalities_have_a_cue_but_that_of_what_is() -> None:
    concepts = Graph().parse(REPO / "ontology" / "modaliteiten.ttl")
    known = {str(s).rpartition("/")[2] for s in concepts.subjects() if "/modaliteit/" in str(s)}
    assert {cue.modality for cue in rules().cues} == known - {"bestaand"}


def test_the_words_of_a_theme_are_those_of_its_labels_and_of_the_file() -> None:
    keys = [shown.partition(" ")[0] for shown in _theme_keys()]
    listed = [Theme(f"urn:x/{key}", key.replace("-", " ")) for key in keys]
    words = rules(themes=listed).words
    assert words["urn:x/pfas"][0] == "pfas"
    assert "wonen" in words["urn:x/wonen"]


def test_every_theme_of_the_file_is_one_of_the_data() -> None:
    text = (REPO / "data" / "themas.ttl").read_text(encoding="utf-8")
    assert [key for key in _theme_keys() if f"\nthema:{key} a " not in text] == []


def _theme_keys() -> list[str]:
    return list(tomllib.loads((FOLDER / "themes.toml").read_text(encoding="utf-8"))["themes"])


VERB = '[[verb]]\nname = "nieuw"\npredicate = "rg:benut"\nverbs = ["benutten"]\nobject = [""]\nweight = 0.5\n'


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("relations", "", "[[verb]\n", r"relations\.toml: not TOML: .*line"),
        ("relations", "", VERB.replace("benutten", "benut"), r'\[\[verb\]\] \d+ \("nieuw"\): "benut" is no infinitive'),
        ("relations", "", VERB.replace("rg:benut", "benut"), r'\("nieuw"\): "benut" is no relation'),
        ("relations", "", VERB.replace("0.5", "1.5"), r"weight 1\.5 is no chance"),
        ("relations", "", VERB.replace('weight = 0.5\n', ""), '"weight" is missing'),
        ("relations", "", VERB + 'werkwoord = "x"\n', 'unknown key "werkwoord". Use one of: .*verbs'),
        ("relations", "", VERB + 'object_kinds = ["ding"]\n', '"ding" is no group of kinds.toml. Use one of: .*actor'),
        ("relations", "", VERB + 'needs = "x"\n', '"needs" must be a list of words'),
        ("relations", "", VERB + 'modality = "ooit"\n', '"ooit" is no modality. Use one of: .*gewenst'),
        ("relations", "", VERB.replace('"nieuw"', '"benutten"'), '"benutten" names two rules'),
        ("relations", "unknown = -0.4", 'unknown = "veel"', r'\[weights\]: "unknown" must be a number'),
        ("modality", 'modality = "verwacht"', 'modality = "gehoopt"', '"gehoopt" is no modality'),
        ("modality", "", '[[cue]]\nname = "x"\nmodality = "gewenst"\npriority = 1\n', "no verbs and no phrases"),
        ("negation", "cues = [", "cues = 3\nx = [", r'negation\.toml: "cues" must be a list of words'),
        ("themes", "[themes]", '[themes]\nzeilen = ["zeil*"]', '"zeilen" is no theme'),
    ],
)  # fmt: skip
def test_a_rule_that_is_not_right_is_named(tmp_path: Path, file: str, old: str, new: str, message: str) -> None:
    shutil.copytree(FOLDER, tmp_path / "rules")
    path = tmp_path / "rules" / f"{file}.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1) if old else f"{text}\n{new}", encoding="utf-8")
    themes = [Theme(f"urn:x/{key}", key) for key in _theme_keys()] if file == "themes" else []
    with pytest.raises(SourceError, match=message):
        rules(tmp_path / "rules", themes)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"kinds\.toml: No such file.*" + ", ".join(FILES)):
        rules(tmp_path)
