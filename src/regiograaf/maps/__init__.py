"""Maps: a network becomes one HTML page that works by double-click, without internet.

`render` gives the page as text, `figure` a static SVG for print; `positions` and `cached_positions` say where the
nodes lie. Nothing here reads RDF, writes to disk but for the cache, or measures anything but what is shown.
"""

from regiograaf.maps.figure import figure
from regiograaf.maps.layout import Positions, cached_positions, positions
from regiograaf.maps.page import render

__all__ = ["Positions", "cached_positions", "figure", "positions", "render"]
