"""Self-contained HTML pages: no network, no script but our own, light and dark, everything that is put in escaped.

A page is made of plain strings. What comes from outside (names, attributes, paths) goes through `escape`; what the
page itself says goes through the ``tr`` of the caller, so that a front end can translate it.

Instead of jinja2, which the engine alone has not: a page is put together in a few lines, and escapes by itself.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import html
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from ...files import own_folder, write_atomic

Translate = Callable[[str], str]

# What neither HTML nor XML can hold, and what would turn the direction of the text around it.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")

# The ramp is ColorBrewer's YlGnBu, readable with every kind of colour vision; on dark ground its brightness runs the
# other way. The two accents are blue and vermilion of Okabe and Ito.
_STYLE = """
:root{--ground:#fff;--panel:#f7f8fa;--line:#dde2e8;--text:#1d2733;--muted:#5b6876;--blue:#0072b2;--red:#c04c00;
--h0:#eceff2;--h1:#c7e9b4;--h2:#7fcdbb;--h3:#41b6c4;--h4:#1d8abf;--h5:#22478f;--band:#0072b2;--month:#9aa5b1}
@media(prefers-color-scheme:dark){:root{--ground:#14181d;--panel:#1b2128;--line:#313a45;--text:#e6ebf0;--muted:#9aa7b4;
--blue:#56b4e9;--red:#f0884a;--h0:#252c34;--h1:#1e4a63;--h2:#1f6e8c;--h3:#2c9bab;--h4:#6cc9b4;--h5:#d6f2b8;
--band:#56b4e9;--month:#5d6977}}
*{box-sizing:border-box}
html{color-scheme:light dark;-webkit-text-size-adjust:100%}
body{margin:0 auto;padding:2.2rem 1.6rem 4rem;max-width:1180px;background:var(--ground);color:var(--text);
font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","DejaVu Sans",sans-serif}
h1{margin:0 0 .2rem;font-size:1.75rem;line-height:1.2;font-weight:650;letter-spacing:-.01em;overflow-wrap:anywhere}
h2{margin:2.6rem 0 .5rem;font-size:1.2rem;font-weight:650}
h3{margin:1.6rem 0 .4rem;font-size:1rem;font-weight:650}
p{margin:.3rem 0 .8rem;max-width:78ch}
a{color:var(--blue)}
ul{margin:.3rem 0 .8rem;padding-left:1.2rem}li{margin:.15rem 0;overflow-wrap:anywhere}
.sub,.note,figcaption{color:var(--muted)}
.note,figcaption{font-size:.86rem}
.facts{margin:.8rem 0 0;color:var(--muted);font-size:.9rem;overflow-wrap:anywhere}
.facts b{color:var(--text);font-weight:600}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(8.2rem,1fr));grid-gap:.8rem;margin:1.4rem 0 0}
.card{padding:.75rem .95rem;background:var(--panel);border:1px solid var(--line);border-radius:8px}
.card b{display:block;font-size:1.5rem;font-weight:650;line-height:1.25;white-space:nowrap;
font-variant-numeric:tabular-nums}
.card span{color:var(--muted);font-size:.84rem;line-height:1.3;display:block}
.wide{overflow-x:auto;margin:.6rem 0}
table{border-collapse:collapse;width:100%;font-size:.88rem;font-variant-numeric:tabular-nums}
th{color:var(--muted);font-weight:600;text-align:left;vertical-align:bottom;line-height:1.25}
th,td{padding:.36rem .8rem .36rem 0;border-bottom:1px solid var(--line)}
th:last-child,td:last-child{padding-right:.3rem}
td{white-space:nowrap}
th.n,td.n{text-align:right}
td.w{white-space:normal;min-width:14rem}
tbody tr:hover{background:var(--panel)}
.zero{color:var(--muted)}.todo{color:var(--red);font-weight:600}.done{color:var(--blue)}
figure{margin:.4rem 0}
svg{display:block;max-width:100%;height:auto}
svg text{fill:var(--muted);font-family:inherit}
.calendars{display:grid;grid-template-columns:repeat(auto-fill,minmax(520px,1fr));grid-gap:1rem 2rem;margin:.8rem 0}
.calendars figure{margin:0}td svg{max-width:none}
@media(max-width:600px){.calendars{grid-template-columns:1fr}}
.h0{fill:var(--h0)}.h1{fill:var(--h1)}.h2{fill:var(--h2)}.h3{fill:var(--h3)}.h4{fill:var(--h4)}.h5{fill:var(--h5)}
.mark{fill:var(--red);stroke:var(--ground);stroke-width:1}
.month{fill:none;stroke:var(--month);stroke-width:.8}
.legend{display:flex;align-items:center;flex-wrap:wrap;color:var(--muted);font-size:.84rem}
.legend span{display:inline-flex;align-items:center;margin-right:1.1rem}.legend svg{margin:0 .45rem 0 0;flex:none}
.charts{display:flex;flex-wrap:wrap;margin:.4rem -.4rem}
.chart{flex:1 1 258px;max-width:380px;margin:.4rem;padding:.6rem .7rem .5rem;
border:1px solid var(--line);border-radius:8px}
.chart h4{margin:0;font-size:.9rem;font-weight:600;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.chart p{margin:0 0 .25rem;color:var(--muted);font-size:.78rem}
.grid{stroke:var(--line);stroke-width:1;fill:none}.band{fill:var(--band);opacity:.18}
.curve{fill:none;stroke:var(--blue);stroke-width:1.3;stroke-linejoin:round}
.fill{stroke-dasharray:3 2.5}.spike{fill:none;stroke:var(--red);stroke-width:1.1}
.years{fill:var(--month);opacity:.32}.usual{fill:none;stroke:var(--month);stroke-width:1.2;stroke-dasharray:4 2}
.dot{fill:var(--blue)}.part{fill:var(--ground);stroke:var(--red);stroke-width:1.2}
.chart svg{width:100%}
.chart:target{border-color:var(--blue);box-shadow:0 0 0 1px var(--blue)}
.chart .now{color:var(--text)}.low{color:var(--red);font-weight:600}
.sort{position:absolute;opacity:0}
.sort+label{display:inline-block;margin:0 .4rem .3rem 0;padding:.15rem .7rem;border:1px solid var(--line);
border-radius:1rem;color:var(--muted);font-size:.84rem;cursor:pointer}
.sort:checked+label{color:var(--text);border-color:var(--blue)}
.sort:focus-visible+label{outline:2px solid var(--blue)}
#search{position:sticky;top:0;z-index:1;margin:1rem 0 0;padding:.4rem 0;background:var(--ground);color:var(--muted)}
#search input{margin:0 .5rem;padding:.3rem .6rem;width:18rem;max-width:60%;font:inherit;color:var(--text);
background:var(--panel);border:1px solid var(--line);border-radius:8px}
[hidden]{display:none!important}.chart,section{scroll-margin-top:3.6rem}
.map{margin:.6rem 0}.area{fill-opacity:.55;stroke-width:1}.way{fill:none;stroke-width:2}
a:hover .area{fill-opacity:.9}
.g0{fill:#009e73;stroke:#009e73}.g1{fill:#d55e00;stroke:#d55e00}.g2{fill:#0072b2;stroke:#0072b2}
.g3{fill:#cc79a7;stroke:#cc79a7}.g4{fill:#e69f00;stroke:#e69f00}.g5{fill:#56b4e9;stroke:#56b4e9}
.g6{fill:#8c6bb1;stroke:#8c6bb1}.g7{fill:#a6761d;stroke:#a6761d}.way{fill:none}
nav{margin:1.2rem 0 0;font-size:.9rem}nav a{margin-right:1.1rem;display:inline-block}
footer{margin-top:3rem;padding-top:.8rem;border-top:1px solid var(--line);color:var(--muted);font-size:.82rem}
@page{margin:14mm}
@media print{:root{--ground:#fff;--panel:#f7f8fa;--line:#dde2e8;--text:#1d2733;--muted:#5b6876;--blue:#0072b2;
--red:#c04c00;--band:#0072b2;--month:#9aa5b1}
html{color-scheme:light}*{-webkit-print-color-adjust:exact;print-color-adjust:exact}
body{padding:0;max-width:none;font-size:12px}.card,.chart,.legend,figure,tr,li{break-inside:avoid}
h2,h3,h4,.note{break-after:avoid}nav,#search,.sort,.sort+label{display:none}.wide{overflow:visible}
td,th{white-space:normal;padding-right:.4rem}.chart{flex:0 0 31%}.group{page-break-before:always;break-before:page}}
"""


def escape(value: object) -> str:
    """Return a value as text that means nothing to HTML, in elements and in quoted attributes alike."""
    return html.escape(_UNPRINTABLE.sub("\ufffd", str(value)), quote=True)


def page(title: str, body: Iterable[str], language: str = "en", style: str = "", script: str = "") -> bytes:
    """Return a whole page, UTF-8.

    Parameters
    ----------
    title
        plain text.
    body
        pieces of HTML.
    language
        of the texts, like ``en``.
    style
        more rules of style, made of nothing that comes from outside.
    script
        runs when the page is there; made of nothing that comes from outside. No other script may run.
    """
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    if script:
        policy += f"; script-src 'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
    head = (
        f'<!DOCTYPE html>\n<html lang="{escape(language)}"><head><meta charset="utf-8">'
        # A browser then refuses whatever a page of ours should never ask for.
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_STYLE}{style}</style></head><body>\n"
    )
    end = f"<script>{script}</script></body></html>\n" if script else "</body></html>\n"
    return "".join([head, *(f"{piece}\n" for piece in body), end]).encode()


def cards(numbers: Iterable[tuple[object, str]]) -> str:
    """Return big numbers, each with what it is."""
    items = (f'<div class="card"><b>{escape(value)}</b><span>{escape(what)}</span></div>' for value, what in numbers)
    return f'<div class="cards">{"".join(items)}</div>'


def counted(number: int, one: str, several: str) -> tuple[int, str]:
    """Return a number and what it is, in the singular where it is one."""
    return number, one if number == 1 else several


def facts(pairs: Iterable[tuple[str, object]]) -> str:
    """Return lines of a name and its value, for the head of a page."""
    lines = "<br>".join(f"{escape(name)} <b>{escape(value)}</b>" for name, value in pairs)
    return f'<p class="facts">{lines}</p>'


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], numbers: Sequence[int] = (), wide: int = -1) -> str:
    """Return a table.

    Parameters
    ----------
    heads
        plain texts.
    rows
        cells of HTML.
    numbers
        the positions of the columns of numbers, which are set flush right.
    wide
        the position of a column of long text, which may wrap.
    """
    kinds = ['class="n"' if k in numbers else 'class="w"' if k == wide else "" for k in range(len(heads))]
    opening = [f"<td {kind}>" if kind else "<td>" for kind in kinds]
    head = "".join(f"<th {kind}>{escape(text)}</th>" for kind, text in zip(kinds, heads))
    body = "".join(
        f"<tr>{''.join(f'{begin}{cell}</td>' for begin, cell in zip(opening, cells))}</tr>" for cells in rows
    )
    return f'<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def legend(marks: Iterable[tuple[str, str]]) -> str:
    """Return what marks mean, each with its words on the same line: pairs of a small SVG and a plain text."""
    return f'<div class="legend">{"".join(f"<span>{mark}{escape(text)}</span>" for mark, text in marks)}</div>'


def bullets(items: Iterable[str]) -> str:
    """Return a list of plain texts."""
    return f"<ul>{''.join(f'<li>{escape(item)}</li>' for item in items)}</ul>"


def write_page(path: Path, data: bytes) -> None:
    """Write a page where the user wants it, whole or not at all, and leave nothing else in that folder.

    Raises
    ------
    WriteFailed
        the system refused.
    """
    write_atomic(path, data, path.parent)
    own = own_folder(path.parent)
    with contextlib.suppress(OSError):  # it is somebody else's too, and not empty
        for folder in (*own.iterdir(), own):
            folder.rmdir()
