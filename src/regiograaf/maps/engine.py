"""The engine room: pyvis data in our own template, and the vis-network file that pyvis brings.

Imported only by the function that renders: pyvis loads IPython, which costs more than the page.
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from pathlib import Path
from typing import Any

import pyvis  # type: ignore[import-untyped,unused-ignore]
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from pyvis.network import Network  # type: ignore[import-untyped,unused-ignore]

from regiograaf.errors import ReleaseError
from regiograaf.maps.codes import in_columns

__all__ = ["VIS_SHA256", "Page", "vis_network"]

HERE = Path(__file__).parent
SCRIPT = (
    "words",
    "data",
    "times",
    "facets",
    "state",
    "measures",
    "visible",
    "shapes",
    "roving",
    "drawing",
    "groups",
    "swift",
    "labels",
    "bands",
    "citing",
    "claims",
    "cards",
    "table",
    "refresh",
    "legend",
    "timeline",
    "panels",
    "search",
    "picture",
    "exports",
    "events",
    "start",
)
"""The parts of the page's script; each may use what stands above it at once, and what stands below it in functions."""
VIS_FILE = "templates/lib/vis-9.1.2/vis-network.min.js"
VIS_SHA256 = "1f20f0736f32cb9bedf8f6383b25cfea2f839e1abe80d6e8040b4d5bea378c69"


class Page(Network):  # type: ignore[misc,unused-ignore]
    """A pyvis network that renders with `page.html.j2`: one file, autoescaped, without a request.

    Nodes and edges are appended to `nodes` and `edges`; pyvis's own add methods are quadratic and add its colours.
    """

    def __init__(self, title: str) -> None:
        super().__init__(directed=True, heading=title, cdn_resources="in_line")
        self.path = "page.html.j2"
        self.templateEnv = _environment()

    def text(self, *, content: dict[str, Any], **named: Any) -> str:
        """The page; `content` is what its script reads beside nodes and edges, `named` what the template writes."""
        # pyvis hands this to the template as it is.
        self.conf = named | _fixed() | {"content": content}
        return str(self.generate_html())


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.filters["columns"] = in_columns
    # Families and modalities have an order of their own, which the default (sorted) would lose.
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
    return environment


@cache
def _fixed() -> dict[str, Any]:
    """What is the same in every page: its scripts, its style, and the policy that allows these scripts only."""
    scripts = [vis_network(), page_script()]
    hashes = " ".join(_source_hash(script) for script in scripts)
    return {
        "policy": (
            f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data: blob:; "
            "connect-src 'none'; base-uri 'none'; form-action 'none'"
        ),
        "style": Markup((HERE / "page.css").read_text(encoding="utf-8")),
        "scripts": [Markup(script) for script in scripts],
    }


def vis_network(root: Path | None = None) -> str:
    """The vis-network 9.1.2 script of the installed pyvis, licence notice included, ready to stand in a page.

    Raises ReleaseError when the file is not the one that was examined.
    """
    path = (root or Path(pyvis.__file__).parent) / VIS_FILE
    content = path.read_bytes() if path.is_file() else b""
    if hashlib.sha256(content).hexdigest() != VIS_SHA256:
        raise ReleaseError(
            f"{path}: not the vis-network file of pyvis 0.3.2. Install it again: pip install pyvis==0.3.2"
        )
    # Developer tools would fetch the source map.
    return _embeddable(re.sub(r"\s*//# sourceMappingURL=\S*\s*$", "\n", content.decode("utf-8")))


def page_script() -> str:
    """The script of the page: its parts in order, in one scope of their own."""
    parts = [(HERE / "script" / f"{name}.js").read_text(encoding="utf-8") for name in SCRIPT]
    lines = [line.strip() for part in parts for line in part.splitlines()]
    # Comments and indents are for who reads the source.
    kept = [line for line in lines if line and not line.startswith("//")]
    return _embeddable("\n".join(["(() => {", "'use strict';", *kept, "})();", ""]))


def _embeddable(script: str) -> str:
    # The hash must be that of what the browser parses: line ends as LF, and nothing that ends the element early.
    script = script.replace("\r\n", "\n").replace("\r", "\n")
    if re.search(r"</script|<!--", script, re.IGNORECASE):
        raise ReleaseError("a script of the map contains </script or <!--. Write it differently.")
    return script


def _source_hash(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode('utf-8')).digest()).decode()}'"
