"""Which folders a library has: a data folder, what config.cfg names, or L2A products as downloaded. Only reads.

Source of the layout and of the config file: Sen2Chain 1.4.1.
"""

from __future__ import annotations

import configparser
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from ..errors import ConfigDamaged, LibraryNotFound, Phrase
from ..feedback import Feedback
from ..files import is_file, is_folder, read_bytes
from .product_id import ProductId
from .safe import GRANULE, SAFE, SafeScan, none_to_use, scan_safes

HOME_VARIABLE = "SEN2CHAIN_HOMEPATH"
_INDICES = "INDICES"
_CONFIG = Path("sen2chain_data") / "config" / "config.cfg"
_LARGEST_CONFIG = 1 << 22  # bytes, a thousand times what Sen2Chain's has


@dataclass(frozen=True)
class Library:
    """The folders of a library.

    Attributes
    ----------
    indices, cloudmasks, l1c, l2a
        Folders that are read. Only ``indices`` or ``l2a`` has to exist.
    extraction, timeseries
        Folders for extractions and time series, where the user names no other.
    jobs, logs
        Folders of the job files and of their logs.
    notes
        Settings of config.cfg whose folder does not exist, so that the default folder is used instead.
    safes
        The ``.SAFE`` folder of each L2A product by its identifier, for a folder of products as downloaded. None for a
        library of Sen2Chain, where products are in ``<l2a>/<tile>``, or else anywhere below ``<l2a>``.
    """

    indices: Path
    cloudmasks: Path
    l1c: Path
    l2a: Path
    extraction: Path
    timeseries: Path
    jobs: Path
    logs: Path
    notes: tuple[str, ...] = ()
    safes: Mapping[str, Path] | None = field(default=None, compare=False)

    @property
    def has_indices(self) -> bool:
        """Whether it has indices that Sen2Chain made; else they are computed from the bands of L2A products."""
        return is_folder(self.indices)

    def safe_of(self, product: ProductId) -> Path:
        """Return where the ``.SAFE`` folder of an L2A product is, or would be."""
        usual = self.l2a / product.tile / f"{product.text}{SAFE}"
        if self.safes is None and is_folder(usual / GRANULE):
            return usual
        return self._safes.get(product.text, usual)

    @cached_property
    def _safes(self) -> Mapping[str, Path]:
        return _by_name(scan_safes(self.l2a)) if self.safes is None else self.safes

    def say_notes(self, feedback: Feedback) -> None:
        """Say which folders of config.cfg were not found."""
        if self.notes:
            feedback.warning(
                "Named in config.cfg but not found, default folders used instead: {paths}.", paths="; ".join(self.notes)
            )


def open_library(folder: Path | str | None = None) -> Library:
    """Find the folders of a library.

    Parameters
    ----------
    folder
        A data folder (it holds ``INDICES``), a folder that holds ``sen2chain_data/config/config.cfg``, one of these two
        folders themselves, or a folder that holds L2A products (``*.SAFE``) up to three levels deep; ``~`` is the home
        folder. None for ``$SEN2CHAIN_HOMEPATH``, else the home folder; L2A products are not searched for there.

    Returns
    -------
    Library
        The folders.

    Raises
    ------
    LibraryNotFound
        If there is no library. The message names the places looked at.
    ProductsZipped
        If the folder holds only zipped products.
    ProductRenamed
        If the folder holds only products in folders of another name.
    ConfigDamaged
        If config.cfg cannot be read.
    """
    home = home_folder() if folder is None else Path(os.path.expanduser(folder))
    home = _holder(Path(os.path.abspath(home)))
    config = home / _CONFIG
    if is_folder(home / _INDICES):
        return _bare(home)
    if is_file(config):
        library = _configured(home, config)
        if is_folder(library.indices):
            return library
        found = scan_safes(library.l2a)
        if found.products or found.unnamed:
            return library
        places = f"{library.indices}, {library.l2a} ({config})"
        raise none_to_use(found, library.l2a) or LibraryNotFound(places=places)
    if folder is not None:
        products = _downloaded(home)
        if products is not None:
            return products
        raise LibraryNotFound(places=f"{home / _INDICES}, {config}, {home / '*.SAFE'}")
    raise LibraryNotFound(places=f"{home / _INDICES}, {config}")


