"""Structural holes: how far a node's contacts are one another's contacts."""

from __future__ import annotations

import numpy as np

from regiograaf.analysis import kernels
from regiograaf.analysis.central import strength
from regiograaf.analysis.fast import runner
from regiograaf.analysis.ties import Floats, Ties

__all__ = ["constraint", "effective_size"]


def constraint(ties: Ties) -> Floats:
    """Burt's constraint: the sum over contacts j of (p_ij + the sum over q of p_iq p_qj) squared.

    p_ij is the share of i's weight that goes to j. Not defined (nan) for who has no ties.

    Source: Burt 2004, doi:10.1086/421787.
    """
    size = len(ties.nodes)
    shares = ties.weights / strength(ties)[ties.starts]
    run = runner(len(ties.ends), 2e4)
    result = run.filled(size, 0.0)
    rows = (run.row(row) for row in (ties.begin, ties.ends, shares))
    run(kernels.constraint, *rows, run.filled(size, 0.0), result)
    return np.where(ties.degrees > 0, result, np.nan)


def effective_size(ties: Ties) -> Floats:
    """The number of contacts, less the average number of the other contacts that these are tied to; 0 without ties.

    Source: Burt 1992, doi:10.4159/9780674029095; in the form of Borgatti 1997.
    """
    size, degrees = len(ties.nodes), ties.degrees
    matrix = ties.matrix(np.ones(len(ties.ends)))
    among = np.asarray((matrix @ matrix).multiply(matrix).sum(axis=1)).ravel()
    return np.asarray(degrees - np.divide(among, degrees, out=np.zeros(size), where=degrees > 0))
