"""`python -m kg.lexicon sort` puts the rows of every table in order."""

import sys
from pathlib import Path

from kg.lexicon import FOLDER, sorted_table


def sort(folder: Path) -> list[str]:
    """Sorts every TSV file of a folder in place and returns the names of those that changed."""
    changed = []
    for path in sorted(folder.glob("*.tsv")):
        before = path.read_text(encoding="utf-8")
        after = sorted_table(before)
        if after != before:
            path.write_text(after, encoding="utf-8", newline="\n")
            changed.append(path.name)
    return changed


if __name__ == "__main__":
    if sys.argv[1:] != ["sort"]:
        sys.exit("usage: python -m kg.lexicon sort")
    sys.stdout.write("".join(f"sorted {name}\n" for name in sort(FOLDER)))
