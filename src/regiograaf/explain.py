"""Why the graph says something, down to the letters' passages; and why it does not, with the claims that come close."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from rdflib import URIRef

from regiograaf.claims import Claim, Triple
from regiograaf.dataset import Build
from regiograaf.errors import UnknownTermError
from regiograaf.namespaces import GRAPH, shrink

__all__ = ["Derivation", "Near", "explain", "near_claims"]

Origin = Literal["letters", "background", "entity", "inferred"]


@dataclass(frozen=True, slots=True)
class Derivation:
    """One triple with the reason it holds: the claims that say it, its source, or a rule with its premises."""

    triple: Triple
    origin: Origin
    rule: str = ""
    premises: tuple[Derivation, ...] = ()
    claims: tuple[tuple[str, Claim], ...] = ()
    """(key of the letter, claim)."""


@dataclass(frozen=True, slots=True)
class Near:
    """A claim with the content asked for that does not make it a fact, and why not."""

    letter: str
    claim: Claim
    reason: str


def explain(build: Build, triple: Triple) -> Derivation:
    """The derivation of a triple: asserted, background, or inferred down to what letters say.

    Each inferred triple has one reason, whose premises were known before it, so the tree ends.
    Raises UnknownTermError when the graph does not say the triple.
    """
    says = tuple((key, claim) for key, claim in _claims(build) if claim.content == triple and claim.asserts)
    if triple in build.graphs.get(GRAPH["asserted"], ()):
        return Derivation(triple, "letters", claims=says)
    reason = build.closure.reasons.get(triple)
    if reason is not None:
        premises = tuple(explain(build, premise) for premise in reason.premises)
        return Derivation(triple, "inferred", reason.rule, premises)
    for name, origin in (("achtergrond", "background"), ("entiteiten", "entity")):
        if triple in build.graphs.get(GRAPH[name], ()):
            return Derivation(triple, origin)  # type: ignore[arg-type]
    text = " ".join(shrink(str(term)) for term in triple)
    raise UnknownTermError(f"the graph does not say {text}. Ask regiograaf why-not which claims come close.")


def near_claims(build: Build, triple: Triple) -> list[Near]:
    """The claims on this content that do not assert it, or that are withheld, in the order of the letters.

    The content is looked for in both directions when the relation is symmetric or has an inverse in the ontology.
    """
    contents = {triple, *_turned(build, triple)}
    withheld = {item.content for item in build.withheld}
    found = []
    for key, claim in _claims(build):
        if claim.content not in contents:
            continue
        modality = claim.modality.rsplit("/", 1)[-1]
        if claim.denied:
            found.append(Near(key, claim, "denied"))
        elif not claim.asserts:
            found.append(Near(key, claim, f"only {modality}" if modality != "beeindigd" else "ended"))
        elif claim.content in withheld:
            found.append(Near(key, claim, "another claim ends or denies it"))
    return found


def _turned(build: Build, triple: Triple) -> Iterator[Triple]:
    from rdflib.namespace import OWL

    from regiograaf.claims import TYPE

    s, p, o = triple
    for one, relation, other in build.graphs[GRAPH["ontologie"]]:
        if relation == OWL.inverseOf and p in (one, other):
            yield o, other if p == one else one, s
        elif relation == TYPE and one == p and other == OWL.SymmetricProperty:
            yield o, URIRef(str(p)), s


def _claims(build: Build) -> Iterator[tuple[str, Claim]]:
    return ((key, claim) for key, claims in sorted(build.claims.items()) for claim in claims)
