"""Where the data that travels with the package lies: in a wheel under `kg/data`, in a checkout beside `kg`."""

from pathlib import Path

_PACKAGE = Path(__file__).parent


def data_folder(name: str) -> Path:
    """The folder `ontology` or `queries`."""
    packed = _PACKAGE / "data" / name
    return packed if packed.is_dir() else _PACKAGE.parent / name
