"""Choices of several words in dialogs, in batches and in models: what is offered, and how it becomes a value.

A value is one text with the words separated by commas. Of a list QGIS 3.22 writes an empty text into its history and
its log, and its own widget ticks what stands for no word (qgis/QGIS#52143).
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from qgis.core import QgsProcessingParameterDefinition
from qgis.PyQt.QtCore import QObject

from ...engine.choices import AUTO_SOURCE
from ...engine.errors import EngineError
from ...processing.base.analysis_choice import ANALYSES
from ...processing.support.empty_fields import EMPTY
from ...processing.support.i18n import tr, tr_error
from ...processing.support.options import default_library
from ..common.background import Background, Problem
from ..common.choice_box import ChoiceBox
from ..common.choice_list import Offer
from ..common.plain_words import analysis_words, how_words, index_words, mask_words, period_words
from .offers import LOOKS, Offers, extraction_offers

# What is chosen for another parameter of the same dialog; None where there is no such parameter.
Chosen = Callable[[str], Any]


class WordsChoice:
    """Words of a fixed list, separated by a comma.

    Parameters
    ----------
    parameter
        to choose for.
    chosen
        tells what is chosen for others.
    changed
        called when other words are chosen.
    """

    def __init__(
        self, parameter: QgsProcessingParameterDefinition, chosen: Chosen, changed: Callable[[], None]
    ) -> None:
        self.parameter, self.chosen = parameter, chosen
        # Whether what it shows was proposed, by the options or by what the library has, and nobody has chosen yet.
        self.proposed = False
        self.box = self.make_box(changed)
        self.box.line.textChanged.connect(lambda _: self._chosen_now())
        self.box.line.setPlaceholderText(parameter.metadata().get(EMPTY, ""))

    def make_box(self, changed: Callable[[], None]) -> ChoiceBox:
        """Return the line with its list."""
        return ChoiceBox(", ", several=True, changed=changed, opened=self.look)

    def value(self) -> str | None:
        """Return the words as one text; None for none."""
        return ",".join(self.box.words()) or None

    def set_value(self, value: Any) -> None:
        """Show words: a text, a list, or None."""
        words = [str(word) for word in value] if isinstance(value, (list, tuple)) else str(value or "").split(",")
        self.box.set_words([word.strip() for word in words if word.strip()])

    def propose(self, words: Sequence[str]) -> None:
        """Show words that the user has not chosen, and that may be proposed otherwise as long as he has not."""
        if [*words] != self.box.words():
            self.box.set_words(words)
        self.proposed = True

    def _chosen_now(self) -> None:
        self.proposed = False

    def look(self) -> None:
        """Find out what there is, and offer it."""
        meaning = analysis_words if self.parameter.name() == ANALYSES else period_words
        self.box.offer([_offer(word, meaning(word)) for word in self.parameter.options()], "")


class _LibraryChoice(WordsChoice):
    """What the chosen library, or extraction, has: it is looked at when the list is opened."""

    def __init__(
        self, parameter: QgsProcessingParameterDefinition, chosen: Chosen, changed: Callable[[], None]
    ) -> None:
        self._looked_at: tuple[str, str] | None = None
        self._found = Offers()
        self._note = ""
        super().__init__(parameter, chosen, changed)
        self._owner = QObject(self.box.widget)
        self._background = Background(self._owner)

    def offered(self, found: Offers) -> Sequence[Offer]:
        """Return the words to offer."""
        raise NotImplementedError

    def look(self) -> None:
        extraction = self.chosen("EXTRACTION")
        text = str((self.chosen("LIBRARY") or default_library()) if extraction is None else extraction)
        source = str(self.chosen("INDEX_SOURCE") or AUTO_SOURCE)
        if (text, source) == self._looked_at or (extraction is not None and not text):
            self._show()
            return
        folder = Path(os.path.expanduser(text)) if text else None
        look: Callable[[Any], Offers] = (
            (lambda reading: LOOKS.of(folder, source, reading))
            if extraction is None
            else (lambda _: extraction_offers(Path(os.path.expanduser(text))))
        )
        self._found, self._looked_at = Offers(), None
        self._note = tr("Looking at {folder}…").format(folder=text or tr("the library"))
        self._show()
        self._background.start("offers", look, lambda found, _: self._looked((text, source), found), self._failed)

    def _looked(self, where: tuple[str, str], found: Offers) -> None:
        self._found, self._looked_at = found, where
        self._note = "" if found.masks else tr("Nothing was found here: there is no index product.")
        self._show()

    def _failed(self, problem: Problem) -> None:
        self._note = tr_error(problem) if isinstance(problem, EngineError) else str(problem)
        self._show()

    def _show(self) -> None:
        self.box.offer(self.offered(self._found), self._note)


class IndicesChoice(_LibraryChoice):
    """Indices, separated by a comma; those that are not there can be chosen too."""

    def offered(self, found: Offers) -> Sequence[Offer]:
        words = self.parameter.options()
        there = [_offer(word, index_words(word), found.products[word]) for word in words if word in found.products]
        return there + [_offer(word, index_words(word)) for word in words if word not in found.products]


class CloudMasksChoice(_LibraryChoice):
    """Several cloud masks, separated by a slash."""

    several = True

    def make_box(self, changed: Callable[[], None]) -> ChoiceBox:
        return ChoiceBox("/", several=self.several, changed=changed, opened=self.look)

    def offered(self, found: Offers) -> Sequence[Offer]:
        indices = self.chosen("INDICES") or []
        asked = indices if isinstance(indices, list) else str(indices).split(",")
        return [_mask_offer(mask, how) for mask, how in found.masks_of(asked).items()]

    def value(self) -> str | None:
        return self.box.line.text().strip()

    def set_value(self, value: Any) -> None:
        words = [str(word) for word in value] if isinstance(value, (list, tuple)) else [str(value or "")]
        self.box.set_words(words)


class CloudMaskChoice(CloudMasksChoice):
    """One cloud mask."""

    several = False


def _offer(word: str, meaning: str, number: int | None = None) -> Offer:
    parts = [word, meaning, "" if number is None else f"({_products(number)})"]
    return Offer(word, "   ".join(part for part in parts if part))


def _mask_offer(mask: str, how: Counter[str]) -> Offer:
    """Return a cloud mask, what it takes away, and of how many products it can be had, and how."""
    kinds = [kind for kind, number in how.most_common() if kind and number]
    words = [how_words(kind) if len(kinds) == 1 else f"{how_words(kind)}: {how[kind]}" for kind in kinds]
    number = ", ".join([_products(sum(how.values())), *words])
    return Offer(mask, "   ".join(part for part in (mask, mask_words(mask), f"({number})") if part))


def _products(number: int) -> str:
    return tr("{number} products").format(number=number) if number != 1 else tr("1 product")
