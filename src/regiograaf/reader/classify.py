"""What a phrase of capitals is likely to be: by the words before it, its own first word, its end, or nothing else."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from regiograaf.reader.candidate import COMMON, PERSON, Candidate
from regiograaf.reader.capitals import REACH, SUFFIX, WORDS, begins_sentence, head_of, listed_kind, paper_of
from regiograaf.reader.namewords import any_of
from regiograaf.reader.persons import CONTACT, FUNCTION_BEFORE, FUNCTION_WORD, TITLE_BEFORE, office_at, person_at

__all__ = ["classify"]

_ORGAN_BEFORE = re.compile(
    r"\b(?:(?P<gm>gemeenteraad|raad|burgemeester (?:en|&) wethouders|wethouders?|burgemeester|college|b&w)"
    r"|(?P<pv>gedeputeerde staten|provinciale staten|(?-i:[GP]S))|(?P<ws>dijkgraaf en (?:hoog)?heemraden)) van $",
    re.IGNORECASE,
)
_ORGAN_FIRST = re.compile(
    r"(?:(?:Provinciale|Gedeputeerde) Staten|Burgemeester en Wethouders|Gemeenteraad|(?:Dagelijks|Algemeen) Bestuur"
    r"|GS|PS|DB|AB) van (?:de |het )?(?=[A-Z])"
)
"""An organ whose body's name follows it."""
_ORGAN_BODIES = {"gm": "tooiont:Gemeente", "pv": "tooiont:Provincie", "ws": "tooiont:Waterschap"}
_LINKED = frozenset({"ministerie", "universiteit", "hogeschool", "hoogheemraadschap", "akkoord", "spoorzone"})
"""Words that a name can follow with "van" in between and still hold them."""
_LABEL_WITHIN = re.compile(
    r"(?<!&) (?:Aanwezig|Afwezig|Datum|Onderwerp|Betreft|Kenmerk|Bijlagen?|Locatie|Plaats|Aan|Van)\b"
)
"""Labels of a letter's head, where a name of the line above ends."""
_IN = re.compile(r"\b(?:in|te|nabij|rond|rondom) $", re.IGNORECASE)
_LIST_BEFORE = re.compile(r"[A-ZÀ-Þ][\w'-]*, $")
"""A name and a comma: what follows goes on a list of names."""
_ARTICLE_BEFORE = re.compile(r"\b(?:de|het) $", re.IGNORECASE)
_BETWEEN = re.compile(r"\b(?:in|te|tussen|nabij|rond|rondom|naar|van|uit) $", re.IGNORECASE)
_INSIDE_END = re.compile(rf"({any_of(word for word in WORDS.inside if ' ' not in word)})$")
_BEFORE_END = re.compile(rf"(?<=\w\w\w)(?:{any_of(word for word in WORDS.before if len(word) > 5)})$")
_DATELINE = re.compile(r", \d{1,2} [a-z]+ \d{4}\s*$")
_CELL_END = re.compile(r"\t")
_OBJECT = re.compile(
    r"(?<=\w) (?<!van )(?<!aan )(?<!op )(?<!in )(?<!voor )(?<!over )(?<!bij )(?<!en )"
    r"(?P<article>het|de) (?P<next>[A-Z]\w+)"
)
"""An article behind a name, where another one begins: "Zo steunt Zwolle de Stichting Jeugd"."""
_POSTCODE = re.compile(r"\b\d{4} ?$")
_ADJECTIVE = re.compile(r"[A-Z][\w'-]*(?:se|sche|'s)$")
_MIXED = re.compile(r"[A-Z][\w-]*(?:[a-z][A-Z]|\d)[\w-]*$|[A-Z]{3,}$")
_COMMON_END = re.compile(r"(?:heid|ing|tie|teit|bijeenkomst|isme)$")
"""Ends of common nouns that titles and tables write with a capital."""
_LOOSE = re.compile(r"(?:ële|ale|ele|eve|ige|ijke|are|ische)$")
"""Ends of adjectives."""
_ABBREVIATED_NOUN = re.compile(r"[A-Z]{2,}\d*-[a-zà-ÿ]")
_CLIPPED = re.compile(r"\.(?! *$| [A-ZÀ-Þ])")
"""A full stop that ends no sentence, but a word cut short."""
_HOUSE = re.compile(r" \d+\w?,?\s+\d{4} ?[A-Z]{2}\b")
_PAIRED = re.compile(r"[A-Z]\w+e (?:en|of) (?:de |het )?[A-Z]\w+e [a-z]")
"""The first of two adjectives that share a noun: "de Rotterdamse en de Leidse regio"."""
_DOUBLE = frozenset(
    {"kaag en braassem", *map(str.casefold, WORDS.double), *(name.casefold() for name in WORDS.towns if " " in name)}
)
"""Names of bodies of several words, "en" among them."""


