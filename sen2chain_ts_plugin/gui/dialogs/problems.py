"""What is wrong with the values of an algorithm, field by field, before it runs; and what they come to."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from qgis.core import QgsProcessingAlgorithm, QgsProcessingContext, QgsProject

from ...engine.choices import ALL_INDICES
from ...engine.choices import INDICES as INDEX_NAMES
from ...engine.errors import (
    CloudMaskAbsent,
    CloudMaskOfSource,
    EngineError,
    IndexAbsent,
    LayerEmpty,
    LayerMeetsNoTile,
    LayerWithoutCrs,
    MaskNotComputed,
    ValueMissing,
    ValueNotUnderstood,
    ValueOutside,
    ValueRefused,
)
from ...engine.feedback import Feedback
from ...engine.files import exists
from ...engine.jobs.store import find_job, job_file
from ...engine.library import cloudmask
from ...engine.library.folders import Library, open_library
from ...engine.library.index_product import IndexProduct
from ...engine.library.products import find_products
from ...engine.library.selection import Selection
from ...engine.zones.meeting import products_of_met_tiles
from ...processing.base.algorithm import EngineAlgorithm, parameter_of
from ...processing.base.parameters import Values, is_omitted
from ...processing.base.pixel_choice import BUFFER, SMALL
from ...processing.support.i18n import tr, tr_error
from ...processing.support.names import (
    CLOUDMASK,
    CLOUDMASKS,
    DATE_MAX,
    DATE_MIN,
    EXTRACTION,
    INDEX_SOURCE,
    INDICES,
    INPUT,
    LIBRARY,
)
from ..common.localised import day_text
from .layer_box import LayerBox, box_of, layer_of
from .offers import LOOKS, extraction_offers
from .shrunk_layer import ShrunkLayer, shrunk_layer

JOB, NAME, MODE = "JOB", "NAME", "MODE"


@dataclass
class Answer:
    """What there is to say of the values of a dialog.

    Attributes
    ----------
    wrong, right
        what is wrong with a value, and what it comes to, by the name of the parameter.
    proposed
        what to show in a field where nobody has chosen yet.
    """

    wrong: dict[str, str] = field(default_factory=dict)
    right: dict[str, str] = field(default_factory=dict)
    proposed: dict[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Question:
    """What a dialog asks for, as plain values; None for what it has no field for.

    Attributes
    ----------
    masks
        the name of the parameter of cloud masks.
    wanted
        what to propose for a parameter where the library has it.
    """

    library: Path | None = None
    has_library: bool = False
    extraction: Path | None = None
    selection: Selection | None = None
    masks: str = CLOUDMASKS
    wanted: Mapping[str, str] = field(default_factory=dict)
    box: LayerBox | None = None
    job: str = ""
    new_job: str = ""
    shrunk: ShrunkLayer | None = None


def _is_in_project(value: Any) -> bool:
    return layer_of(value) is not None


def wrong_values(algorithm: QgsProcessingAlgorithm, values: Mapping[str, Any]) -> dict[str, str]:
    """Return what is wrong with values by themselves, whatever the library. In the main thread; nothing is read."""
    context = QgsProcessingContext()
    context.setProject(QgsProject.instance())
    given = {name: value for name, value in values.items() if name != INPUT or _is_in_project(value)}
    found = {name: words_of(error) for name, error in Values(algorithm, given, context).refused().items()}
    if found or not isinstance(algorithm, EngineAlgorithm):
        return found
    try:
        algorithm.check_values(given, context)
    except ValueMissing:
        return {}  # more is to come
    except EngineError as error:
        name = str(error.values.get("name", "")) or parameter_of(error, algorithm)
        place = name if algorithm.parameterDefinition(name) is not None else next(iter(values))
        return {place: words_of(error)}
    return {}


def words_of(error: EngineError) -> str:
    """Return a failure in words for the line below the field that it is about."""
    if isinstance(error, ValueRefused):
        return tr_error(error.values["problem"])
    if isinstance(error, ValueNotUnderstood):
        return tr("This field takes {expected}.").format(expected=error.values["expected"])
    if isinstance(error, ValueOutside):
        return tr("This field takes numbers {range}.").format(range=error.values["range"])
    return tr_error(error)


def question_of(
    algorithm: QgsProcessingAlgorithm, values: Mapping[str, Any], proposed: Sequence[str]
) -> Question | None:
    """Return what is to be looked up in a library or an extraction; None for nothing. In the main thread.

    Parameters
    ----------
    algorithm, values
        what is asked for; the values can be read.
    proposed
        the parameters whose value nobody has chosen yet.
    """
    read = Values(algorithm, values, QgsProcessingContext())
    masks = CLOUDMASK if read.knows(CLOUDMASK) else CLOUDMASKS
    question = Question(masks=masks)
    if read.knows(EXTRACTION):
        folder = str(values.get(EXTRACTION) or "")
        question = replace(question, extraction=Path(os.path.expanduser(folder)) if folder else None)
    if read.knows(LIBRARY):
        question = replace(question, has_library=True, library=read.path(LIBRARY))
    if not question.has_library and question.extraction is None:
        return None
    text = {name: str(values.get(name) or "").strip() for name in (JOB, NAME)}
    defaults = {name: algorithm.parameterDefinition(name).defaultValueForGui() for name in proposed}
    wanted = {
        name: ",".join(default) if isinstance(default, list) else str(default)
        for name, default in defaults.items()
        if not is_omitted(default)
    }
    return replace(
        question,
        selection=_selection(read, masks) if read.knows(INDICES) and read.knows(masks) else None,
        wanted=wanted,
        box=box_of(values.get(INPUT), read.number(BUFFER) if read.knows(BUFFER) else 0),
        job=text[JOB] if read.knows(JOB) else "",
        new_job=text[NAME] if read.knows(NAME) and read.knows(MODE) else "",
        shrunk=shrunk_layer(values.get(INPUT), read.number(BUFFER)) if read.knows(SMALL) else None,
    )


def look_into(question: Question, feedback: Feedback) -> Answer:
    """Return what is wrong with the request, and what it comes to; reads the library, in any thread."""
    answer = Answer()
    if question.extraction is not None:
        _look_into_extraction(question, question.extraction, answer)
    elif question.has_library:
        _look_into_library(question, answer, feedback)
    if question.shrunk is not None:
        _count_vanishing(question.shrunk, answer, feedback)
    return answer


def _count_vanishing(shrunk: ShrunkLayer, answer: Answer, feedback: Feedback) -> None:
    try:
        number, seen, all_zones = shrunk.counted(feedback)
    except EngineError as error:
        answer.wrong[BUFFER] = tr_error(error)
        return
    text = tr("{number} of {all} zones vanish.").format(number=number, all=all_zones)
    place = answer.wrong if seen and number == seen else answer.right
    place[BUFFER] = text


def _look_into_extraction(question: Question, folder: Path, answer: Answer) -> None:
    try:
        offers = extraction_offers(folder)
    except EngineError as error:
        answer.wrong[EXTRACTION] = tr_error(error)
        return
    if question.selection is None:
        return
    absent = [index for index in question.selection.indices if index not in offers.products]
    if absent:
        answer.wrong[INDICES] = _not_extracted(absent, list(offers.products))
    there = offers.masks_of(question.selection.indices)
    missing = [mask.folder for mask in question.selection.cloudmasks if mask.folder not in there]
    if missing:
        answer.wrong[question.masks] = _not_extracted(missing, list(there))


def _not_extracted(names: Sequence[str], there: Sequence[str]) -> str:
    return tr("Not in this extraction: {names}. There are: {there}.").format(
        names=", ".join(names), there=", ".join(there) or tr("none")
    )


def _look_into_library(question: Question, answer: Answer, feedback: Feedback) -> None:
    try:
        library = open_library(question.library)
        _look_for_jobs(question, library, answer)
        if question.selection is not None:
            selection = _with_proposals(question, question.selection, answer, feedback)
            _look_for_products(question, selection, library, answer, feedback)
    except EngineError as error:
        answer.wrong[LIBRARY] = tr_error(error)


def _look_for_jobs(question: Question, library: Library, answer: Answer) -> None:
    try:
        if question.job:
            find_job(library, os.path.expanduser(question.job))
    except EngineError as error:
        answer.wrong[JOB] = tr_error(error)
    try:
        there = bool(question.new_job) and exists(job_file(library, question.new_job).path)
    except EngineError as error:
        answer.wrong[NAME] = tr_error(error)
        return
    answer.proposed[MODE] = ["append" if there else "replace"]
    if there:
        answer.right[NAME] = tr("This job exists.")


def _with_proposals(question: Question, selection: Selection, answer: Answer, feedback: Feedback) -> Selection:
    """Return the request once the fields that nobody has chosen yet follow the library."""
    offers = LOOKS.of(question.library, selection.index_source, feedback)
    indices = list(selection.indices)
    if INDICES in question.wanted:
        indices = answer.proposed[INDICES] = offers.default_indices(question.wanted[INDICES].split(","))
    absent = [index for index in indices if index not in offers.products]
    if absent and offers.products and len(absent) < len(indices) < len(INDEX_NAMES):
        answer.wrong[INDICES] = tr("The library has no product of {indices}.").format(indices=", ".join(absent))
    masks = tuple(selection.cloudmasks)
    if question.masks in question.wanted:
        proposed = offers.default_mask(indices, question.wanted[question.masks])
        masks = tuple(cloudmask.parse_list(proposed))
        answer.proposed[question.masks] = [name.strip() for name in re.split("[/,]", proposed) if name.strip()]
    return replace(selection, indices=indices, cloudmasks=masks)


def _look_for_products(
    question: Question, selection: Selection, library: Library, answer: Answer, feedback: Feedback
) -> None:
    """Look which products are asked for, with the failures that a run would have."""
    anytime = replace(selection, date_min=None, date_max=None, indices=list(selection.indices) or INDEX_NAMES)
    try:
        products = find_products(library, anytime)
    except EngineError as error:
        answer.wrong[_field_of(error, question)] = tr_error(error)
        return
    if question.box is not None:
        try:
            zones = question.box.zones()
            products = products_of_met_tiles(library, zones, anytime, products, feedback).items
        except (LayerEmpty, LayerWithoutCrs, LayerMeetsNoTile) as error:
            answer.wrong[INPUT] = tr_error(error)
            return
    _tell_dates(products, selection, answer)


def _tell_dates(products: Sequence[IndexProduct], selection: Selection, answer: Answer) -> None:
    asked = [item for item in products if selection.has_date(item.product)]
    if asked:
        answer.right[DATE_MAX] = _from_to(asked)
    elif products:
        answer.wrong[DATE_MAX] = tr("No acquisition between these dates. Without them: {all}").format(
            all=_from_to(products)
        )


def _from_to(products: Sequence[IndexProduct]) -> str:
    taken = {(item.product.tile, item.product.acquired) for item in products}
    days = sorted({when.date() for _, when in taken})
    return tr("{number} acquisitions from {first} to {last}.").format(
        number=len(taken), first=day_text(days[0]), last=day_text(days[-1])
    )


def _field_of(error: EngineError, question: Question) -> str:
    """Return the field that a failure of looking for products is about."""
    if isinstance(error, (CloudMaskOfSource, CloudMaskAbsent, MaskNotComputed)):
        return question.masks
    return INDICES if isinstance(error, IndexAbsent) else LIBRARY


def _selection(values: Values, masks: str) -> Selection:
    """Return which products are asked for; those of a job may have dates such as today-30, which are left out."""
    words = values.words(INDICES)
    dates = values.knows(DATE_MIN) and not values.knows(NAME)
    return Selection(
        indices=INDEX_NAMES if ALL_INDICES in words else words,
        cloudmasks=() if values.omitted(masks) else values.cloudmasks(masks),
        date_min=values.day(DATE_MIN) if dates else None,
        date_max=values.day(DATE_MAX) if dates else None,
        index_source=values.word(INDEX_SOURCE) if values.knows(INDEX_SOURCE) else "auto",
    )
