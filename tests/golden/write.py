"""Writes the golden file of every reader anew from its sample; look at the difference before you commit it."""

from __future__ import annotations

import json
from pathlib import Path

from loaders import READERS, read

TESTS = Path(__file__).parents[1]


def main() -> None:
    for reader in READERS:
        name = reader.name.lower().replace(" ", "_")
        (sample,) = (TESTS / "samples").glob(f"{name}.*")
        found = [item.model_dump(mode="json", exclude_defaults=True) for item in read([sample])]
        text = json.dumps(found, ensure_ascii=False, indent=1, sort_keys=True)
        (TESTS / "golden" / "readers" / f"{name}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
