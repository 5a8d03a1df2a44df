"""What the names of indices, cloud masks, periods and analyses mean, in a few plain words."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ...engine.errors import UnknownCloudMask
from ...engine.library import cloudmask, offers
from ...engine.library.cloudmask import CloudMask
from ...processing.support.i18n import tr


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
        "anomaly": tr("each month compared with other years"),
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
    """Return what a cloud mask takes away; empty for what is no name of one."""
    try:
        mask = cloudmask.parse(name)
    except UnknownCloudMask:
        return ""
    return ", ".join([_WORDS[mask.version](mask), *_ending_words(mask)])


def _flags_words(mask: CloudMask) -> str:
    names = {"CSH": tr("shadows"), "CMP": tr("probable clouds"), "CHP": tr("clouds"), "TCI": tr("cirrus")}
    flags = dict(mask.parameters)
    taken = [words for key, words in names.items() if flags[key]]
    if len(taken) == len(names):
        return tr("strict: clouds, shadows, cirrus")
    return ", ".join(taken) or tr("nothing is taken away")


def _scene_words(mask: CloudMask) -> str:
    if mask.classes == cloudmask.DEFAULT_CLASSES:
        return tr("clouds, shadows, cirrus, by the scene classification")
    return tr("classes {classes} of the scene classification").format(classes=", ".join(map(str, mask.classes)))


# By version, see `CloudMask`.
_WORDS: dict[str, Callable[[CloudMask], str]] = {
    "CM001": lambda _: tr("clouds"),
    "CM002": lambda _: tr("clouds, with the help of band 11"),
    "CM003": lambda mask: tr("cloud probability of {least} % and more, widened").format(least=mask.parameters[0][1]),
    "CM004": _flags_words,
    cloudmask.OCM: lambda _: tr("clouds and shadows, by OmniCloudMask"),
    cloudmask.SCL: _scene_words,
    cloudmask.PRB: lambda mask: tr("cloud probability of {least} % and more").format(least=mask.parameters[0][1]),
    cloudmask.NOMASK: lambda _: tr("nothing is taken away"),
}


def _ending_words(mask: CloudMask) -> Iterator[str]:
    if mask.virtual:
        yield tr("applied while reading")
    if mask.dilation:
        yield tr("widened by {metres} m").format(metres=mask.dilation)
    if mask.pixels:
        touch, share = tr("all pixels that a zone touches"), tr("pixels by the share that a zone covers")
        yield {cloudmask.TOUCH: touch, cloudmask.FRAC: share}[mask.pixels]
    if mask.l2a:
        yield tr("index computed from the bands")
