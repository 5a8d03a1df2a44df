"""A search box over the charts of a page: it hides those whose zone and group lack one of its words.

Enter goes to the first one that is left.

The box is shown by the script that serves it: where scripts do not run, as in the preview of a mail, there is none. The
script is the same in every page and named by its hash in the page's policy, so that no other one can run.
"""

from __future__ import annotations

from .page import Translate, escape

# Capitals and accents make no difference.
SCRIPT = """
(() => {
const box = document.getElementById("search"), input = box.querySelector("input"), said = box.querySelector("output");
const plain = text => text.normalize("NFD").replace(/[\\u0300-\\u036f]/g, "").toLowerCase();
const find = () => {
const words = plain(input.value).split(/\\s+/).filter(Boolean);
let found = 0;
for (const chart of document.querySelectorAll(".chart")) {
const group = chart.closest(".group"), heading = group ? group.querySelector("h3").textContent : "";
const names = plain(chart.querySelector("h4").textContent + " " + heading);
chart.hidden = !words.every(word => names.includes(word));
found += !chart.hidden;
}
for (const group of document.querySelectorAll(".group")) group.hidden = !group.querySelector(".chart:not([hidden])");
said.textContent = words.length ? found : "";
};
input.addEventListener("input", find);
input.addEventListener("change", () => {
const first = input.value.trim() && document.querySelector(".chart:not([hidden])");
if (first) first.scrollIntoView();
});
box.hidden = false;
find();
})();
"""


def search_box(tr: Translate) -> str:
    """Return the box, hidden until `SCRIPT` runs."""
    return (
        f'<p id="search" hidden><label>{escape(tr("Search zones and groups"))} '
        '<input type="search" autocomplete="off"/></label> <output></output></p>'
    )
