"""The reader's rules: files that a coder extends, checked as they are read."""

from __future__ import annotations

import re
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
from tests.test_reader_drafts import relations

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


def test_every_noun_gives_a_class_of_the_ontology(ontology: Graph) -> None:
    nouns = rules().nouns
    for kind in sorted({*nouns.whole.values(), *nouns.ends.values()}):
        assert (iri(kind), RDF.type, OWL.Class) in ontology, kind


def test_every_relation_that_a_letter_can_state_has_a_rule(ontology: Graph) -> None:
    inverse = {shrink(str(term)) for term in ontology.subjects(OWL.inverseOf)}
    stated = {shrink(str(term)) for term in ontology.subjects(RDF.type, OWL.ObjectProperty)} - inverse
    about_claims = {
        "aangehaaldUit", "afschriftAan", "afzender", "bestaansstatus", "betreft", "bewijs", "eenheid",
        "geadresseerde", "grootheid", "hadModaliteit", "heeftRelatieMet", "inProgramma", "modaliteit",
        "nauwkeurigheid", "ontvanger", "periode", "reden", "regio", "rol", "rustOp", "status", "thema", "uitBrief",
    }  # fmt: skip
    lacking = {term for term in stated if term.startswith("rg:")} - {rule.predicate for rule in rules().relations}
    assert lacking <= {f"rg:{name}" for name in about_claims}


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
        ("relations", "unknown = -0.1", 'unknown = "veel"', r'\[weights\]: "unknown" must be a number'),
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


EXAMPLES = {
    "medefinancieren": ("Zeist medefinanciert de studie.", "rg:financiert"),
    "sponsoring-door": ("De sponsoring van de studie door Zeist is rond.", "rg:financiert"),
    "naar-idee-van": ("De brug, naar idee van Zeist, is mooi.", "rg:ontwikkelt"),
    "arm-in-arm-met": ("Zeist staat arm in arm met Stedin.", "rg:werktSamenMet"),
    "op-de-rol": ("Dat Zeist Stedin steunt, staat op de rol.", ""),
}
"""Of each example in docs/rules.md a sentence that it reads and the rules without it do not."""


def test_the_examples_of_the_page_on_rules_do_what_it_says(tmp_path: Path) -> None:
    page = (REPO / "docs" / "rules.md").read_text(encoding="utf-8")
    shutil.copytree(FOLDER, tmp_path / "rules")
    for block in re.findall(r"```toml\n(.*?)```", page, re.DOTALL):
        name = "nouns" if "[kinds]" in block else "modality" if "[[cue]]" in block else "relations"
        path = tmp_path / "rules" / f"{name}.toml"
        text = path.read_text(encoding="utf-8")
        if name == "nouns":
            key, _, words = block.removeprefix("[kinds]\n").partition(" = [")
            text = text.replace(f"{key} = [", f"{key} = [{words.strip().rstrip(']')},", 1)
        else:
            text += "\n" + block
        path.write_text(text, encoding="utf-8")
    extended = rules(tmp_path / "rules")
    assert set(EXAMPLES) <= {rule.name for rule in extended.relations} | {cue.name for cue in extended.cues}
    for name, (text, predicate) in EXAMPLES.items():
        if predicate:
            before, after = (
                {one.rule for one in relations(text, given) if one.predicate == predicate}
                for given in (rules(), extended)
            )
            assert name in after - before, name
    assert extended.nouns.kind("stationsfietsenkelder") == "rg:Voorziening"
    assert any("staat op de rol" in cue.phrases for cue in extended.cues)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"kinds\.toml: No such file.*" + ", ".join(FILES)):
        rules(tmp_path)