def classify(text: str, start: int, stop: int, listed: tuple[str, int]) -> Candidate | int:
    """The name that a phrase of capitals is, or holds; else where the search goes on."""
    name = text[start:stop]
    if label := _LABEL_WITHIN.search(name):
        stop = start + label.start()
        name = text[start:stop]
    for link in _OBJECT.finditer(name) if " het " in name or " de " in name else ():
        if link["article"] == "het" or _kind_of_head(link["next"].casefold()):
            stop = start + link.start()
            name = text[start:stop]
            break
    if " aan " in name or " in " in name or " voor " in name:
        stop = start + len(_before_paper(name))
        name = text[start:stop]
    words = name.split(" ")
    first = begins_sentence(text, start)
    if len(words) > 1 and words[0] in _TITLES:
        return start + len(words[0])
    if first and len(words) > 1 and words[0].casefold() in WORDS.common:
        return start + len(words[0])
    if first and words[0].casefold() in WORDS.common:
        return stop
    if len(words) > 1 and (first or words[1][0].isupper()) and _kind_before(words[0].casefold()):
        if _kind_before(words[0].casefold()) != "rg:Bedrijf" or name[len(words[0]) + 1 :] not in WORDS.towns:
            return start + len(words[0])
        return Candidate(start, stop, name, "rg:Bedrijf", "bedrijf van een plaats")
    before = text[max(0, start - REACH) : start]
    legal = text.startswith(".V.", stop) if words[-1] in ("B", "N") and len(words) > 1 else False
    if legal or words[-1] in ("BV", "NV"):
        stop += 3 if legal else 0
        return Candidate(start, stop, text[start:stop], "rg:Bedrijf", "rechtsvorm")
    if words[0] in ("NV", "BV") and len(words) > 1:
        return Candidate(start, stop, name, "rg:Bedrijf", "rechtsvorm", bare=name.partition(" ")[2])
    if organ := _ORGAN_FIRST.match(name):
        return start + organ.end()
    if CONTACT.search(before) and TITLE_BEFORE.search(before):
        return stop
    office = office_at(text, start, before)
    if office is None and len(words) > 1 and FUNCTION_WORD.fullmatch(words[0]):
        return start + len(words[0])
    return (
        office
        or person_at(text, start, stop, before)
        or _inside(text, start, stop, before, listed)
        or _named(text, start, stop, before, first, listed)
    )


def _before_paper(name: str) -> str:
    """A name without the paper or programme behind it that a sentence leads to with a preposition: "werkt met X aan de
    Waterstofagenda"."""
    for link in _LEADS.finditer(name):
        first = paper_of(name[: link.start()].rpartition(" ")[2].casefold())
        rest = name[link.end() :].split(" ")
        own = first or _kind_of_head(name.partition(" ")[0].casefold()) in _PAPER_KINDS
        if not own and any(paper_of(word.casefold()) in _PAPER_KINDS for word in rest):
            return name[: link.start()]
    return name


_LEADS = re.compile(r" (?:aan|in|voor) (?:de|het) (?=[A-Z])")
_PAPER_KINDS = (
    "rg:Agenda", "rg:Programma", "rg:Visie", "rg:Plan", "rg:Strategie", "rg:Overeenkomst", "rg:Convenant",
    "rg:Regeling", "rg:Document", "rg:Rapport", "rg:Verordening", "rg:Afspraken",
)  # fmt: skip
_TITLES = frozenset({"Mevrouw", "Mevr", "Mw", "Dhr", "Meneer"})


@lru_cache(maxsize=1 << 12)
def _kind_of_head(word: str) -> str:
    """The kind that a word gives to the name that holds it: the word itself, or the end of a compound."""
    if word in WORDS.inside:
        return WORDS.inside[word]
    end = _INSIDE_END.search(word)
    return WORDS.inside[end[1]] if end and len(end[1]) >= 4 and len(word) - len(end[1]) >= 3 else ""


