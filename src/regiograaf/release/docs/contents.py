"""The table of contents: which page is for starting, for doing, for looking up, for understanding."""

from __future__ import annotations

__all__ = ["PARTS", "REFERENCE"]

REFERENCE = (
    ("commands", "Commands", "Every command with its arguments, options and defaults."),
    ("library", "Library", "Every public function and class, with its signature."),
)
"""The pages that are made of the program: name, title, summary."""

PARTS: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...] = (
    ("Start", "Ten minutes, from nothing to an answer and a map.", (("start", "Install, build, ask, draw."),)),
    (
        "How to",
        "One task each, step by step.",
        (
            ("read", "From a raw letter to a draft of its encoding."),
            ("proposals", "Let a language model propose claims, and judge them."),
            ("add-a-letter", "From plain text to a checked encoding."),
            ("compare", "Letters beside each other, what is not yet encoded, texts that changed."),
            ("questions", "The stored questions, each with its answer."),
            ("map", "Read, search, filter and print the map."),
            ("report", "The report, and where each of its figures comes from."),
            ("exports", "The network for Gephi, Cytoscape, R and spreadsheets."),
            ("endpoint", "Serve the graph to others, in SPARQL."),
            ("stores", "Put the graph in a store elsewhere, and ask it there."),
            ("release", "The files of a release, for others to build on."),
            ("resolving", "Put a release on the web, so that its IRIs resolve."),
        ),
    ),
    (
        "Reference",
        "To look things up.",
        (
            *((name, summary) for name, _, summary in REFERENCE),
            ("measures", "What each measure says, with its source."),
            ("rules", "The rules that the reader reads by."),
            ("shapes", "What must hold of the data, in SHACL."),
            ("catalogue", "How a release describes itself: DCAT, VoID, PROV."),
            ("glossary", "Which word is used for what."),
        ),
    ),
    (
        "Explanation",
        "What the graph means, and why it is made like this.",
        (
            ("model", "What the graph says, and what it does not."),
            ("network", "From the graph to a network, and what that projection loses."),
            ("reasoning", "Which inferences are made, and why a fact holds."),
            ("alignment", "The same in the terms of others."),
            ("diff", "How two versions of the data differ in meaning."),
        ),
    ),
)
"""Heading, purpose, and the pages with one line each."""
