"""What the names of indices, cloud masks, periods and analyses mean, in a few plain words."""

from __future__ import annotations

import re
from collections.abc import Callable

from ...engine.library import offers
from ...engine.library.cloudmask import DEFAULT_CLASSES
from ...processing.support.i18n import tr

_FLAGS = re.compile(r"CM004-CSH([01])-CMP([01])-CHP([01])-TCI([01])-ITER(\d+)")
_PROBABILITY = re.compile(r"CM003-PRB(\d+)-ITER(\d+)")
_SHARE = re.compile(r"PRB-(\d+)")
_ENDING = re.compile(r"-(VRT|L2A|TOUCH|FRAC|DIL\d+)$")
# The classes of a scene classification are in the manual.
_SCENE = re.compile(r"SCL((?:-\d+)*)")


def index_words(name: str) -> str:
    """Return what an index shows; empty where that is not known."""
    return {
        "NDVI": tr("vegetation vigour"),
        "EVI": tr("vegetation vigour, dense canopies too"),
        "NDRE": tr("chlorophyll, from the red edge"),
        "IRECI": tr("chlorophyll of the canopy, from the red edge"),
        "NDWIGAO": tr("water in the vegetation"),
        "NDWIMCF": tr("open water"),
        "MNDWI": tr("open water, told apart from buildings"),
        "NBR": tr("burnt areas"),
        "NDBI": tr("built-up areas"),
        "BIGR": tr("brightness, green and red"),
        "BIRNIR": tr("brightness, red and near infrared"),
        "BIBG": tr("brightness, blue and green"),
    }.get(name, "")


def period_words(name: str) -> str:
    """Return what a period of compile, or of a job, means; empty where that is not known."""
    return {
        "alldata": tr("one file of all dates"),
        "daily": tr("a file per day"),
        "weekly": tr("a file per week"),
        "monthly": tr("a file per month"),
        "yearly": tr("a file per year"),
        "custom": tr("one file between the two dates"),
        "all": tr("one file between the two dates"),
        "none": tr("extract only"),
    }.get(name, "")


def analysis_words(name: str) -> str:
    """Return what an analysis gives; empty where that is not known."""
    return {
        "none": tr("no analysis"),
        "smooth": tr("a curve through the dates"),
        "aggregate": tr("one value per month"),
        "anomaly": tr("each month beside those of other years"),
        "trend": tr("up or down over the years"),
        "phenology": tr("start, peak and end of seasons"),
    }.get(name, "")


def how_words(how: str) -> str:
    """Return how a cloud mask can be had, see `engine.library.offers`; empty where that is not known."""
    return {
        offers.PRODUCED: tr("produced"),
        offers.FROM_RASTER: tr("from the mask raster"),
        offers.COMPUTED: tr("computed as Sen2Chain does"),
        offers.FROM_CLASSES: tr("from the scene classification"),
        offers.FROM_PROBABILITY: tr("from the cloud probability"),
        offers.WITHOUT: tr("no mask needed"),
    }.get(how, "")


def mask_words(name: str) -> str:
    """Return what a cloud mask takes away; empty where that is not known."""
    endings: list[str] = []
    while found := _ENDING.search(name):
        endings.insert(0, _ending_words(found.group(1)))
        name = name[: found.start()]
    base = _base_words(name)
    return ", ".join([base, *endings]) if base else ""


def _base_words(name: str) -> str:
    whole = {
        "CM001": tr("clouds"),
        "CM002-B11": tr("clouds, with the help of band 11"),
        "OCM": tr("clouds and shadows, by OmniCloudMask"),
        "NOMASK": tr("nothing is taken away"),
    }
    if name in whole:
        return whole[name]
    if name.startswith("OCM_v"):
        return whole["OCM"]
    for form, words in _FORMS:
        found = form.fullmatch(name)
        if found:
            return words(found)
    return ""


def _flags_words(found: re.Match[str]) -> str:
    kinds = (tr("shadows"), tr("probable clouds"), tr("clouds"), tr("cirrus"))
    taken = [kind for kind, flag in zip(kinds, found.groups()) if flag == "1"]
    if len(taken) == len(kinds):
        return tr("strict: clouds, shadows, cirrus")
    return ", ".join(taken) or tr("nothing is taken away")


def _probability_words(found: re.Match[str]) -> str:
    return tr("cloud probability of {least} % and more, widened").format(least=found.group(1))


def _share_words(found: re.Match[str]) -> str:
    return tr("cloud probability of {least} % and more").format(least=found.group(1))


def _scene_words(found: re.Match[str]) -> str:
    classes = tuple(int(number) for number in found.group(1).split("-")[1:]) or DEFAULT_CLASSES
    if classes == DEFAULT_CLASSES:
        return tr("clouds, shadows, cirrus, by the scene classification")
    return tr("classes {classes} of the scene classification").format(classes=", ".join(map(str, classes)))


def _ending_words(ending: str) -> str:
    if ending.startswith("DIL"):
        return tr("widened by {metres} m").format(metres=ending[3:])
    return {
        "VRT": tr("applied while reading"),
        "L2A": tr("index computed from the bands"),
        "TOUCH": tr("all pixels that a zone touches"),
        "FRAC": tr("pixels by the share that a zone covers"),
    }[ending]


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (_FLAGS, _flags_words),
    (_PROBABILITY, _probability_words),
    (_SHARE, _share_words),
    (_SCENE, _scene_words),
)
