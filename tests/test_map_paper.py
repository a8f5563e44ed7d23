"""What figures are made of: the width of text, where it breaks, curves, room between boxes."""

from __future__ import annotations

import doctest
from itertools import combinations

import pytest

from regiograaf.maps.paper import lettering
from regiograaf.maps.paper.curves import between
from regiograaf.maps.paper.lettering import printable, width, wrapped
from regiograaf.maps.paper.spacing import arranged, inside, meets


def test_examples_of_lettering_are_true() -> None:
    result = doctest.testmod(lettering)
    assert (result.attempted > 1, result.failed) == (True, 0)


def test_width_of_a_text_is_that_of_its_letters() -> None:
    # Helvetica's own metrics: a 556, i 222, W 944, and é as e.
    assert width("aiWé", 1000) == 556 + 222 + 944 + 556
    assert width("中", 10) > width("W", 10)
    assert width("a\u0301\u200b", 10) == width("a", 10)


def test_wrapped_text_keeps_every_character_and_breaks_only_a_word_that_must() -> None:
    text = "intensieve samenwerking/afstemming over volkshuisvestingsprogramma’s in 2026-2027"
    lines = wrapped(text, 7, 84, 130)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert "volkshuisvestingsprogramma’s" in " ".join(lines)
    assert "2026-2027" in " ".join(lines)
    assert max(width(line, 7) for line in lines) <= 130
    assert len(wrapped("x" * 100, 7, 84, 130)) > 1
    assert wrapped("", 7, 84) == []


def test_printable_text_is_one_line_that_xml_allows() -> None:
    assert printable(" a\t\nb\x07\u2066c\ufffe ") == "a b\ufffdc\ufffd"


def test_boxes_at_one_place_are_arranged_apart_within_the_frame() -> None:
    halves = [(20.0, 6.0)] * 12
    frame = (0.0, 0.0, 160.0, 60.0)
    places = arranged([(80.0, 30.0)] * 12, halves, frame)
    boxes = [
        (x - w + 0.1, y - h + 0.1, x + w - 0.1, y + h - 0.1) for (x, y), (w, h) in zip(places, halves, strict=True)
    ]
    assert [(a, b) for a, b in combinations(boxes, 2) if meets(a, b)] == []
    assert all(inside(box, frame) for box in boxes)


def test_boxes_with_room_stay_where_they_are() -> None:
    places = [(30.0, 20.0), (100.0, 20.0)]
    assert arranged(places, [(20.0, 6.0)] * 2, (0.0, 0.0, 160.0, 60.0)) == places


def test_a_curve_is_cut_off_at_both_nodes_and_pointed() -> None:
    curve = between((0.0, 0.0), (100.0, 0.0), 0.0).without_ends(10.0, 20.0)
    assert curve.a == pytest.approx((10, 0), abs=0.02)
    assert curve.d == pytest.approx((80, 0), abs=0.02)
    shaft, (tip, left, right) = curve.pointed(5.0)
    assert shaft.d == pytest.approx((75, 0), abs=0.02)
    assert tip == curve.d
    assert {round(left[1], 2), round(right[1], 2)} == {2.1, -2.1}


def test_a_bulge_lies_to_the_left() -> None:
    # y goes down: left of who walks to the right is above.
    assert between((0.0, 0.0), (100.0, 0.0), 12.0).at(0.5) == pytest.approx((50, -12))
