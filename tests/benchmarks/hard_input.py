"""What hard input costs from file to export: `python tests/benchmarks/hard_input.py [embedded|neo4j] [words of a case]`.

Each case is written to a folder of its own and taken through the whole path in a process of its own: read, extract,
load into a store, ask and show, export as backup and as N-Triples, load again. Printed are the seconds of each step, the peak of
resident memory of that process, and what came of it. A case that takes longer than `LIMIT` seconds or more memory than
`MEMORY` is ended and says so.
"""

from __future__ import annotations

import gzip
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

LIMIT = 60
MEMORY = 8 << 30
STEPS = ("read", "extract", "load", "ask", "export", "again")
BIG = 5_000_000
MANY = 100_000
BRACKETS = 200_000

Make = Callable[[Path], None]


def _names(count: int) -> list[str]:
    return [f"Zor{number:x}Net" for number in range(count)]


def _prose(size: int) -> str:
    """Sentences of our own about many methods, about as many characters as asked for."""
    chance = random.Random(7)
    names = _names(2_000)
    parts = []
    length = 0
    while length < size:
        one, other = chance.choices(names, k=2)
        parts.append(f"We find that {one} outperforms {other} on GLUE by {chance.randint(1, 99) / 10} points. ")
        length += len(parts[-1])
    return "".join(parts)


def _record(**fields: object) -> Make:
    """A file of JSON Lines with one record."""
    record = {"id": "1", "title": "Hard input for LoRA", "abstract": "We compare LoRA with BERT on GLUE.", **fields}
    return lambda folder: _write(folder / "hard.jsonl", json.dumps(record, ensure_ascii=False) + "\n")


def _page(title: str, abstract: str) -> Make:
    """A listing page with one paper."""
    return lambda folder: _write(folder / "page.txt", f"Daily Papers\n\n{title}\n\n{abstract}\n\n3 authors · May 2\n")


def _text(text: str, name: str = "hard.jsonl") -> Make:
    return lambda folder: _write(folder / name, text)


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def _packed(parts: Callable[[], Iterable[bytes]]) -> Make:
    """A compressed file."""

    def make(folder: Path) -> None:
        with gzip.open(folder / "hard.gz", "wb", compresslevel=9) as stream:
            for part in parts():
                stream.write(part)

    return make


def _broken(count: int) -> Iterator[str]:
    """Tiny records, of which one in ten is right."""
    for number in range(count):
        if number % 10:
            yield ('{"title": "T"}', '{"id": 3', "[]", "nonsense", '{"title": 7, "abstract": "a"}')[number % 5] + "\n"
        else:
            yield json.dumps({"title": f"Title {number}", "abstract": "Words."}) + "\n"


def _deep(folder: Path) -> None:
    """A file below more folders than a path may name."""
    here = Path.cwd()
    os.chdir(folder)
    for _ in range(1_500):
        Path("folder").mkdir()
        os.chdir("folder")
    _record()(Path())
    os.chdir(here)
    _record(id="2")(folder)


