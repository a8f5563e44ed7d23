"""Words that stand for someone named elsewhere: "de provincie", "het programma", "wij", "u".

They stand for the fitting entity that was named last in the sentence, else for a fitting party to the letter or the
region that it is about, else for the fitting entity named last. Where none fits, they are left open.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from regiograaf.reader.mention import Mention
from regiograaf.reader.namewords import any_of, name_words
from regiograaf.reader.parties import Parties

__all__ = ["FUNCTIONS", "NAMED", "ROLES", "Parties", "Reference", "matches", "nearest", "references"]


@dataclass(frozen=True, slots=True)
class Reference:
    """A referring word in a text."""

    start: int
    stop: int
    rule: str
    """noun, sender or addressee."""
    noun: str = ""
    """As written, in lower case; of a pronoun "ik" where it is that or "mij"."""
    own: bool = False
    """Whether it is said to be the letter's own: "uw regio", "als gemeente"."""


_SAME = "(?:gezamenlijke|genoemde|bovengenoemde|voorgenomen|gewijzigde|definitieve|huidige|betreffende|desbetreffende)"
"""Adjectives behind which it is still the one named before."""
_CALLS = name_words().calls
"""Nouns that any entity of a kind can be called by; others only fit a name that holds them."""
_WHOLE = frozenset({
    "provincie", "gemeente", "waterschap", "hoogheemraadschap", "regio", "college", "raad", "gemeenteraad", "kabinet",
    "stuurgroep", "werkgroep", "regiekamer", "netbeheerder", "corporatie", "woningcorporatie", "stichting",
    "universiteit", "wet", "project", "programma", "convenant",
})  # fmt: skip
"""Nouns that a complement does not make another: "het college om", but "het akkoord over zorg"."""
_BODIES = ("provincie", "gemeente", "regio", "college", "raad", "gemeenteraad", "waterschap", "hoogheemraadschap")
"""Nouns that a party to the letter is called by before any other."""
_BY_KIND = frozenset({*_BODIES, "rijk", "kamer", "waterschap", "hoogheemraadschap", "kabinet", "bedrijf", "ministerie"})
"""Nouns that never mean something for a word of its name."""
_QUALITIES = ("rg:Belang", "rg:Doel", "rg:Kenmerk", "rg:Knelpunt", "rg:Voorwaarde")
"""What is said of things; no later word stands for it."""
_BY_NAME = {
    *name_words().ends, *name_words().inside, *name_words().things, *name_words().compounds,
    *name_words().later,
    "aanbevelingen", "aanpak", "advies", "campus", "koers", "onderzoek",
    "opdracht", "proces", "propositie", "samenwerking", "studie", "traject", "verkenning", "minister",
    "staatssecretaris", "bedrijf",
} - {"wet", "fonds"}  # fmt: skip
_PAPERS = (
    "rg:Agenda", "rg:Plan", "rg:Document", "rg:Onderzoek", "rg:Convenant", "rg:Overeenkomst", "rg:Visie", "rg:Proces",
    "rg:Regeling", "rg:Programma", "rg:Strategie", "rg:Afspraken", "rg:RegioDeal", "rg:Rapport", "rg:Bedrijf",
    "rg:Netbeheerder", "rg:Woningcorporatie", "rg:ActorGroep", "rg:Functie",
)  # fmt: skip
_SITES = frozenset(
    noun
    for table in (name_words().ends, name_words().inside, name_words().things, name_words().compounds)
    for noun, kind in table.items()
    if kind in ("rg:Infrastructuur", "rg:Knooppunt", "rg:Voorziening", "rg:Gebied", "rg:Regio", "rg:Locatie")
)
"""Nouns of what lies somewhere: no paper or company is called so for a place in its name."""
_LOOSE = frozenset({
    "onderzoek", "studie", "verkenning", "proef", "rapport", "plan", "agenda", "fonds", "subsidie",
})  # fmt: skip
"""Nouns that go for others of a kind only where nothing named holds them."""
_TOWNS = ("tooiont:Gemeente", "tooiont:Provincie", "tooiont:Waterschap", "rg:Plaats", "rg:Ambtsdrager")
"""What is not called by the end of its name: Waalwijk is no "wijk"."""
FUNCTIONS = (
    "wethouder",
    "burgemeester",
    "gedeputeerde",
    "voorzitter",
    "dijkgraaf",
    "heemraad",
    "directeur",
    "projectleider",
    "bestuurder",
    "commandant",
    "programmamanager",
)
"""Functions by which a text goes on to call who holds them."""
ROLES = frozenset(
    noun
    for noun, kind in name_words().before.items()
    if noun not in _CALLS and kind not in ("rg:Plaats", "rg:Locatie", "rg:Gebied")
)
"""Nouns by which a text goes on to call the one that it has named behind them: "de aannemer"."""
_NOUN = re.compile(rf"\w*(?:{any_of(word for word in {*_CALLS, *_BY_NAME} if ' ' not in word)})")
_REFERENCE = re.compile(
    rf"\b(?:(?P<sender>wij|we|ons|ik|mij)\b(?![-'])|(?<!\d )(?P<addressee>u|jullie)\b(?!\.\w|['-])"
    rf"|(?P<possessive>uw|onze) "
    rf"|(?:de|deze) (?:tweede )?(?P<chamber>kamer)\b(?! van)"
    rf"|(?:deze|die) (?P<these>opgaven?)\b(?![-'])"
    rf"|(?:de|het|deze|dit|dat|die|genoemde|voornoemde) (?:{_SAME} )?(?=(?P<noun>\w++)(?![-']))"
    rf"|(?:als|tussen|met|van|door|en|(?<=\w),) (?P<bare>provincie|rijk|waterschap|hoogheemraadschap)"
    rf"\b(?![-'])(?-i:(?! [A-Z]))"
    rf"|(?:^|(?<=\t)(?-i:(?=[a-z])))(?P<label>provincie|gemeente|waterschap|hoogheemraadschap|rijk)(?=:|\t(?!\s*(?:19|20)\d\d)|$)"
    rf"|als (?P<own>gemeente|regio|college|raad|waterschap|provincie)\b(?![-'])(?-i:(?! [A-Z])))",
    re.IGNORECASE,
)
_REFLEXIVE = re.compile(r"\b(?:wij|we) (?:[a-z]+ ){0,2}$", re.IGNORECASE)
_OWNED = re.compile(
    r" (?:eigen |gezamenlijke? |dagelijks |algemeen )?\w*(?:college|gebied|land|beleid|advies|bestuur|voorstel"
    r"|programma|doel|plan|team|standpunt|besluit|verzoek|kenmerk|netwerk|waterschap|project|onderzoek|werk|water|idee"
    r"|oordeel|antwoord|gesprek|overleg|dorp|bericht|aanbod|systeem|bedrijf|ministerie|gezamenlijk|nieuwe)\b",
    re.IGNORECASE,
)
_RICH = re.compile(r" \w+e\b")
_OWN = re.compile(
    r" (?:regio|streek|provincie|gemeente|raad|gemeenteraad|college|waterschap|hoogheemraadschap|veiligheidsregio"
    r"|omgevingsdienst|stichting|corporatie|bestuur|commissie|Staten|Kamer)\b(?![-'])",
    re.IGNORECASE,
)
NAMED = re.compile(r" (?:van|voor|in|uit|op) (?:de |het )?[A-Z]| [A-Z]| [\"'][A-Z]")
_COMPLEMENT = re.compile(r" (?:naar|om|over|rond|rondom|tussen|van) ")
_BOARD = re.compile(
    r" van (?:burgemeester|b ?(?:&|en) ?w\b|gedeputeerde|dijkgraaf|bestuur|toezicht|decanen|commissarissen)",
    re.IGNORECASE,
)
_FIRST = re.compile(r"(?:rijk|provincie)(?=(?:, \w+)* en (?:de )?(?:provincie|gemeenten?|regio|rijk)\b)", re.IGNORECASE)


