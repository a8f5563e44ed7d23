"""Rules by which a web host answers for the IRIs of a release: for w3id.org, for nginx, and for Apache.

An explicit file comes first, then what the client asks for (Accept), HTML last, in the language that it reads
(Accept-Language), Dutch last. A thing (`id/…`, `tooi/…`) is no document: it is answered with 303 and the document that
describes it. Source: Sauermann and Cyganiak 2008, Cool URIs for the Semantic Web, W3C Note.
"""

from __future__ import annotations

import re
from pathlib import Path

from regiograaf.release.resolving.negotiation import FORMS, MEDIA_TYPES, PLACE_OF, TEXTS, languages, types

__all__ = ["HOST", "write"]

HOST = "https://regiograaf.example"
"""Where the folder is published, until whoever publishes it fills in the address."""

_TEMPLATES = {"w3id.htaccess.j2": "w3id/.htaccess", "site.htaccess.j2": ".htaccess", "nginx.conf.j2": "nginx.conf"}


def write(folder: Path, *, host: str = HOST) -> None:
    """Write `w3id/.htaccess`, `.htaccess` and `nginx.conf` for the release in a folder, which is otherwise complete.

    `host` is the address at which the folder is published, without a slash at its end.
    """
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("regiograaf.release.resolving"),
        autoescape=False,  # settings of a server, not HTML
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=jinja2.StrictUndefined,
    )
    ontology = folder / "def"
    pages = sorted(
        path.relative_to(ontology).with_suffix("").as_posix()
        for path in ontology.rglob("*.html")
        if not path.name.endswith(".en.html")
    )
    given = {
        "host": host.rstrip("/"),
        "types": types(),
        "languages": languages(),
        "forms": FORMS,
        "place_of": PLACE_OF,
        "media_types": MEDIA_TYPES,
        "texts": TEXTS,
        "endings": "|".join(MEDIA_TYPES),
        "pages_of_ontology": "|".join(map(re.escape, pages)),
        "catalogue": "catalogus" if (folder / "catalogus.html").is_file() else "index",
    }
    (folder / "w3id").mkdir(exist_ok=True)
    for template, name in _TEMPLATES.items():
        text = environment.get_template(template).render(given)
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