def _inside(text: str, start: int, stop: int, before: str, listed: tuple[str, int]) -> Candidate | None:
    """A name with the word before it, or its own first word, that gives its kind: "stuurgroep Wonen"."""
    words = text[start:stop].split(" ")
    head = head_of(before)
    titled = head is not None and not head["link"] and head["one"].islower() and head["one"] in _TITLED
    for count in (2, 1) if not titled else ():
        own = " ".join(words[:count]).casefold()
        kind = (WORDS.inside.get(own, "") if count == 2 else _kind_of_head(own)) if len(words) > count else ""
        if kind and (words[count][0].isupper() or words[count] in ("van", "voor", "aan")):
            bare = text[start + len(own) + 1 : stop]
            return _cut(text, start, stop, kind, own, bare)
    if head is None:
        return None
    two, one = head["two"].casefold(), head["one"].casefold()
    kind, begin = WORDS.inside.get(two, ""), head.start("two")
    if not kind:
        kind, begin = _kind_of_head(one), head.start("one")
    if not kind or (head["link"] and one not in _LINKED) or not before[begin].islower():
        return None
    return _cut(text, start - len(before) + begin, stop, kind, one, text[start:stop])


_PLACES = ("rg:Infrastructuur", "rg:Gebied", "rg:Locatie", "rg:Bedrijventerrein", "rg:Voorziening")
_BODIES = ("rg:Overheid", "rg:Overlegorgaan", "rg:Kennisinstelling", "rg:Samenwerkingsverband")
"""What one word with a capital names by its end: "de Jeugdautoriteit"."""
_TITLED = frozenset({"programma", "project", "stichting", "vereniging", "pilot", "netwerk", "campagne", "platform"})
"""What can have a name that begins with the word of another kind: "programma Sluis Oost"."""
_SOMEWHERE = ("rg:Project", "rg:Pilot", "rg:Overlegorgaan", "rg:Team", "rg:Gebeurtenis", "rg:Woningcorporatie")
"""What a sentence says the place of behind "in", which is no part of the name."""
_NO_PLACE = (" in ", " op ", " voor ", " bij ", " over ", " van ")
"""What ends the name of a place."""
_NO_PART = (" en ", " in ", " op ", " van ", " voor ", " bij ", " over ", " aan ")
"""What ends the name of a body."""
_NO_LISTS = ("tooiont:Gemeente", "tooiont:Provincie", "rg:Regio", "tooiont:Ministerie")


_ABOUT = ("rg:RegioDeal", "rg:Overlegorgaan", "rg:Team")
"""What is named after what it is about, and not called by that alone."""
_ARTICLES = frozenset({"de", "het", "een"})
"""Behind "en" these begin another name: "Veiligheidsregio Noord en de GGD Noord"."""


def _known(name: str) -> bool:
    """Whether a name, or its first word, is that of a body that all know: "Staatsbosbeheer"."""
    return name in WORDS.abbreviations or name.partition(" ")[0] in WORDS.abbreviations


def _cut(text: str, start: int, stop: int, kind: str, head: str, bare: str) -> Candidate:
    """A name of a kind, without what "en" adds to the name of a body ("gemeente Breda en Enexis")."""
    pieces = bare.split(" en ")
    for i, piece in enumerate(pieces[1:], 1):
        if pieces[i - 1].endswith("-"):
            continue  # "Duin- en Bollenstreek"
        head_word = piece.split(" ")[0].casefold()
        company = kind == "rg:Bedrijf" and " " in piece
        alone = kind == "tooiont:Samenwerkingsorganisatie" or piece in WORDS.towns
        led = _kind_of_head(head_word) or head_word in WORDS.before or head_word in _ARTICLES
        led = led or (alone and bare.casefold() not in _DOUBLE)
        if i > 1 or led or company or _known(piece):
            short = " en ".join(pieces[:i])
            stop, bare = stop - len(bare) + len(short), short
            break
    links = _NO_PART if kind in _NO_LISTS else _NO_PLACE if kind in _PLACES else (" in ",) if kind in _SOMEWHERE else ()
    for link in links if bare.casefold() not in _DOUBLE else ():
        if link in (" op ", " aan ") and kind == "tooiont:Gemeente":
            continue
        short = bare.partition(link)[0]
        if not short.endswith("-"):  # "Duin- en Bollenstreek"
            stop, bare = stop - len(bare) + len(short), short
    if kind in _ABOUT or head.endswith(" of"):
        bare = ""  # "Achterhoek" is no "Regio Deal Achterhoek"
    return Candidate(start, stop, " ".join(text[start:stop].split()), kind, f'naam met "{head}"', bare=bare)