def references(text: str) -> Iterator[Reference]:
    """Yield the referring words of one line of reading text, left to right."""
    after = 0
    found = sorted([*_words(text), *_listed(text)], key=lambda one: (one.start, -one.stop))
    for one in found:
        if one.start >= after:
            after = one.stop
            yield one


def _words(text: str) -> Iterator[Reference]:
    for match in _REFERENCE.finditer(text):
        rule = match.lastgroup or ""
        word = match[rule].casefold()
        if rule == "chamber":
            if match[rule][0].isupper():
                yield Reference(*match.span(rule), "noun", "kamer")
            continue
        if rule == "noun" and word != "rijk" and not _is_noun(word):
            continue
        if rule in ("noun", "bare", "own", "these", "label"):
            if rule == "noun" and NAMED.match(text, match.end(rule)):
                continue  # "de gemeente Gouda", "de visie van Gouda": a name of its own, not one named before
            if rule == "noun" and word in ("college", "raad") and _BOARD.match(text, match.end(rule)):
                continue  # "het college van bestuur": an organ by its whole name
            if rule == "noun" and word not in _WHOLE and _COMPLEMENT.match(text, match.end(rule)):
                continue  # "de afspraken over wonen": described anew
            if word == "rijk" and (match[rule] != "rijk" or _RICH.match(text, match.end(rule))):
                continue  # "Rijk" is a name; "de rijke" an adjective
            yield Reference(*match.span(rule), "noun", word, rule == "own")
            continue
        if rule == "possessive":
            of = _OWN.match(text, match.end() - 1)
            if of and of[0].strip() == "Kamer":
                yield Reference(of.start() + 1, of.end(), "noun", "kamer")
            elif of and not NAMED.match(text, of.end()):
                yield Reference(of.start() + 1, of.end(), "noun", of[0].strip().casefold(), own=True)
            continue
        if match[0] == "U" and match.start() and text[match.start() - 1].isalnum():
            continue
        if word == "ons":
            if (of := _OWN.match(text, match.end())) and not NAMED.match(text, of.end()):
                yield Reference(of.start() + 1, of.end(), "noun", of[0].strip().casefold(), own=True)
                continue
            if _OWNED.match(text, match.end()) or _REFLEXIVE.search(text[max(0, match.start() - 30) : match.start()]):
                continue
        yield Reference(*match.span(rule), rule, "ik" if word in ("ik", "mij") else "")


