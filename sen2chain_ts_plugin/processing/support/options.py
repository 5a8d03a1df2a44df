"""What dialogs offer at first, from the options of Processing: a library, cloud masks. Scripts never see it."""

from __future__ import annotations

import os
import re
from typing import Any

from qgis.core import QgsProcessingAlgorithm, QgsProcessingParameterDefinition, QgsProcessingParameterEnum
from qgis.PyQt.QtGui import QIcon

from .empty_fields import EMPTY, empty_words
from .i18n import tr

LIBRARY = "SEN2CHAIN_TS_LIBRARY"
CLOUDMASKS = "SEN2CHAIN_TS_CLOUDMASKS"
REMEMBER = "SEN2CHAIN_TS_REMEMBER"
_PACKAGE = __package__.split(".processing")[0]
_OFFERS = {"LIBRARY": LIBRARY, "CLOUDMASKS": CLOUDMASKS, "CLOUDMASK": CLOUDMASKS}
# The widgets are named, not imported: only a dialog loads them.
_WIDGETS = {
    "INDICES": "IndicesWrapper",
    "CLOUDMASKS": "CloudMasksWrapper",
    "CLOUDMASK": "CloudMaskWrapper",
    "LIBRARY": "LibraryWrapper",
    "EXTRACTION": "ExtractionWrapper",
    # Of a dialog that has no other widget of ours.
    "SEED": "TheirWrapper",
}


def add_options(group: str, icon: QIcon) -> None:
    """Add our options to those of Processing."""
    try:
        from processing.core.ProcessingConfig import ProcessingConfig, Setting
    except ImportError:
        return  # PyQGIS on its own: no Processing, no options
    ProcessingConfig.setGroupIcon(group, icon)
    # QGIS refuses a folder that is away and, as of 3.44, one that cannot be written, as most shared libraries are; and
    # with it every option that comes after. This one is only offered, so any will do.
    library = tr("Default Sen2Chain library")
    for setting in (
        Setting(group, LIBRARY, library, "", valuetype=Setting.FOLDER, validator=lambda _: None),
        Setting(group, CLOUDMASKS, tr("Cloud masks that dialogs offer"), "", valuetype=Setting.STRING),
        Setting(group, REMEMBER, tr("Remember library and cloud masks of the last run"), True),
    ):
        ProcessingConfig.addSetting(setting)
    ProcessingConfig.readSettings()


def remove_options(group: str) -> None:
    """Take our options back."""
    try:
        from processing.core.ProcessingConfig import ProcessingConfig
    except ImportError:
        return
    for name in (LIBRARY, CLOUDMASKS, REMEMBER):
        if name in ProcessingConfig.settings:
            ProcessingConfig.removeSetting(name)
    ProcessingConfig.settingIcons.pop(group, None)


def default_library() -> str:
    """Return the default library; empty for none."""
    return _text(LIBRARY)


def remember(library: str, cloudmasks: str) -> None:
    """Offer from now on what a run has used, where the user lets us."""
    from processing.core.ProcessingConfig import ProcessingConfig

    if not ProcessingConfig.getSetting(REMEMBER):
        return
    if library and os.path.isdir(library):
        ProcessingConfig.setSettingValue(LIBRARY, library)
    if cloudmasks:
        ProcessingConfig.setSettingValue(CLOUDMASKS, cloudmasks)


def dress(parameter: QgsProcessingParameterDefinition, algorithm: QgsProcessingAlgorithm) -> None:
    """Give a parameter what its dialog is to offer at first, the words of its empty field, and our widget for it."""
    name = parameter.name()
    offered = _text(_OFFERS[name]) if name in _OFFERS and _reads_library(name, algorithm) else ""
    if offered:
        parameter.setGuiDefaultValueOverride(re.split("[/,]", offered)[0] if name == "CLOUDMASK" else offered)
    words = empty_words(algorithm, parameter)
    metadata: dict[str, Any] = {} if words is None else {EMPTY: words}
    widget = _WIDGETS.get(name) or ("WordsWrapper" if _is_choice_of_several(parameter) else "")
    if widget:
        metadata["widget_wrapper"] = {"class": f"{_PACKAGE}.gui.dialogs.wrappers.{widget}"}
    parameter.setMetadata(metadata)


def _reads_library(name: str, algorithm: QgsProcessingAlgorithm) -> bool:
    return name == "LIBRARY" or algorithm.parameterDefinition("LIBRARY") is not None


def _is_choice_of_several(parameter: QgsProcessingParameterDefinition) -> bool:
    return isinstance(parameter, QgsProcessingParameterEnum) and parameter.allowMultiple()


def _text(name: str) -> str:
    try:
        from processing.core.ProcessingConfig import ProcessingConfig
    except ImportError:
        return ""  # PyQGIS on its own: no Processing, no dialogs
    value = ProcessingConfig.getSetting(name)
    return str(value) if value else ""
