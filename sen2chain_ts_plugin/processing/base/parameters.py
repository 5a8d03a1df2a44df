"""How the value of a parameter is read: used as it is meant, or refused by name; never replaced by a default unsaid.

QGIS takes the default for whatever its ``parameterAs...`` do not understand, and calls `checkParameterValues` for a run
of its own only, not for the steps of a model. So every algorithm reads its parameters here, at the place of use:

    values = self.values(parameters, context)
    values.words(INDICES), values.day(DATE_MIN), values.number(COVER_MAX), values.yes(FORCE), values.path(LIBRARY)

What kind of value a parameter takes, its words, its range and its default are those of its definition.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeatureSink,
    QgsFields,
    QgsProcessing,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingDestinationParameter,
    QgsProcessingFeatureSource,
    QgsProcessingFeatureSourceDefinition,
    QgsProcessingOutputLayerDefinition,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterNumber,
    QgsProcessingParameters,
    QgsProcessingParameterVectorLayer,
    QgsProperty,
    QgsVectorLayer,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QVariant

from ...engine.errors import (
    CloudMaskMalformed,
    EngineError,
    UnknownCloudMask,
    UnknownCloudMaskHere,
    ValueMissing,
    ValueNotUnderstood,
    ValueRefused,
)
from ...engine.library.cloudmask import CloudMask
from ..support.i18n import tr
from .masks_there import masks_there
from .model_step import null_expression
from .value_forms import about, expected, kind_of, not_understood, read_layer, shown_null

_Opened = TypeVar("_Opened")


def is_omitted(value: Any) -> bool:
    """Tell whether a value says that nothing is given: None, an empty text or list, or a list of empty texts."""
    if isinstance(value, (list, tuple)):
        return all(isinstance(item, str) and not item.strip() for item in value)
    return value is None or (isinstance(value, str) and not value.strip())


class Values:
    """The values of the parameters of an algorithm, in a context.

    The methods return the default of the definition where a parameter is omitted. Where what is given is not
    understood, or nothing is given and there is no default, they raise `ValueMissing`, `ValueNotUnderstood`,
    `ValueOutside` or `ValueRefused`, whose message begins with the name of the parameter.

    Parameters
    ----------
    algorithm
        has the definitions of the parameters.
    parameters
        the values by name, as QGIS hands them over.
    context
        in which expressions are evaluated and layers are found.
    """

    def __init__(
        self, algorithm: QgsProcessingAlgorithm, parameters: Mapping[str, Any], context: QgsProcessingContext
    ) -> None:
        self.parameters = parameters
        self._algorithm = algorithm
        self._context = context

    def knows(self, name: str) -> bool:
        """Tell whether the algorithm has a parameter of that name."""
        return self._definition(name) is not None

    def given(self, name: str) -> bool:
        """Tell whether a parameter is given at all; an empty text or list is, and means the default, but no number."""
        value = self._value(name)
        number = isinstance(self._definition(name), QgsProcessingParameterNumber)
        return not is_omitted(value) if number else value is not None

    def omitted(self, name: str) -> bool:
        """Tell whether a parameter is not given, or empty, so that its default counts."""
        return self._omitted(self._definition(name), self._value(name))

    def text(self, name: str) -> str:
        """Return a text; empty where it is omitted and has no default."""
        return str(self._read(name, ""))

    def word(self, name: str) -> str:
        """Return the one word chosen; empty where it is omitted and has no default."""
        return next(iter(self.words(name)), "")

    def words(self, name: str) -> tuple[str, ...]:
        """Return the words chosen, each once; none where they are omitted and have no default."""
        return tuple(self._read(name, ()))

    def cloudmasks(self, name: str) -> tuple[CloudMask, ...]:
        """Return the cloud masks, or the one; none where they are omitted and have no default."""
        return tuple(self._read(name, ()))

    def number(self, name: str) -> float:
        """Return a number within its range."""
        return float(self._needed(name))

    def whole(self, name: str) -> int:
        """Return a whole number within its range."""
        return int(self._needed(name))

    def yes(self, name: str) -> bool:
        """Return a yes or no; no where it is omitted and has no default."""
        return bool(self._read(name, False))

    def day(self, name: str) -> date | None:
        """Return a day; None where it is omitted."""
        day: date | None = self._read(name, None)
        return day

    def path(self, name: str) -> Path | None:
        """Return a file or folder, to read or to write; None where it is omitted. ``~`` is the home folder.

        Where a temporary folder is asked for each call returns another one.
        """
        path, definition = self._read(name, None), self._definition(name)
        if path == QgsProcessing.TEMPORARY_OUTPUT and isinstance(definition, QgsProcessingDestinationParameter):
            path = definition.generateTemporaryDestination()
        return None if path is None else Path(path)

    def needed_path(self, name: str) -> Path:
        """Return a file or folder that has to be given."""
        path = self.path(name)
        if path is None:
            raise ValueMissing(name=name, expected=expected(self._definition(name)))
        return path

    def open(self, name: str, opener: Callable[[Any], _Opened]) -> _Opened:
        """Return what is opened with the path of a folder; what fails begins with the name of the parameter."""
        path = self.path(name)
        with about(name):
            return opener(path)

    def layer(self, name: str) -> QgsVectorLayer | None:
        """Return the layer that is given, also as a source; None where it is omitted. In the main thread only."""
        value = self.layer_value(name)
        if isinstance(value, QgsProcessingFeatureSourceDefinition):
            value = read_layer(self._definition(name), self._evaluated(name, value.source))
        if value is None:
            return None
        layer = QgsProcessingParameters.parameterAsVectorLayer(self._definition(name), {name: value}, self._context)
        if layer is None or not layer.isValid():
            raise not_understood(self._definition(name), value)
        return layer

    def source(self, name: str) -> QgsProcessingFeatureSource | None:
        """Return the features of the layer that is given; None where it is omitted."""
        value = self.layer_value(name)
        if value is None:
            return None
        source = QgsProcessingParameters.parameterAsSource(self._definition(name), {name: value}, self._context)
        if source is None:
            raise not_understood(self._definition(name), value)
        return source

    def needed_source(self, name: str) -> QgsProcessingFeatureSource:
        """Return the features of a layer that has to be given."""
        source = self.source(name)
        if source is None:
            raise ValueMissing(name=name, expected=expected(self._definition(name)))
        return source

    def layer_value(self, name: str) -> Any:
        """Return what is given as a layer, as QGIS takes it: a layer, its name, or the definition of a source."""
        return self._read(name, None)

    def wants(self, name: str) -> bool:
        """Tell whether a layer is to be written."""
        return self._read(name, None) is not None

    def sink(
        self, name: str, fields: QgsFields, kind: QgsWkbTypes.Type, crs: QgsCoordinateReferenceSystem
    ) -> tuple[QgsFeatureSink | None, str]:
        """Open the layer to write, and return it with what it is known by; None where none is wanted."""
        definition, value = self._definition(name), self._read(name, None)
        if value is None:
            return None, ""
        sink, layer = QgsProcessingParameters.parameterAsSink(
            definition, {name: value}, fields, kind, crs, self._context
        )
        if sink is None:
            raise not_understood(definition, value)
        return sink, str(layer)

    def check(self) -> None:
        """Refuse any value that cannot be read, whether the run would come to it or not."""
        for definition in self._algorithm.parameterDefinitions():
            name = definition.name()
            given = self.parameters.get(name, "")
            if given is None or _is_empty_text(given):
                text = null_expression(self._algorithm, name, self._context)
                if text:
                    raise ValueNotUnderstood(name=name, value=shown_null(text), expected=expected(definition))
        self.plain()

    def refused(self) -> dict[str, EngineError]:
        """Return why values cannot be read, by name; nothing is opened or looked up, and what is missing is not told.

        Of a form that is open, where more is still to come.
        """
        found: dict[str, EngineError] = {}
        for definition in self._algorithm.parameterDefinitions():
            try:
                value = self._value(definition.name())
                if not is_omitted(value):
                    kind_of(definition).read(definition, value)
            except EngineError as error:
                found[definition.name()] = error
        return found

    def check_layers(self) -> None:
        """Refuse any layer that cannot be opened. In the main thread only."""
        for definition in self._algorithm.parameterDefinitions():
            if isinstance(definition, (QgsProcessingParameterFeatureSource, QgsProcessingParameterVectorLayer)):
                self.layer(definition.name())

    def plain(self) -> dict[str, Any]:
        """Return the values as QGIS itself writes them, with lists of words, numbers and dates, all read and checked.

        What is omitted is left out, and its default with it.
        """
        plain = dict(self.parameters)
        for definition in self._algorithm.parameterDefinitions():
            name = definition.name()
            value = self._value(name)
            if not self._omitted(definition, value):
                plain[name] = kind_of(definition).plain(definition, self._understood(definition, value))
            elif name in plain:
                del plain[name]
        return plain

    def written(self) -> dict[str, Any]:
        """Return the values as QGIS itself writes them, to repeat a run; what cannot be read as it is.

        Expressions are evaluated: QGIS quotes them so that nobody can read them back, and they may give something else
        the next time.
        """
        written = dict(self.parameters)
        for definition in self._algorithm.parameterDefinitions():
            name = definition.name()
            with contextlib.suppress(EngineError):
                value = self._value(name)
                is_source = isinstance(value, QgsProcessingFeatureSourceDefinition)
                if is_source and isinstance(definition, QgsProcessingParameterVectorLayer):
                    value = self._evaluated(name, value.source)  # QGIS would write nothing
                if not is_omitted(value):
                    kind = kind_of(definition)
                    plain = kind.plain(definition, kind.read(definition, value))
                    # Of a list of words QGIS 3.22 writes an empty text; of one text with commas, the list.
                    written[name] = ",".join(plain) if isinstance(plain, list) else plain
        return written

    def _definition(self, name: str) -> QgsProcessingParameterDefinition:
        return self._algorithm.parameterDefinition(name)

    def _read(self, name: str, otherwise: Any) -> Any:
        """Return the value of a parameter, or its default, or else what a kind has for nothing."""
        definition, value = self._definition(name), self._value(name)
        if self._omitted(definition, value):
            value = definition.defaultValue()
        return otherwise if is_omitted(value) else self._understood(definition, value)

    def _understood(self, definition: QgsProcessingParameterDefinition, value: Any) -> Any:
        """Return what a value means; the error of a wrong cloud mask names those that are there."""
        try:
            return kind_of(definition).read(definition, value)
        except ValueRefused as error:
            problem = error.values["problem"]
            there = masks_there(self) if isinstance(problem, (CloudMaskMalformed, UnknownCloudMask)) else None
            if there is None:
                raise
            place, masks = there
            names = ", ".join(masks) or tr("none")
            problem = UnknownCloudMaskHere(problem=problem, place=place, there=names)
            raise ValueRefused(name=definition.name(), problem=problem) from error

    def _needed(self, name: str) -> Any:
        value = self._read(name, None)
        if value is None:
            raise ValueMissing(name=name, expected=expected(self._definition(name)))
        return value

    def _omitted(self, definition: QgsProcessingParameterDefinition, value: Any) -> bool:
        """Tell whether a parameter is omitted; refuse that where it must be given."""
        if not is_omitted(value):
            return False
        optional = definition.flags() & QgsProcessingParameterDefinition.Flag.FlagOptional
        if not optional and is_omitted(definition.defaultValue()):
            raise ValueMissing(name=definition.name(), expected=expected(definition))
        return True

    def _value(self, name: str) -> Any:
        """Return what is given for a parameter, without the wrappings of QGIS; None where nothing is."""
        return self._evaluated(name, self.parameters.get(name))

    def _evaluated(self, name: str, given: Any) -> Any:
        definition = self._definition(name)
        value: Any = "" if _is_empty_text(given) else given
        given = value
        if isinstance(value, QgsProcessingOutputLayerDefinition):
            place = self._evaluated(name, value.sink)
            # A table keeps what its definition says beyond the place.
            return value if isinstance(definition, QgsProcessingParameterFeatureSink) and place else place
        if isinstance(value, QgsProperty):
            value, _ = value.value(self._context.expressionContext(), None)
        if isinstance(value, QVariant):
            value = None if value.isNull() else value.value()
        if value is None and given is not None:
            raise ValueNotUnderstood(name=name, value=shown_null(_expression_of(given)), expected=expected(definition))
        return value.tolist() if type(value).__module__ == "numpy" else value


def _is_empty_text(value: Any) -> bool:
    """Tell whether a value is a text that Qt has never filled: an empty field of a dialog, ``--NAME=`` of qgis_process.

    Python sees it as a NULL; any other NULL stands where a value was to be.
    """
    return isinstance(value, QVariant) and value.isNull() and value.typeName() == "QString"


def _expression_of(value: Any) -> str:
    return str(value.asExpression()) if isinstance(value, QgsProperty) else ""
