"""Numbers that are the same on every machine: exact distances, and scores without the noise of their last digits."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np

from regiograaf.analysis.ties import Floats, Ints

__all__ = ["cleaned", "lengths", "whole"]

_EXACT = 2**53


def cleaned(score: float, largest: float = 0.0) -> float:
    """A score to nine digits of the largest beside it, so that what is equal but for the order of adding up is equal.

    In two steps: else a score that ends in a five on the tenth digit would be rounded by its noise.
    """
    top = max(abs(score), abs(largest))
    if math.isnan(score) or top <= 1e-12:
        return 0.0 if score == score else score
    digits = 9 - math.ceil(math.log10(top))
    return round(round(score, digits + 3), digits) + 0.0


def lengths(weights: Floats) -> tuple[Ints | Floats, float]:
    """The distance of each tie, 1 / weight, in whole units where that is possible, and how many units make 1.

    With whole numbers, paths are as long as each other exactly when they are; with fractions, 1/3 + 1/3 + 1/3 may
    differ from 1. Not possible where the weights have no common measure of a reasonable size.
    """
    different, which = np.unique(weights, return_inverse=True)
    shares = _fractions(different.tolist())
    unit = math.lcm(*(share.numerator for share in shares))
    units = [unit // share.numerator * share.denominator for share in shares]
    if not shares or max(units) * len(weights) >= _EXACT:
        return 1.0 / weights, 1.0
    return np.array(units, np.int64)[which], float(unit)


def whole(weights: Floats) -> Ints:
    """Weights as whole numbers in the same proportion, to a billionth of their sum at worst."""
    if not len(weights):
        return weights.astype(np.int64)
    different, which = np.unique(weights, return_inverse=True)
    shares = _fractions(different.tolist())
    unit = math.lcm(*(share.denominator for share in shares))
    if not shares or unit * float(weights.sum()) >= 10**9:
        return np.asarray(np.rint(weights / weights.sum() * 10**9), np.int64)
    return np.array([int(share * unit) for share in shares], np.int64)[which]


def _fractions(values: list[float]) -> list[Fraction]:
    """The values as simple fractions, or none where they are not."""
    shares = [Fraction(value).limit_denominator(1000) for value in values] if len(values) <= 1000 else []
    return shares if all(float(share) == value for share, value in zip(shares, values, strict=False)) else []
