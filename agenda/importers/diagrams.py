"""The words of SmartArt, which a slide keeps in a part of their own: a tree of points and what hangs on them."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from defusedxml.ElementTree import fromstring

DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
IDS = f"{DIAGRAM}relIds"
DEEPEST = 20


def read(part: bytes) -> Iterator[tuple[str, int]]:
    """Text and level of each point, in order; a point below another is one level deeper."""
    tree = fromstring(part, forbid_dtd=True)
    points = {one.get("modelId"): one for one in tree.iter(f"{DIAGRAM}pt")}
    below: dict[str | None, list[tuple[int, str | None]]] = defaultdict(list)
    for link in tree.iter(f"{DIAGRAM}cxn"):
        if link.get("type", "parOf") == "parOf":
            order = link.get("srcOrd", "0")
            below[link.get("srcId")].append((int(order) if order.isdecimal() else 0, link.get("destId")))
    roots = [key for key, one in points.items() if one.get("type") == "doc"]
    yield from _walk(roots[0] if roots else None, points, below, 0)


def _walk(key: str | None, points: dict[str | None, Any], below: Any, level: int) -> Iterator[tuple[str, int]]:
    """Each point is read once, so that a ring of them ends."""
    point = points.pop(key, None)
    if point is None or level > DEEPEST:
        return
    if level:
        paragraphs = point.iter(f"{DRAWING}p")
        yield "\n".join("".join(run.text or "" for run in one.iter(f"{DRAWING}t")) for one in paragraphs), level
    for _order, child in sorted(below.get(key, []), key=lambda link: link[0]):
        yield from _walk(child, points, below, level + 1)
