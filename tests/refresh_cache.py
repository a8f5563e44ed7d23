"""Compute positions and measures of the shipped data anew and keep them in data/cache."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    sys.path.insert(0, str(ROOT / "src"))
    from regiograaf.build import build

    kept = ROOT / "data" / "cache"
    shutil.rmtree(kept, ignore_errors=True)
    with tempfile.TemporaryDirectory() as work:
        os.environ["REGIOGRAAF_CACHE"] = f"{work}/cache"
        build(ROOT, Path(work) / "build")
        for part in ("layout", "measures"):
            shutil.copytree(Path(work) / "cache" / part, kept / part)
    print(*sorted(str(path.relative_to(ROOT)) for path in kept.rglob("*.json")), sep="\n")


if __name__ == "__main__":
    main()