@lru_cache(maxsize=1 << 12)
def _kind_before(word: str) -> str:
    """The kind that a word gives to the name behind it: the word itself, or the end of a compound."""
    if word in WORDS.before:
        return WORDS.before[word]
    end = _BEFORE_END.search(word)
    return WORDS.before[end[0]] if end and not _kind_of_head(word) else ""


def _named(text: str, start: int, stop: int, before: str, first: bool, listed: tuple[str, int]) -> Candidate | int:
    """A name without a kind word of its own: by the words before it, its end, or its capitals alone."""
    kind, reason = "", ""
    head = head_of(before)
    organ = _ORGAN_BEFORE.search(before)
    plural = listed_kind(before)
    goes_on = listed[1] >= 0 and text[listed[1] : start] in (", ", " en ", " of ", ", de ", " en de ", " & ")
    if organ:
        kind, reason = _ORGAN_BODIES[organ.lastgroup or "gm"], "naam achter een orgaan"
    elif plural or goes_on:
        kind, reason = plural or listed[0], "naam in een lijst"
    elif head and not head["link"] and (kind := _kind_before(head["one"].casefold())):
        reason = f'naam achter "{head["one"].casefold()}"'
    if kind == PERSON and text[start:stop].casefold() in WORDS.portfolios:
        return stop
    if kind == "rg:Bedrijf" and head and reason.startswith("naam achter") and text[start:stop] in WORDS.towns:
        start -= len(head["one"]) + 1  # "waterbedrijf Groningen": a place alone is no company
        return Candidate(start, stop, text[start:stop], kind, "bedrijf van een plaats")
    if kind:
        stop = start + len(_parted(text[start:stop], before, always=True).partition(" in ")[0])
        return Candidate(start, stop, text[start:stop], kind, reason, bare=text[start:stop])
    name = _parted(text[start:stop], before)
    stop = start + len(name)
    words = name.split(" ")
    if _EN.search(name) and (kind := WORDS.ends.get(words[-1].casefold(), "")):
        return Candidate(start, stop, name, kind, f'eindigt op "{words[-1].casefold()}"', weak=first)
    if len(words[0]) == 2 and words[0].isupper() and _POSTCODE.search(text[max(0, start - 5) : start]):
        return stop
    if name in WORDS.abbreviations:
        label, kind = WORDS.abbreviations[name]
        return Candidate(start, stop, label, kind, COMMON, short=name)
    if name in WORDS.towns and first and _DATELINE.match(text, stop):
        return stop
    if name in WORDS.towns:
        kind = "rg:Plaats" if _IN.search(before) else "tooiont:Gemeente"
        return Candidate(start, stop, name, kind, "naam van een gemeente", weak=first and name in WORDS.wordlike)
    paper = len(words) > 1 and words[0].casefold() in WORDS.ends
    suffix = SUFFIX.search(words[0].casefold()) if len(words[0]) > 5 or paper else None
    if suffix and (len(words) > 1 or not first):
        for link in (" van ", " in ", " bij "):
            name = name.partition(link)[0]
        return Candidate(start, start + len(name), name, WORDS.ends[suffix[1]], f'eindigt op "-{suffix[1]}"')
    if len(words) == 1:
        return _single(text, start, stop, before, first)
    return _several(text, start, name, first)


_EN = re.compile(r"(?<!-) en ")
_OTHER = r"(?:De|Het|Ons|Stichting|de|het|een) "


def _parted(name: str, before: str, always: bool = False) -> str:
    """A name without a second one behind "en": where the first is one word, a place or in a list, or the second looks
    like one by itself. "Natuur en Milieufederatie Drenthe" is one, and what ends in a word of its kind."""
    if name.casefold() in _DOUBLE:
        return name
    for link in re.finditer(r"(?<!-) en ", name):
        left, right = name[: link.start()], name[link.end() :]
        if not always and _is_one(left, right, before):
            continue
        if always or " " not in left or _MIXED.match(right.split(" ")[0]) or re.match(_OTHER, right):
            return left
        if left in WORDS.towns or right in WORDS.towns or _known(left) or _known(right) or _LIST_BEFORE.search(before):
            return left
        if " " not in right and _BETWEEN.search(before):
            return left
        if " " in right and not re.search(r" (?:van|voor) ", left):
            return left
        break
    return name