@lru_cache(maxsize=1 << 14)
def _is_noun(word: str) -> bool:
    """Whether something named can be called by a word."""
    return (
        word in FUNCTIONS or word in ROLES or (word not in name_words().nothings and _NOUN.fullmatch(word) is not None)
    )


def _listed(text: str) -> Iterator[Reference]:
    """Yield "rijk" and "provincie" at the head of a list without articles: "rijk, provincie en gemeenten"."""
    if " en " not in text:
        return
    for match in _FIRST.finditer(text):
        if match[0] != "Rijk" and (not match.start() or text[match.start() - 1] in " ("):
            yield Reference(*match.span(), "noun", match[0].casefold())


def matches(noun: str, mention: Mention) -> bool:
    """Whether an entity can be called by a noun: by its kind, or because a word of its name ends in it."""
    return _matches(noun, mention.kind, mention.label)


@lru_cache(maxsize=1 << 16)
def _matches(noun: str, kind: str, label: str) -> bool:
    if kind in _CALLS.get(noun, ()):
        return kind != "rg:Overlegorgaan" or not _other(noun, label)
    if noun in _BY_KIND or kind in _QUALITIES or kind in _TOWNS:
        return False
    if kind in _PAPERS and noun in _SITES:
        return False  # "de streek" is no "woonagenda Bollenstreek"
    if noun.endswith("samenwerking") and kind != "rg:Samenwerkingsverband":
        return False
    if kind in _ORGANS:
        label = label.partition(" van ")[0]  # "de dienst" is not "dagelijks bestuur van de dienst"
    return _holds(noun, label)


