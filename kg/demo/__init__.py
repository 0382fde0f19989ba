"""The demo corpus: real papers on tuning, quantising and training models cheaply, each summarised in our own words."""

from pathlib import Path


def corpus() -> Path:
    """The file of the demo corpus, in our JSON Lines form."""
    return Path(__file__).parent / "papers.jsonl"
