"""What the query page says, Dutch and English beside each other, and questions whose answer is a graph."""

from __future__ import annotations

from collections.abc import Mapping

from regiograaf.release.site.questions import GROUPS

__all__ = ["EXAMPLES", "PAGE", "PARAMETERS", "SCRIPT", "TAGS"]

TAGS: Mapping[str, tuple[str, str]] = {**GROUPS, "grafen": ("Antwoord als graaf", "Answers as a graph")}

PAGE: Mapping[str, tuple[str, str]] = {
    "title": ("Vragen stellen in SPARQL", "Ask in SPARQL"),
    "lead": (
        "Kies een vraag of schrijf er zelf een. Het antwoord wordt in uw browser gezocht: niets gaat naar een server.",
        "Choose a question or write your own. The answer is found in your browser: nothing goes to a server.",
    ),
    "question": ("Vraag", "Question"),
    "questions": ("Vragen", "Questions"),
    "parameters": ("Ingevuld", "Filled in"),
    "editor": ("De vraag in SPARQL", "The question in SPARQL"),
    "hint": (
        "Ctrl+Enter stelt de vraag. Bekende voorvoegsels hoeft u niet te declareren.",
        "Ctrl+Enter asks. Known prefixes need not be declared.",
    ),
    "run": ("Stel de vraag", "Ask"),
    "stop": ("Stop", "Stop"),
    "loading": ("De gegevens worden geladen …", "Loading the data …"),
    "answer": ("Antwoord", "Answer"),
    "table": ("Tabel", "Table"),
    "graph": ("Graaf", "Graph"),
    "save": ("Bewaren als", "Save as"),
    "more": ("Toon meer rijen", "Show more rows"),
    "noscript": (
        "Deze bladzijde vraagt JavaScript. Alle gegevens staan ook als bestand in dataset/.",
        "This page needs JavaScript. All data are also files in dataset/.",
    ),
    "about": ("Over deze bladzijde", "About this page"),
    "data": (
        "Zonder GRAPH ziet een vraag alle benoemde grafen samen, elk triple één keer; met GRAPH ziet zij één ervan. "
        "Alleen lezen kan: SERVICE en wijzigingen worden geweigerd.",
        "Without GRAPH a query sees all named graphs together, each triple once; with GRAPH it sees one of them. "
        "Only reading is possible: SERVICE and updates are refused.",
    ),
    "modality": (
        "Een bewering is wat een brief zegt, met haar modaliteit. Vraag die mee: lang niet alles bestaat al.",
        "A claim is what a letter says, with its modality. Ask for it too: by no means everything exists already.",
    ),
    "engine": ("Gezocht wordt met", "The search is done by"),
    "licences": ("licenties", "licences"),
    "prefixes": ("Bekende voorvoegsels", "Known prefixes"),
}
"""Words of the page itself."""

