"""Who was at a meeting, as its minutes list them: "Aanwezig: mw. J. Smit (gemeente Gouda), ..."."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from regiograaf.reader.mention import Mention
from regiograaf.reader.structure import Line, Structure

__all__ = ["Attended", "attendance"]

_PRESENT = re.compile(r"(?:aanwezig(?:en)?|deelnemers|present)\b", re.IGNORECASE)
_LABEL_LAST = re.compile(r"\b(?:aanwezig(?:en)?|deelnemers):?$", re.IGNORECASE)
_ABSENT = re.compile(r"(?:met (?:kennisgeving|bericht) )?(?:afwezig(?:en)?|verhinderd)\b", re.IGNORECASE)
_MEETING = ("rg:Overleg", "rg:Gebeurtenis", "rg:Overlegorgaan")
_PERSON = "rg:Ambtsdrager"
_LABEL = re.compile(r"[\w .]{0,40}:")
_TITLED = re.compile(r"\b(?:dhr|mw|mevr|mevrouw|de heer)\b", re.IGNORECASE)
WEIGHT = 0.75


@dataclass(frozen=True, slots=True)
class Attended:
    """Somebody and the meeting that they were at, or were not."""

    who: Mention
    meeting: Mention
    absent: bool
    line: Line


def attendance(structure: Structure, mentions: Sequence[Mention], actors: frozenset[str]) -> Iterator[Attended]:
    """Yield who was at the meeting that a text is the minutes of: the persons of a list, else the bodies.

    The meeting is the first that the text names, above the list. A list is the line behind "Aanwezig:", or the lines
    below it up to the next label, heading or full sentence.
    """
    starts = [mention.start for mention in mentions]
    meeting: Mention | None = None
    state = ""
    for line in structure.lines:
        here = mentions[bisect_left(starts, line.start) : bisect_left(starts, line.stop)]
        absent, present = bool(_ABSENT.match(line.text)), bool(_PRESENT.match(line.text))
        if absent or present:
            state = "absent" if absent else "present"
        elif state and (_closes(line) or _LABEL.match(line.text) or not _listed(line, here)):
            state = ""
        if not state:
            if meeting is None:
                meeting = next((one for one in here if one.kind in _MEETING), None)
            state = "present" if meeting is not None and _LABEL_LAST.search(line.text) else ""
            continue
        if meeting is None:
            return
        persons = [one for one in here if one.kind == _PERSON]
        for one in persons or [one for one in here if one.kind in actors]:
            if one.entity != meeting.entity:
                yield Attended(one, meeting, state == "absent", line)


def _closes(line: Line) -> bool:
    """Whether a line is a heading, and none that only looks like one: "Leiden   dhr. J. Dekkers"."""
    return line.kind == "heading" and not _TITLED.search(line.text)


def _listed(line: Line, here: Sequence[Mention]) -> bool:
    """Whether a line below a label still is of its list: a short one with a name, and no sentence."""
    return bool(here) and len(line.text) < 120 and (bool(_TITLED.search(line.text)) or not line.text.endswith("."))
