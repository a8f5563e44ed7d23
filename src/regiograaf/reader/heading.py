"""Parties that a letter's head and foot name without a label: who stands on top, who below, who signs for whom."""

from __future__ import annotations

import re
from collections.abc import Sequence

from regiograaf.letters import HEAD, SIGNATURE
from regiograaf.reader.candidates import key_of
from regiograaf.reader.mention import Mention
from regiograaf.reader.structure import Line, Structure

__all__ = ["addressed", "on_top", "signing"]

_PARTIES = (
    "tooiont:Gemeente", "tooiont:Provincie", "tooiont:Waterschap", "tooiont:Samenwerkingsorganisatie",
    "tooiont:Ministerie", "rg:Bedrijf", "rg:Netbeheerder", "rg:Woningcorporatie", "rg:Stichting", "rg:Bureau",
    "rg:Kennisinstelling", "rg:Samenwerkingsverband", "rg:Regio", "rg:ActorGroep", "rg:Overheid",
    "rg:Ontwikkelingsmaatschappij", "rg:College", "rg:Raad", "rg:Orgaan", "",
)  # fmt: skip
"""What can write or be written to; a name without a kind on a line of its own is taken for one."""
_SUBJECTS = ("rg:Programma", "rg:Project", "rg:RegioDeal", "rg:Overlegorgaan")
_POST = re.compile(
    r"(?:directeur|bestuurder|voorzitter|directie|secretaris|manager)(?:-bestuurder)?,? (?:van )?$", re.IGNORECASE
)
_ARTICLES = re.compile(r"(?:aan )?(?:de |het )?", re.IGNORECASE)
_PARTING = re.compile(r"[\s|,/&\t]*(?:en)?[\s|,/&\t]*")


def on_top(structure: Structure, told: Sequence[Mention]) -> Mention | None:
    """Who the first line names, where that is all that it says: one, or several as a group.

    Of a newsletter it is the subject."""
    for line in structure.lines[:2]:
        if "nieuwsbrief" in line.text.casefold():  # it speaks for what it is about
            about = [mention for mention in _within(line, told) if mention.kind in (*_PARTIES, *_SUBJECTS)]
            return about[0] if len(about) == 1 else None
    if not structure.lines or structure.lines[0].kind == "sentence":
        return None
    named = _whole(structure.lines[0], told)
    if structure.lines[0].kind == "heading" and (len(named) != 1 or not named[0].kind):
        return None
    if len(named) < 2:
        return named[0] if named else None
    line = structure.lines[0]
    label = "afzenders: " + ", ".join(mention.label for mention in named)
    key = key_of(label, "rg:ActorGroep")
    return Mention(line.begin, line.end, line.text, key, label, "rg:ActorGroep", "sender", -1, -1)


def addressed(structure: Structure, told: Sequence[Mention]) -> Mention | None:
    """Who a later line of the head names, where that is all that it says and there is one such."""
    found = {
        mention.entity: mention
        for line in structure.lines[1:]
        if line.kind == "head" and line.section == HEAD
        for mention in _whole(line, told)
        if mention.kind
    }
    return next(iter(found.values())) if len(found) == 1 else None


def signing(structure: Structure, told: Sequence[Mention]) -> Mention | None:
    """For whom the one who signs speaks: the one organisation that the foot names behind a function."""
    found = {
        mention.entity: mention
        for line in structure.lines
        if line.kind == "head" and line.section == SIGNATURE
        for mention in _within(line, told)
        if mention.kind in _PARTIES and (mention.kind or _POST.search(line.text[: mention.start - line.start]))
    }
    return next(iter(found.values())) if len(found) == 1 else None


def _within(line: Line, told: Sequence[Mention]) -> list[Mention]:
    return [mention for mention in told if line.start <= mention.start and mention.stop <= line.stop]


def _whole(line: Line, told: Sequence[Mention]) -> list[Mention]:
    """The mentions of a line, where nothing else stands on it."""
    named = _within(line, told)
    at = line.start
    for mention in named:
        between = line.text[at - line.start : mention.start - line.start]
        if mention.kind not in _PARTIES or not (_PARTING.fullmatch(between) or _ARTICLES.fullmatch(between)):
            return []
        at = mention.stop
    rest = line.text[at - line.start :]
    return named if re.fullmatch(r"[\s.,]*(?:B\.V\.|N\.V\.)?", rest) else []