SCRIPT: Mapping[str, tuple[str, str]] = {
    "own": ("Eigen vraag", "Own query"),
    "ready": (
        "Klaar: {n} triples in {graphs} grafen. Hooguit {seconds} seconden en {rows} rijen per vraag.",
        "Ready: {n} triples in {graphs} graphs. At most {seconds} seconds and {rows} rows a query.",
    ),
    "asking": ("De vraag loopt …", "Asking …"),
    "rows": ("{n} rijen in {ms} ms.", "{n} rows in {ms} ms."),
    "one": ("1 rij in {ms} ms.", "1 row in {ms} ms."),
    "none": ("Geen rijen: niets in de gegevens past hierop ({ms} ms).", "No rows: nothing in the data fits ({ms} ms)."),
    "cut": (
        "Meer dan {n} rijen; de eerste {n} staan hier. Zet LIMIT en OFFSET in de vraag voor de rest.",
        "More than {n} rows; the first {n} are here. Put LIMIT and OFFSET in the query for the rest.",
    ),
    "triples": ("{n} triples in {ms} ms.", "{n} triples in {ms} ms."),
    "shown": ("{n} van {m} rijen", "{n} of {m} rows"),
    "yes": ("Ja", "Yes"),
    "no": ("Nee", "No"),
    "stopped": ("Gestopt. De gegevens worden opnieuw geladen …", "Stopped. Loading the data again …"),
    "late": (
        "Na {seconds} seconden gestopt. Vraag minder tegelijk, of zet een LIMIT in een binnenste SELECT.",
        "Stopped after {seconds} seconds. Ask for less at a time, or put a LIMIT in an inner SELECT.",
    ),
    "crashed": (
        "De vraag is te groot of te diep genest voor de browser. Maak haar kleiner.",
        "The query is too large or nested too deep for the browser. Make it smaller.",
    ),
    "broken": (
        "De zoekmachine start niet in deze browser: {why}. Neem een nieuwere, of gebruik de bestanden in dataset/.",
        "The engine does not start in this browser: {why}. Take a newer one, or use the files in dataset/.",
    ),
    "unexpected": (
        "{near} wordt niet verwacht op regel {line}, teken {column}. Kijk vlak vóór die plaats.",
        "{near} is not expected at line {line}, column {column}. Look just before that place.",
    ),
    "endOfLine": ("Het einde van de regel", "The end of the line"),
    "prefix": (
        "Het voorvoegsel {name} is niet bekend (regel {line}). Declareer het met PREFIX, of kies een bekend.",
        "The prefix {name} is not known (line {line}). Declare it with PREFIX, or take a known one.",
    ),
    "unbound": (
        "SELECT noemt een variabele die niet gegroepeerd of gebonden is (vóór regel {line}, teken {column}).",
        "SELECT has a variable that is neither grouped nor bound (before line {line}, column {column}).",
    ),
    "iri": (
        "Een IRI klopt niet (vóór regel {line}, teken {column}).",
        "An IRI is not valid (before line {line}, column {column}).",
    ),
    "failed": ("Dit kan niet gevraagd worden: {why}", "This cannot be asked: {why}"),
    "service": (
        "SERVICE op regel {line} is geweigerd: het vraagt een andere server. Vraag met GRAPH naar de eigen grafen.",
        "SERVICE on line {line} is refused: it asks another server. Ask with GRAPH for the graphs of the dataset.",
    ),
    "update": (
        "{word} op regel {line} is geweigerd: het wijzigt gegevens. Begin met SELECT, ASK, CONSTRUCT of DESCRIBE.",
        "{word} on line {line} is refused: it changes data. Begin with SELECT, ASK, CONSTRUCT or DESCRIBE.",
    ),
    "empty": (
        "Er staat geen vraag. Begin met SELECT, ASK, CONSTRUCT of DESCRIBE, of kies een vraag uit de lijst.",
        "There is no query. Begin with SELECT, ASK, CONSTRUCT or DESCRIBE, or choose a question from the list.",
    ),
    "graphs": (
        "FROM {name} is geweigerd: zo'n graaf is er niet. Kies een graaf van de gegevensset.",
        "FROM {name} is refused: there is no such graph. Choose a graph of the dataset.",
    ),
    "fill": ('Vul "{name}" in: een naam, CURIE of IRI.', 'Fill in "{name}": a name, CURIE or IRI.'),
    "fillText": ('Vul "{name}" in.', 'Fill in "{name}".'),
    "unknown": (
        'Niets heet "{value}".{near} Kies een naam uit de lijst, of geef een CURIE of IRI.',
        'Nothing is called "{value}".{near} Choose a name from the list, or give a CURIE or IRI.',
    ),
    "near": (" Het dichtst bij: {names}.", " Nearest: {names}."),
    "many": (
        '"{value}" kan {n} dingen zijn: {names}. Geef een van deze CURIEs.',
        '"{value}" can be {n} things: {names}. Give one of these CURIEs.',
    ),
    "absent": ("{name} komt in de gegevens niet voor.", "{name} does not occur in the data."),
    "subject": ("onderwerp", "subject"),
    "predicate": ("relatie", "relation"),
    "object": ("voorwerp", "object"),
    "drawn": (
        "{n} relaties tussen {m} knopen; wat een tekst of getal is, staat alleen in de tabel.",
        "{n} relations between {m} nodes; what is text or a number is only in the table.",
    ),
    "drawnFirst": (
        "De {m} knopen met de meeste relaties, van {all}. De tabel heeft alles.",
        "The {m} nodes with the most relations, of {all}. The table has all.",
    ),
    "undrawn": (
        "Er is niets te tekenen: geen relatie tussen twee knopen.",
        "Nothing to draw: no relation between two nodes.",
    ),
    "drawing": ("Tekening van het antwoord", "Drawing of the answer"),
    "line": ("regel", "line"),
}
"""Words of the script; {…} is filled in there."""

PARAMETERS: Mapping[str, tuple[str, str]] = {
    "ander": ("de ander", "the other"),
    "code": ("code", "code"),
    "een": ("de een", "the one"),
    "eerste": ("eerste", "first"),
    "entiteit": ("entiteit", "entity"),
    "geheel": ("geheel", "whole"),
    "groep": ("groep", "group"),
    "partij": ("partij", "party"),
    "programma": ("programma", "programme"),
    "regio": ("regio", "region"),
    "thema": ("thema", "theme"),
    "tweede": ("tweede", "second"),
    "wie": ("wie", "who"),
    "zaak": ("zaak", "matter"),
}
"""What the parameters of the stored questions are called above a field."""

EXAMPLES = (
    {
        "name": "graaf-van-deelname",
        "summary": ("Wie bestaand lid is van wat, als graaf", "Who is an existing member of what, as a graph"),
        "question": (
            "Welke partijen zijn volgens de brieven nu al lid van een samenwerking of groep?",
            "Which parties are already members of a cooperation or group, according to the letters?",
        ),
        "example": {},
        "text": """\
CONSTRUCT { ?member rg:neemtDeelAan ?whole }
WHERE {
  GRAPH graaf:asserted { ?member rg:neemtDeelAan ?whole }
}
""",
    },
    {
        "name": "graaf-rond",
        "summary": (
            "Wat nu bestaat rond een partij of zaak, als graaf",
            "What exists around a party or thing, as a graph",
        ),
        "question": (
            "Welke bestaande relaties heeft een partij, programma of gebied?",
            "Which existing relations does a party, programme or area have?",
        ),
        "example": {"wie": "regio Drechtsteden"},
        "text": """\
CONSTRUCT { ?subject ?relation ?object }
WHERE {
  GRAPH graaf:asserted {
    { ?subject ?relation ?object FILTER(?subject = ?_wie_iri) }
    UNION
    { ?subject ?relation ?object FILTER(?object = ?_wie_iri) }
  }
  FILTER(isIRI(?object))
}
""",
    },
)
