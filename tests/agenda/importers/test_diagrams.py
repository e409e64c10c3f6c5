from typing import Any

import pytest
from pptx import Presentation
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml

from agenda.importers.diagrams import read
from agenda.importers.opening import open_source

from .made_files import add_slide, written

SPACES = (
    'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/diagramData"


def point(key: int, text: str = "", kind: str = "node") -> str:
    return f'<dgm:pt modelId="{key}" type="{kind}"><dgm:t><a:p><a:r><a:t>{text}</a:t></a:r></a:p></dgm:t></dgm:pt>'


def link(above: int, below: int, order: object) -> str:
    return f'<dgm:cxn modelId="c{above}{below}" srcId="{above}" destId="{below}" srcOrd="{order}"/>'


def diagram(points: str, links: str) -> bytes:
    inside = f"<dgm:ptLst>{points}</dgm:ptLst><dgm:cxnLst>{links}</dgm:cxnLst>"
    return f"<dgm:dataModel {SPACES}>{inside}</dgm:dataModel>".encode()


DAY = diagram(
    point(0, kind="doc") + point(1, "1200 Lunch") + point(2, "1115 Talk") + point(3, "Joyce McCarty"),
    link(0, 1, 1) + link(0, 2, 0) + link(2, 3, 0),
)


def test_points_come_in_their_order_and_what_hangs_on_them_below() -> None:
    assert list(read(DAY)) == [("1115 Talk", 1), ("Joyce McCarty", 2), ("1200 Lunch", 1)]


@pytest.mark.parametrize(
    "part",
    [
        diagram("", ""),
        diagram(point(1, "a"), link(1, 1, 0)),
        diagram(point(0, kind="doc") + point(1, "a"), link(0, 1, 0) + link(1, 1, 0) + link(1, 0, "x")),
        diagram(point(0, kind="doc"), link(0, 7, -1)),
    ],
)
def test_a_ring_of_points_ends(part: bytes) -> None:
    assert len(list(read(part))) <= 1


def with_diagram(deck: Any) -> None:
    slide = add_slide(deck, "The shape of our day", [])
    part = Part(
        PackURI("/ppt/diagrams/data1.xml"),
        "application/vnd.openxmlformats-officedocument.drawingml.diagramData+xml",
        deck.part.package,
        DAY,
    )
    key = slide.part.relate_to(part, RELATION)
    frame = (
        f"<p:graphicFrame {SPACES}><p:nvGraphicFramePr><p:cNvPr id='9' name='x'/>"
        "<p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr>"
        "<p:xfrm><a:off x='0' y='0'/><a:ext cx='9' cy='9'/></p:xfrm><a:graphic>"
        "<a:graphicData uri='http://schemas.openxmlformats.org/drawingml/2006/diagram'>"
        f"<dgm:relIds r:dm='{key}' r:lo='x' r:qs='x' r:cs='x'/></a:graphicData></a:graphic></p:graphicFrame>"
    )
    slide.shapes._spTree.append(parse_xml(frame))


def test_the_words_of_a_diagram_are_read_with_its_slide() -> None:
    deck = Presentation()
    with_diagram(deck)
    lines = list(open_source("", written(deck.save)).lines())
    assert [line.text for line in lines] == ["The shape of our day", "1115 Talk", "Joyce McCarty", "1200 Lunch"]
    assert [line.level for line in lines] == [0, 1, 2, 1]