_PARTY_KINDS = (
    "tooiont:Samenwerkingsorganisatie", "rg:Stichting", "rg:Samenwerkingsverband", "rg:ActorGroep", "rg:Bedrijf",
    "rg:Kennisinstelling", "rg:Woningcorporatie", "rg:Overheid", "rg:Bureau", "rg:Overlegorgaan",
)  # fmt: skip
"""What a letter of theirs goes on to call by a word of their name before any other: "de dienst"."""


@lru_cache(maxsize=1 << 12)
def _other(noun: str, label: str) -> bool:
    """Whether a name says that its bearer is another: a "taskforce" is no "stuurgroep"."""
    words = [word for word in re.findall(r"\w+", label.casefold()) if word in _GROUPS]
    return bool(words) and not any(word.endswith(noun) for word in words)


_GROUPS = frozenset(
    noun for noun, kind in (*name_words().inside.items(), *name_words().ends.items()) if kind == "rg:Overlegorgaan"
)
_ORGANS = ("rg:College", "rg:Raad", "rg:Orgaan", "rg:Functie")
_ANY_SENDER = frozenset({"programma", "project", "stichting", "vereniging", "netwerk", "samenwerkingsverband"})
"""What a sender can be of whom the text does not say what he is."""
NEAR = 16
"""Mentions back in which one whose name holds a noun goes before one that is only of its kind."""


@lru_cache(maxsize=1 << 14)
def _holds(noun: str, label: str) -> bool:
    """Whether a word of a name ends in a noun: "Warmteakkoord" in "akkoord"."""
    return any(word.endswith(noun) for word in re.findall(r"\w+", label.casefold()))


def nearest(
    noun: str,
    before: Sequence[Mention],
    parties: Parties,
    *,
    own: bool = False,
    sentence: int = -1,
    paragraph: int = -1,
) -> Mention | None:
    """The entity that a noun stands for: of those named before the last that fits, else a party to the letter.

    `sentence` and `paragraph` are where these begin in the reading text: for "de provincie", "de gemeente", "het
    college" and "de raad" what was named before the sentence comes after the parties, and of what was named before the
    paragraph the one named most counts. With `own` only the parties count. "De regio" is the one that the letter is
    about.
    """
    listed = (parties.sender, parties.addressee, *parties.others, parties.region, parties.home)
    fitting = {party.entity: party for party in listed if party and matches(noun, party)}
    party = next(iter(fitting.values())) if len(fitting) == 1 else None
    if own or (noun == "regio" and party is not None):
        return party
    first = noun in _BODIES and sentence >= 0
    if noun not in _BY_KIND:
        reach = before if noun in _LOOSE else before[-NEAR:]
        own_name = [mention for mention in reach if matches(noun, mention) and _holds(noun, mention.label)]
        if own_name and party is not None and party.kind in _PARTY_KINDS and _holds(noun, party.label):
            return next((mention for mention in reversed(own_name) if mention.start >= sentence), party)
        if own_name:
            return own_name[-1]
    earlier: list[Mention] = []
    for mention in reversed(before):
        if first and party is not None and mention.start < sentence:
            return party
        if matches(noun, mention):
            if not first or mention.start >= paragraph:
                return mention
            earlier.append(mention)
    if not earlier and party is None and parties.sender is not None and not parties.sender.kind and noun in _ANY_SENDER:
        return parties.sender
    if not earlier:
        return party
    counts = Counter(mention.entity for mention in reversed(earlier))
    most = counts.most_common(1)[0][1]
    return next(mention for mention in earlier if counts[mention.entity] == most)