BRACKET = ("(", "[", "{", "$")
CASES: dict[str, Callable[[], Make]] = {
    "abstract of 5 MB": lambda: _record(abstract=_prose(BIG)),
    "section of 5 MB": lambda: _record(sections=[{"heading": "Results", "text": _prose(BIG)}]),
    "listing page, one paper of 5 MB": lambda: _page("Hard Input for LoRA", _prose(BIG)),
    "listing page, 100,000 lines": lambda: _page("Hard Input for LoRA", _prose(BIG).replace(". ", ".\n")),
    "title of 5 MB": lambda: _record(title=_prose(BIG)),
    "title of 5 MB on a listing page": lambda: _page(_prose(BIG), "We compare LoRA with BERT on GLUE. It is better."),
    "id of 5 MB": lambda: _record(id="x" * BIG),
    "acl id of 5 MB": lambda: _record(acl="2020." + "x" * BIG + "-main.1"),
    "arXiv id of 5 MB": lambda: _record(arxiv="x" * BIG + "/0701001"),
    "heading of 5 MB": lambda: _record(sections=[{"heading": _prose(BIG), "text": "Words."}]),
    "100,000 sections": lambda: _record(sections=[{"heading": "LoRA", "text": "LoRA beats BERT."}] * MANY),
    "100,000 authors": lambda: _record(authors=[f"Ada Byte {number}" for number in range(MANY)]),
    "author of 5 MB": lambda: _record(authors=["Ada " * (BIG // 4)]),
    **{f"200,000 × {sign}": lambda sign=sign: _record(abstract=sign * BRACKETS) for sign in BRACKET},
    "200,000 brackets, mixed": lambda: _record(abstract="".join(random.Random(3).choices("([{$}])", k=BRACKETS))),
    "200,000 brackets around names": lambda: _record(abstract="(LoRA " * BRACKETS),
    "200,000 brackets in a title": lambda: _record(title="(" * BRACKETS),
    "200,000 [ as JSON": lambda: _text("[" * BRACKETS),
    "200,000 {\"a\": as JSON": lambda: _text('{"a":' * BRACKETS),
    "200,000 [ in a record": lambda: _text('{"title": "LoRA", "abstract": "LoRA beats BERT.", "url": ' + "[" * BRACKETS + "}\n"),
    "200,000 objects in an array, broken": lambda: _text("[" + '{"title": "T", "abstract" "A"},' * BRACKETS),
    "100,000 names": lambda: _record(abstract="We use " + ". We use ".join(_names(MANY)) + "."),
    "100,000 names in one sentence": lambda: _record(abstract="We use " + ", ".join(_names(MANY)) + "."),
    "100,000 × one name": lambda: _record(abstract="LoRA " * MANY),
    "100,000 acronyms": lambda: _record(abstract="".join(f"We use Zorban {name} Tuning Kit Network (Z{n:x}TKN). " for n, name in enumerate(_names(MANY)))),
    "100,000 names compared": lambda: _record(abstract="We compare LoRA with " + ", ".join(_names(MANY)) + "."),
    "100,000 names that beat each other": lambda: _record(abstract=" outperforms ".join(_names(MANY)) + "."),
    "100,000 lists compared": lambda: _record(abstract="".join(f"{', '.join(_names(300)[n % 280: n % 280 + 20])} are compared. " for n in range(MANY // 20))),
    "100,000 sentences with results": lambda: _record(abstract="".join(f"{name} reaches {n % 100} % accuracy on GLUE. " for n, name in enumerate(_names(MANY)))),
    "100,000 numbers in one sentence": lambda: _record(abstract="LoRA reaches " + ", ".join(f"{n}.5 %" for n in range(MANY)) + " on GLUE."),
    "sentence of 5 MB": lambda: _record(abstract=_prose(BIG).replace(". ", " and ")),
    "no spaces": lambda: _record(abstract="LoRA" * (BIG // 4)),
    "no spaces, hyphens": lambda: _record(abstract="LoRA-" * (BIG // 5)),
    "only digits": lambda: _record(abstract="7" * BIG),
    "only digits, as a number": lambda: _text('{"title": "LoRA", "abstract": "LoRA.", "year": ' + "7" * BIG + "}\n"),
    "only punctuation": lambda: _record(abstract=".,;:!?-'\"" * (BIG // 9)),
    "only stops": lambda: _record(abstract="." * BIG),
    "only line ends": lambda: _record(abstract="\n" * BIG + "a"),
    "only line ends, on a listing page": lambda: _page("Hard Input for LoRA", "\n" * BIG + "We beat LoRA by a lot."),
    "only line ends, as a file": lambda: _text("\n" * BIG + '{"title": "T", "abstract": "A"}'),
    "only carriage returns, as a file": lambda: _text('{"title": "T", "abstract": "A"}\n' + "\r" * BIG),
    "only spaces": lambda: _record(abstract=" " * BIG + "a"),
    "only pictures": lambda: _record(abstract="🦙" * (BIG // 4)),
    "only combining marks": lambda: _record(abstract="a" + "\u0301" * (BIG // 2)),
    "only NUL": lambda: _record(abstract="\x00" * BIG + "a"),
    "only lost characters": lambda: _record(abstract="X\ufffd " * (BIG // 5)),
    "100,000 × LoRA outperforms": lambda: _record(abstract="LoRA outperforms " * MANY),
    "100,000 × LoRA outperforms BERT": lambda: _record(abstract="LoRA outperforms BERT. " * MANY),
    "a million records, most broken": lambda: _text("".join(_broken(1_000_000))),
    "a million objects in an array, most broken": lambda: _text("[\n" + ",\n".join(_broken(1_000_000)) + "]"),
    "gzip, a gigabyte of spaces": lambda: _packed(lambda: (b" " * (1 << 20) for _ in range(1024))),
    "gzip, a gigabyte of line ends": lambda: _packed(lambda: (b"\n" * (1 << 20) for _ in range(1024))),
    "gzip, a gigabyte in one line": lambda: _packed(lambda: (b'{"title": "' if not n else b"x" * (1 << 20) for n in range(1025))),
    "gzip, a gigabyte in an array": lambda: _packed(lambda: (b"[" if not n else (b'{"title": "T", "abstract": "' + b"x" * 995 + b'"},') * 1024 for n in range(1025))),
    "gzip, a gigabyte of listing page": lambda: _packed(lambda: (b"Daily Papers\n" if not n else b"Words of a title\n" * (1 << 16) for n in range(1025))),
    "300 MB without line end": lambda: _text('{"title": "T", "abstract": "' + "LoRA " * 60_000_000 + '"}'),
    "300 MB without line end, no format": lambda: _text("LoRA " * 60_000_000, "hard.txt"),
    "folders 1,500 deep": lambda: _deep,
}  # fmt: skip
"""What is made, and what makes it."""


def measured(folder: Path, address: str) -> dict[str, object]:
    """The seconds of each step of one case, what came of it, and the peak of resident memory in MB."""
    import loaders
    from kg import query
    from kg.errors import NotFoundError
    from kg.export import Selection, content_of, write_file
    from kg.model import Document
    from kg.query.describe import describe
    from kg.store import open_store
    from loaders.extract import extract

    seconds: dict[str, float] = {}

    @contextmanager
    def clocked(step: str) -> Iterator[None]:
        begin = time.perf_counter()
        yield
        seconds[step] = time.perf_counter() - begin
        sys.stderr.write(f"{step} {seconds[step]:.1f} ")
        sys.stderr.flush()

    with clocked("read"):
        documents = sum(isinstance(item, Document) for item in loaders.read([folder]))
    with clocked("extract"):
        for item in loaders.read([folder]):
            if isinstance(item, Document):
                extract(item)
    with clocked("load"), open_store(address) as store:
        report = loaders.load([folder], store)
    with clocked("ask"), open_store(address, write=False) as store:
        try:
            query.ask(store, "Which methods compete with LoRA?")
            describe(store, "method/lora")
        except NotFoundError:
            pass
    with clocked("export"), open_store(address, write=False) as store, tempfile.TemporaryDirectory() as out:
        for format in ("jsonl", "nt"):
            write_file(Path(out, f"graph.{format}"), format, content_of(store, Selection()))
        store.check()
    with clocked("again"), open_store(address) as store:
        loaders.load([folder], store)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    came = f"{documents} documents, {report.nodes_added} nodes, {report.edges_added} edges, {len(report.problems)} problems"
    return {"seconds": seconds, "peak": peak, "came": came}


def line(name: str, case: Callable[[], Make], address: str | None) -> str:
    """A line of the table."""
    with tempfile.TemporaryDirectory() as folder:
        inside = Path(folder, "input")
        inside.mkdir()
        case()(inside)
        command = [sys.executable, __file__, "--in", str(inside), address or str(Path(folder, "graph.kgl"))]
        try:
            done = subprocess.run(
                command, capture_output=True, text=True, timeout=LIMIT, check=False, preexec_fn=_bound
            )
        except subprocess.TimeoutExpired as late:
            so_far = late.stderr.decode() if isinstance(late.stderr, bytes) else late.stderr or ""
            return f"{name:44} over {LIMIT} s after: {so_far}"
        finally:
            subprocess.run(["rm", "-rf", str(inside)], check=False)
    if done.returncode:
        return f"{name:44} FAILED: {done.stderr.strip().splitlines()[-1:]}"
    found = json.loads(done.stdout)
    steps = " ".join(f"{found['seconds'][step]:7.2f}" for step in STEPS)
    return f"{name:44} {steps} {sum(found['seconds'].values()):7.1f} {found['peak']:6.0f}  {found['came']}"


def _bound() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _emptied(address: str) -> None:
    import neo4j

    auth = (os.environ["NEO4J_USERNAME"], os.environ["NEO4J_PASSWORD"])
    with neo4j.GraphDatabase.driver(address, auth=auth) as driver, driver.session() as session:
        session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS").consume()


def main(store: str = "embedded", *words: str) -> None:
    """Prints the table, on a file or on a server that is started for it."""
    print(f"{'':44} {' '.join(f'{step:>7}' for step in STEPS)}   total   MB")
    chosen = {name: case for name, case in CASES.items() if all(word in name for word in words)}
    if store == "embedded":
        for name, case in chosen.items():
            print(line(name, case, None), flush=True)
        return
    from measuring import server

    with server() as running:
        for name, case in chosen.items():
            _emptied(running.address)
            print(line(name, case, running.address), flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--in"]:
        print(json.dumps(measured(Path(sys.argv[2]), sys.argv[3])))
    else:
        main(*sys.argv[1:])
