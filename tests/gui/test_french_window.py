"""A French QGIS shows French: no text of ours in English in the menu, the docks and the dialogs."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from scripts.translations import FOLDER, read

# Values of parameters, which every language writes alike; one of our texts is the same word.
KEYWORDS = {"month", "none"}
SETTINGS = "[locale]\nuserLocale=fr\noverrideFlag=true\n"


def test_whatever_can_be_opened_is_french(play: Callable[..., dict[str, Any]], tmp_path: Path) -> None:
    profile = tmp_path / "profiles" / "profiles" / "default" / "QGIS"
    profile.mkdir(parents=True)
    (profile / "QGIS3.ini").write_text(SETTINGS, encoding="utf-8")

    seen = play("french")

    assert not [text for text in seen["read"] if text.endswith("[optional]")]
    # Without what QGIS adds: tags of tooltips, a word in brackets after labels.
    shown = {part.strip() for text in seen["read"] for part in re.split(r"<[^>]*>|\n|\[[^]]*\]$", text)}
    translations = read(FOLDER / "sen2chain_ts_fr.ts")
    ours = {english for english, french in translations.items() if english != french}
    assert shown & ours <= KEYWORDS
    assert {
        "Séries temporelles", "Travaux de Sen2Chain", "Extraire…", "Masque de nuages", "Pixels valides", "Horaire",
        "Prochaine exécution", "Non planifié", "Dossier d\u2019extraction", "Bibliothèque Sen2Chain",
    } <= shown  # fmt: skip
    assert re.match(r"Zones\s: 2 sur 36\. Observations\s: \d+, du \d+ \S+ \d{4} au ", seen["status"])