def _downloaded(folder: Path) -> Library | None:
    """Return a folder of L2A products as a library; None where there are none."""
    found = scan_safes(folder)
    if not found.products and not found.unnamed:
        reason = none_to_use(found, folder)
        if reason is not None:
            raise reason
        return None
    # One product: what is made goes next to it.
    library = _bare(folder.parent if folder.name.endswith(SAFE) else folder)
    if all(library.l2a in path.parents for path in found.paths):
        return library  # a data folder in which no index was made yet
    return replace(library, l2a=folder, safes=_by_name(found))


def _by_name(found: SafeScan) -> Mapping[str, Path]:
    return {product.text: path for product, path in found.products}


def home_folder() -> Path:
    """Return the folder in which a library is looked for where none is given.

    Raises
    ------
    LibraryNotFound
        the system knows no home folder of this account, and ``$SEN2CHAIN_HOMEPATH`` is not set.
    """
    named = os.environ.get(HOME_VARIABLE)
    try:
        return Path(os.path.expanduser(named)) if named else Path.home()
    except RuntimeError:
        raise LibraryNotFound(places=f"${HOME_VARIABLE}, $HOME") from None


def _holder(folder: Path) -> Path:
    """Return the folder of a library whose ``INDICES`` or ``sen2chain_data`` was given instead; others as they are."""
    inside = (folder.name == _INDICES and not is_folder(folder / _INDICES)) or (
        folder.name == _CONFIG.parts[0] and is_file(folder.parent / _CONFIG) and not is_folder(folder / _INDICES)
    )
    return folder.parent if inside else folder


def _bare(data: Path) -> Library:
    return Library(
        indices=data / _INDICES,
        cloudmasks=data / "CLOUDMASKS",
        l1c=data / "L1C",
        l2a=data / "L2A",
        extraction=data / "EXTRACTION",
        timeseries=data / "TIME_SERIES",
        jobs=data / "jobs_extr",
        logs=data / "logs",
    )


def _configured(home: Path, config: Path) -> Library:
    parser = configparser.ConfigParser(interpolation=None, strict=False)
    try:
        text = read_bytes(config, _LARGEST_CONFIG).decode("utf-8-sig")
        parser.read_string(text)
    except (configparser.Error, UnicodeDecodeError, OSError) as error:
        raise ConfigDamaged(path=config, reason=str(error).replace("\n", " ")) from error
    if "\0" in text:
        raise ConfigDamaged(path=config, reason=Phrase("it holds NUL bytes"))
    notes = []

    def data_path(key: str) -> Path:
        """Return a folder by Sen2Chain's rule: a path that is empty or does not exist means the default one."""
        default = home / "sen2chain_data" / "data" / key.removesuffix("_path").upper()
        text = parser.get("DATA PATHS", key, fallback="").strip()
        if not text:
            return default
        if is_folder(Path(text)):
            return Path(text)
        notes.append(f"{key} = {text}")
        return default

    log_path = parser.get("LOG PATH", "log_path", fallback="").strip()
    return Library(
        indices=data_path("indices_path"),
        cloudmasks=data_path("cloudmasks_path"),
        l1c=data_path("l1c_path"),
        l2a=data_path("l2a_path"),
        extraction=data_path("extraction_path"),
        timeseries=data_path("time_series_path"),
        jobs=home / "sen2chain_data" / "config" / "jobs_extr",
        logs=Path(log_path) if log_path else home / "sen2chain_data" / "logs",
        notes=tuple(notes),
    )
