"""Maps: a network becomes one HTML page that works by double-click, without internet.

`render` gives the page as text; `positions` and `cached_positions` say where the nodes lie. Nothing here reads RDF,
writes the page to disk or measures anything but what the page itself shows.
"""

from regiograaf.maps.layout import Positions, cached_positions, positions
from regiograaf.maps.page import render

__all__ = ["Positions", "cached_positions", "positions", "render"]
