"""Closed classes of Dutch words, by which clauses and the parts in them are told."""

from __future__ import annotations

PREPOSITIONS = frozenset({
    "aan", "achter", "als", "behalve", "betreffende", "bij", "binnen", "boven", "buiten", "conform", "dankzij",
    "door", "gedurende", "i.o.m.", "i.s.m.", "in", "inzake", "langs", "met", "middels", "na", "naar", "naast",
    "namens", "om", "omstreeks", "omtrent", "ondanks", "onder", "op", "over", "per", "richting", "rond", "rondom",
    "sinds", "te", "tegen", "tegenover", "ten", "ter", "tijdens", "tot", "tussen", "uit", "van", "vanaf", "vanuit",
    "vanwege", "via", "volgens", "voor", "voorbij", "vóór", "wegens", "zonder",
})  # fmt: skip
"""Also "dan", behind which nobody has a part of their own ("anders dan X")."""
ARTICLES = frozenset({
    "'t", "alle", "beide", "dat", "de", "dergelijk", "dergelijke", "deze", "die", "dit", "diverse", "een", "elk",
    "elkaars", "elke", "enkele", "geen", "haar", "het", "hun", "ieder", "iedere", "meer", "meerdere", "mijn", "ons",
    "onze", "sommige", "uw", "veel", "verschillende", "zijn", "zulke",
})  # fmt: skip
"""Articles and what stands in their place."""
INDEFINITE = frozenset({"", "enkele", "extra", "meer", "meerdere"})
"""What stands before a noun that names nothing known yet, beside "een"; also nothing."""
COMES = frozenset({
    "komen", "komt", "kwam", "kwamen", "ontstaan", "ontstaat", "openen", "opent", "start", "starten", "verrijst",
    "verrijzen",
})  # fmt: skip
"""Verbs by which a thing comes to be."""
LACKS = frozenset({"ontbrak", "ontbraken", "ontbreekt", "ontbreken"})
"""Verbs by which a thing is not there."""
REFUSES = frozenset({"afziet", "geweigerd", "weigerde", "weigerden", "weigeren", "weigert"})
"""Forms of verbs that deny what they lead to."""
MUSED = frozenset({
    "aanvraag", "aanvragen", "behoefte", "gesprek", "gesprekken", "haalbaarheidsonderzoek", "haalbaarheidsstudie",
    "idee", "ideeën", "kans", "kansen", "lobby", "locatie", "onderhandelingen", "onderzoek", "oproep", "plan",
    "plannen", "pleidooi", "ruimte", "scenario", "schets", "studie", "verkenning", "verzoek", "voorstel", "voorstellen",
    "wens",
})  # fmt: skip
"""Nouns behind which "voor een X" is only thought of."""
MUSES = frozenset({
    "denken", "denkt", "droomt", "dromen", "gesproken", "onderhandelen", "onderhandelt", "pleiten", "pleit", "praat",
    "praten", "spreekt", "spreken", "zoeken", "zoekt",
})  # fmt: skip
"""Forms of verbs by which it is."""
WORKS = frozenset({"gewerkt", "werken", "werkt"})
"""Forms by which it is being made: "werkt aan een X"."""
READY = frozenset({
    "aangelegd", "gebouwd", "gereed", "gerealiseerd", "gesloten", "ingesteld", "klaar", "ondertekend", "opgeleverd",
    "opgericht", "opgesteld", "vastgesteld",
})  # fmt: skip
"""What a thing that is still being made is not yet."""
FILL = frozenset({
    "acht", "alleen", "andere", "bijvoorbeeld", "circa", "drie", "en/of", "eveneens", "extra", "genoeg", "goed",
    "groot", "heel", "m.n.", "mede", "meer", "met", "minder", "name", "negen", "nieuw", "o.a.", "onder", "ongeveer",
    "onze", "ook", "tevens", "tien", "twee", "verder", "vier", "vijf", "voldoende", "vooral", "zeer", "zes", "zeven",
    "zoals", "zowel", "én",
})  # fmt: skip
"""What can stand between an article and its noun, or between a preposition and a name, and is no adjective in -e."""
EXAMPLES = frozenset({"bijvoorbeeld", "waaronder", "zoals"})
"""What leads to an example of the noun before it."""
AND = frozenset({",", "alsmede", "alsook", "en", "en/of", "of", "respectievelijk", "én"})
"""What stands between the members of a list."""
QUOTES = frozenset({'"', "'", "‘", "’", "“", "”", "„", "«", "»"})
"""Quotation marks, which part nothing."""
TOO = frozenset({"evenals"})
"""What leads to one more of whom the clause holds: "X doet mee, evenals Y"."""
RELATIVES = frozenset({"dat", "die", "wat", "wie"})
WHERE = {
    "waar": "in", "waaraan": "aan", "waarbij": "bij", "waarbinnen": "binnen", "waardoor": "", "waarin": "in",
    "waarmee": "met", "waarna": "", "waarnaar": "naar", "waaronder": "", "waarop": "op", "waarover": "over",
    "waartegen": "tegen", "waartoe": "tot", "waartussen": "tussen", "waaruit": "uit", "waarvan": "van",
    "waarvoor": "voor",
}  # fmt: skip
"""Words that begin a clause about the name before them, with the preposition by which it stands in the clause."""
CONJUNCTIONS = frozenset({
    "aangezien", "alhoewel", "doordat", "hoewel", "indien", "mits", "nadat", "ofschoon", "omdat", "opdat",
    "tenzij", "terwijl", "totdat", "voordat", "wanneer", "zodat", "zodra",
})  # fmt: skip
"""What a subordinate clause begins with, beside "dat" and "om"."""
DAT_BEFORE = frozenset({
    "belangrijk", "ernaar", "erop", "ertoe", "ervan", "ervoor", "feit", "is", "nodig", "op", "uit", "van",
    "wenselijk",
})  # fmt: skip
"""Words behind which "dat" begins a clause."""
CONDITIONS = frozenset({"als", "indien", "mits", "tenzij", "wanneer"})
"""Of them those whose clause is only possible."""
PROVISOS = CONDITIONS - {"wanneer"} | {"zodra"}
"""Of them those that make what somebody does only possible; "wanneer" tells a time as well."""
TABLES = frozenset({"rg:Overlegorgaan", "rg:Samenwerkingsverband", "rg:Team"})
"""Classes of those who act that are also a thing to take part in: what "daarin" can stand for."""
COORDINATORS = frozenset({",", "en", "maar", "of", "want", "én"})
STOPS = frozenset({"!", ".", "?"})
AUXILIARIES = frozenset({"gaan", "hebben", "kunnen", "moeten", "mogen", "willen", "worden", "zijn", "zullen"})
PRONOUNS = frozenset({"hij", "ze", "zij"})
"""What can stand for the subject of the sentence before."""
VAGUE = frozenset({"daar", "daarmee", "dat", "deze", "die", "dit", "er", "het", "hier", "hiermee", "men"})
"""What stands for something else, or nothing."""
ORDERED = frozenset({
    "aandacht", "alle", "daarbij", "daarom", "dan", "dat", "de", "deze", "die", "dit", "een", "gebruik", "het",
    "hierbij", "niet", "ook", "prioriteit", "rekening", "ruimte", "samen", "uw", "vooral", "voorrang",
})  # fmt: skip
"""What can follow the verb of an order; behind a noun that looks like one, a preposition stands."""
BEHIND_PARTICLE = frozenset({"!", ")", ",", "-", ".", ":", ";", "?", "dat", "en", "maar", "of", "–"})
"""What can follow a verb's particle, beside a preposition."""
PARTICLES = frozenset({
    "aan", "achter", "af", "bij", "door", "in", "mee", "na", "neer", "open", "op", "over", "stil", "terug", "toe",
    "uit", "vast", "voor", "voort", "vrij", "weg",
})  # fmt: skip
"""What parts from a verb and makes it another."""
STANDS_IN = frozenset({"daar", "er", "hier", "waar"})
"""What stands for the name that a preposition without one leads to: "Daar werkt X aan"."""
BECOME = frozenset({"geworden", "werd", "werden", "word", "worden", "wordt"})
"""Forms of "worden"."""
BE = frozenset({"geweest", "is", "waren", "was", "zijn"})
"""Forms of "zijn"."""
HAVE = frozenset({"had", "hadden", "hebben", "heeft"})
"""Forms of "hebben"."""
PURPOSE = frozenset({"om", "teneinde"})
"""What leads to a purpose: meant, and no more than that."""
LET = frozenset({"laat", "laten", "liet", "lieten"})
"""Forms of "laten", which has somebody else do what its infinitive says."""
ADVERBS = {
    f"{here}{word}": "met" if word == "mee" else "tot" if word == "toe" else word
    for here in ("daar", "hier", "er")
    for word in ("aan", "bij", "in", "mee", "op", "over", "toe", "uit", "voor", "van")
} | {"daar": "daar"}
STRANDED = {
    "aan": "aan",
    "bij": "bij",
    "in": "in",
    "mee": "met",
    "op": "op",
    "over": "over",
    "uit": "uit",
    "van": "van",
    "voor": "voor",
}
"""Prepositions that can stand apart from their "er" or "daar": "X heeft er geen behoefte aan"."""
"""Adverbs that stand for a preposition and a thing named before, with the preposition: "daarvoor", "eraan"."""
KIND_WORDS = frozenset({
    "adviesbureau", "bedrijf", "burgemeester", "bureau", "corporatie", "gedeputeerde", "gemeente", "gemeenten",
    "hoogheemraadschap", "minister", "netbeheerder", "netbeheerders", "ontwikkelaar", "organisatie", "provincie",
    "staatssecretaris", "stichting", "vereniging", "vervoerder", "waterschap", "wethouder", "woningcorporatie",
})  # fmt: skip
"""What can stand before a name in a list and is no part of it."""
OURS = frozenset({
    "aandacht", "aanpak", "ambitie", "doel", "doelstelling", "focus", "insteek", "inspanningen", "inzet", "opdracht",
    "prioriteit", "streven", "taak", "wens",
})  # fmt: skip
"""What somebody has who aims at something: "onze inzet is gericht op X"."""
AGREED = frozenset({"afgesproken", "afspreken", "overeengekomen", "overeenkomen"})
"""Forms of verbs by which those named together are bound to what follows."""
SHALL = frozenset({"zal", "zullen"})
"""Forms of "zullen": of who acts a plan, of a thing what is expected."""
ABBREVIATIONS = frozenset({
    "art", "bijv", "ca", "dhr", "dr", "drs", "evt", "excl", "incl", "ing", "ir", "jl", "max", "mevr", "min", "mld",
    "mln", "mr", "mw", "nr", "prof", "resp",
})  # fmt: skip
"""Words behind which a full stop ends nothing."""
