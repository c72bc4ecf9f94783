"""Where the data files are: beside the packages in a checkout, inside `bot` in a wheel."""

from importlib.resources import files
from pathlib import Path
from typing import Literal

CHECKOUT = Path(__file__).resolve().parent.parent


def data_folder(name: Literal["checklists", "templates"]) -> Path:
    """The folder that came with this installation. Raises FileNotFoundError if it is broken."""
    shipped = Path(str(files("bot"))) / "_data" / name
    for folder in (shipped, CHECKOUT / name):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"{name}/ is not part of this installation; install it again")