def _is_one(left: str, right: str, before: str) -> bool:
    """Whether "en" stands within one name: between two subjects of what its kind word says."""
    if " " in left or left in WORDS.towns or left in WORDS.abbreviations or _MIXED.match(left):
        return False
    words = right.split(" ")
    if words[-1].casefold() in WORDS.ends and len(words) > 1 and words[0] not in WORDS.towns:
        return not any(word in _ARTICLES for word in words)
    if left.casefold() not in WORDS.portfolios or not _ARTICLE_BEFORE.search(before):
        return False
    return bool(_kind_of_head(words[0].casefold()) or paper_of(words[0].casefold()))


def _single(text: str, start: int, stop: int, before: str, first: bool) -> Candidate | int:
    """One word with a capital: a name within a sentence; at its head only one that is a name elsewhere too."""
    word = text[start:stop]
    if word.casefold() in WORDS.inside and _CELL_END.match(text, stop):
        return Candidate(start, stop, word, "", "soortwoord in een tabel", weak=True)
    if word.casefold() in WORDS.ends or word.casefold() in WORDS.before or WORDS.inside.get(word.casefold()):
        return stop
    if word.casefold() in WORDS.common or len(word) < (3 if not word.isupper() else 2) or word.isdigit():
        return stop
    if _ADJECTIVE.match(word) and re.match(r" [a-z]", text[stop : stop + 2]):
        return Candidate(start, stop, word, "", "hoofdletter in de zin", weak=True)
    if not first and (kind := _kind_of_head(word.casefold())) in _BODIES and word.casefold() not in WORDS.inside:
        return Candidate(start, stop, word, kind, "eindigt op een soortwoord")
    if (_COMMON_END.search(word) and not word.isupper()) or _ABBREVIATED_NOUN.match(word):
        return stop
    if word[-1] == "e" and not first and re.match(r" [a-z]", text[stop : stop + 2]) and _LOOSE.search(word):
        return stop
    if re.fullmatch(r"[IVX]+", word) or (len(word) < 4 and not word.isupper() and _CLIPPED.match(text, stop)):
        return stop
    if word.casefold() in WORDS.portfolios and FUNCTION_BEFORE.search(before):
        return stop
    if _HOUSE.match(text, stop) or _PAIRED.match(text, start):
        return stop
    mixed = bool(_MIXED.match(word))
    kind = "rg:Plaats" if _IN.search(before) and not mixed else ""
    suffix = SUFFIX.search(word.casefold()) if len(word) > 5 else None
    if suffix and not first:
        kind = WORDS.ends[suffix[1]]
    return Candidate(start, stop, word, kind, "hoofdletter in de zin", weak=first and not mixed)


def _several(text: str, start: int, name: str, first: bool) -> Candidate | int:
    """The name of two capitals or more."""
    for link in (" bij ", " in ", " te ", " over ", " en de ", " en het "):
        name = name.partition(link)[0]
    words = name.split(" ")
    capitals = [word for word in words if word[0].isupper()]
    if words[0].casefold() in WORDS.common and (first or len(capitals) < 2):
        return start + len(words[0])
    if len(capitals) < 2 and not re.search(r"\d{2}", name):
        return _single(text, start, start + len(words[0]), text[max(0, start - REACH) : start], first)
    beside = any(a[0].isupper() and b[0].isupper() for a, b in pairwise(words)) or {"van", "voor"} & set(words)
    if "en" in words and not beside and not words[0].endswith("-"):
        return _single(text, start, start + len(words[0]), text[max(0, start - REACH) : start], first)
    plain = not _MIXED.match(words[0]) and not words[0].isupper() and words[0] not in ("De", "Het", "Ons")
    if first and plain and not words[1][0].isupper():
        return start + len(words[0])
    if first and words[0] in ("De", "Het", "Ons"):
        return start + len(words[0])
    ends = (SUFFIX.search(word.casefold()) for word in reversed(words) if len(word) > 3 and word not in WORDS.towns)
    suffix = next((end for end in ends if end), None)
    if suffix:
        return Candidate(start, start + len(name), name, WORDS.ends[suffix[1]], f'eindigt op "-{suffix[1]}"')
    return Candidate(start, start + len(name), name, "", "meer dan een hoofdletter")
