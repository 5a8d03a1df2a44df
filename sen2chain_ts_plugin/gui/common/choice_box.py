"""A line to type words into, with a list to choose them from."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from qgis.PyQt.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from ...processing.support.i18n import tr
from .choice_list import ChoiceList, Offer


class ChoiceBox:
    """Words separated by a character, typed or chosen from a list.

    Parameters
    ----------
    separator
        between the words of the text.
    several
        whether several words make sense.
    changed
        called when the text has changed.
    opened
        called when the list is about to be shown: the owner, who knows what is in it, may say so.
    """

    def __init__(
        self, separator: str, *, several: bool, changed: Callable[[], None], opened: Callable[[], None]
    ) -> None:
        self._separator = separator
        self.widget = QWidget()
        self.line = QLineEdit(self.widget)
        self.line.textChanged.connect(lambda _: changed())
        self._drop = ChoiceList(self.widget, several=several, chosen=self._chosen, opened=opened)
        layout = QHBoxLayout(self.widget)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        layout.addWidget(self.line, 1)
        layout.addWidget(self._drop.button(tr("Choose from a list (Alt+Down)")))
        self.widget.setFocusProxy(self.line)
        self.popup, self.list, self.open = self._drop.frame, self._drop.rows, self._drop.open

    @property
    def note(self) -> str:
        """What is below the list."""
        return self._drop.note

    def words(self) -> list[str]:
        """Return the words of the line."""
        return [word.strip() for word in re.split("[/,;]", self.line.text()) if word.strip()]

    def set_words(self, words: Sequence[str]) -> None:
        """Write words into the line."""
        self.line.setText(self._separator.join(words))

    def offer(self, offers: Sequence[Offer], note: str) -> None:
        """Say what there is, and a note below it."""
        self._drop.fill(offers, self.words(), note)

    def _chosen(self, words: list[str], offered: list[str]) -> None:
        # What was typed and is not in the list stays, where several words make sense.
        typed = [word for word in self.words() if word not in offered] if self._drop.several else []
        self.set_words([*typed, *words])
