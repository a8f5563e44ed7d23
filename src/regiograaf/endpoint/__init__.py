"""The graph over HTTP: a read-only SPARQL 1.1 endpoint, linked data, and a page to ask from.

Queries are answered by `workers`, never in this process. What is served does not change while the server runs.
"""

from regiograaf.endpoint.server import prepared, serve

__all__ = ["prepared", "serve"]
