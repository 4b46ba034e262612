"""Reading the data files beside this package."""

import json
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent / "data"


def load(name: str) -> Any:
    """Content of `data/{name}.json`."""
    return json.loads((_FOLDER / f"{name}.json").read_text(encoding="utf-8"))
