"""Hand-outs: Markdown becomes text, lists and links, and whatever somebody tries becomes nothing more than that."""

import re
import time
from html.parser import HTMLParser

import pytest
from django.template import Context, Template
from django.utils.safestring import SafeString
from hypothesis import given
from hypothesis import strategies as st

from agenda.markdown import TAGS, to_html

LONG = 100_000
SECONDS = 15.0  # the slowest takes about one; a quadratic one takes minutes


class Reader(HTMLParser):
    """What a browser would find: elements with their attributes, and the words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data


def is_harmless(html: str) -> bool:
    """Only known elements; no attributes but a web or mail address with its rel, and the start of a list."""
    for tag, attributes in Reader(html).elements:
        named = dict(attributes)
        address, rel = named.pop("href", None), named.pop("rel", None)
        start = named.pop("start", "1") if tag == "ol" else "1"
        if (
            tag not in TAGS
            or named
            or (tag == "a") != (rel == "noopener nofollow")
            or not re.fullmatch(r"\d+", start or "")
        ):
            return False
        if address is not None and not (tag == "a" and re.match(r"https?://|mailto:", address)):
            return False
    return True


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Bring one example.", "<p>Bring one example.</p>"),
        ("One line\nand the next", "<p>One line<br>\nand the next</p>"),
        ("Tell us:\n- your name\n- your role", "<p>Tell us:</p>\n<ul>\n<li>your name</li>\n<li>your role</li>\n</ul>"),
        ("2. two\n3. three", '<ol start="2">\n<li>two</li>\n<li>three</li>\n</ol>'),
        ("**loud** and *soft*", "<p><strong>loud</strong> and <em>soft</em></p>"),
        ("> said", "<blockquote>\n<p>said</p>\n</blockquote>"),
        ("a\n\n---\n\n`b`", "<p>a</p>\n<hr>\n<p><code>b</code></p>"),
        ("```html\n<b>\n```", "<pre><code>&lt;b&gt;\n</code></pre>"),
        ("spend < 5 & > 3", "<p>spend &lt; 5 &amp; &gt; 3</p>"),
        ("    pasted with spaces before it", "<p>pasted with spaces before it</p>"),
        ("<b>not ours</b>", "<p>&lt;b&gt;not ours&lt;/b&gt;</p>"),
        ("", ""),
    ],
)
def test_what_people_write_looks_as_they_meant_it(text: str, html: str) -> None:
    assert to_html(text).strip() == html


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("[a](https://www.local.gov.uk/a?b=1&c=2)", "https://www.local.gov.uk/a?b=1&c=2"),
        ("[a](http://example.org)", "http://example.org"),
        ("[a](HTTPS://example.org 'a title')", "HTTPS://example.org"),
        ("<https://example.org>", "https://example.org"),
        ("[a][1]\n\n[1]: mailto:ann@example.org", "mailto:ann@example.org"),
        ("<ann@example.org>", "mailto:ann@example.org"),
    ],
)
def test_a_link_leads_to_the_web_or_to_mail(text: str, address: str) -> None:
    links = [attributes for tag, attributes in Reader(to_html(text)).elements if tag == "a"]
    assert links == [{"href": address, "rel": "noopener nofollow"}]


@pytest.mark.parametrize(
    "text",
    [
        "[a](javascript:alert(1))",
        "[a](JaVaScRiPt:alert(1))",
        "[a](java\tscript:alert(1))",
        "[a](java&#9;script:alert(1))",
        "[a](javascript&#58;alert(1))",
        "[a](&#x6A;avascript:alert(1))",
        "[a](\x01javascript:alert(1))",
        "[a](<java\nscript:alert(1)>)",
        "[a](vbscript:x)",
        "[a](data:text/html;base64,PHNjcmlwdD4=)",
        "[a](file:///etc/passwd)",
        "[a](//example.org)",
        "[a](/sign-out/)",
        "[a](..)",
        "[a](#bar)",
        "[a](https:javascript)",
        "<javascript:alert(1)>",
        "[a][1]\n\n[1]: javascript:alert(1)",
        "![a](javascript:alert(1))",
        "![a](data:image/svg+xml,<svg/onload=alert(1)>)",
    ],
)
def test_any_other_link_stays_text(text: str) -> None:
    html = to_html(text)
    assert "<a" not in html
    assert "<img" not in html
    assert "a" in Reader(html).words


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<ScRiPt src=//example.org/x.js>",
        "<scr<script>ipt>alert(1)</scr</script>ipt>",
        "</div></main><script>alert(1)",
        "<img src=x onerror=alert(1)>",
        "<p onclick='alert(1)' style='position:fixed'>x</p>",
        "<style>body { display: none }</style>",
        "<!-- --!><script>alert(1)</script> -->",
        "<![CDATA[<script>alert(1)</script>]]>",
        "<?php echo 1 ?>",
        "<svg><style><img src=x onerror=alert(1)></style></svg>",
        "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
        "<b><i>unclosed",
        "`<script>alert(1)</script>`",
        "```\n</code></pre><script>alert(1)</script>\n```",
        '``` "onmouseover=alert(1)\nx\n```',
        '[a](https://example.org" onmouseover="alert(1))',
        '[a](https://example.org "\\" onmouseover=\\"alert(1)")',
        "[<img src=x onerror=alert(1)>](https://example.org)",
        '![" onerror="alert(1)](https://example.org/x.png)',
        "# <script>alert(1)</script>",
        "- <iframe src=//example.org>\n  > <object data=x>",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "<base href=//example.org><meta http-equiv=refresh content=0>",
        "<form action=//example.org><input name=x autofocus onfocus=alert(1)>",
        "\x00<scr\x00ipt>alert(1)</scr\x00ipt>",
    ],
)
def test_whatever_is_tried_is_words(text: str) -> None:
    html = to_html(text)
    assert is_harmless(html)
    assert "<script" not in html.lower()


@given(st.text(alphabet=st.sampled_from("<>[]()!\"'`*_#-&;:/=\\ \n\t\x00ascriptonh1.é"), max_size=200))
def test_whatever_is_typed_is_harmless(text: str) -> None:
    assert is_harmless(to_html(text))


def test_the_check_finds_what_is_not_harmless() -> None:
    for html in (
        "<script>",
        "<p class=a>",
        "<a href=javascript:x rel='noopener nofollow'>",
        "<a href=https://x>",
        "<ol start=x>",
        "<p href=https://x>",
    ):
        assert not is_harmless(html), html


def test_a_picture_is_its_description() -> None:
    assert to_html("![The <b>map</b>](https://example.org/map.png)") == "<p>The &lt;b&gt;map&lt;/b&gt;</p>\n"
    assert "<a" not in to_html("![a [b](https://example.org)](https://example.org/x.png)")


def test_there_are_no_tables() -> None:
    html = to_html("|a|b|\n|-|-|\n|1|2|")
    assert "<table" not in html
    assert Reader(html).words.split() == ["|a|b|", "|-|-|", "|1|2|"]


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("# a\n## b\n### c", ["h3", "h4", "h5"]),
        ("### a\n##### b\n### c", ["h3", "h4", "h3"]),
        ("a\n===\nb\n---", ["h3", "h4"]),
        ("# a\n## b\n### c\n#### d\n##### e\n###### f", ["h3", "h4", "h5", "h6", "h6", "h6"]),
        ("> ## a", ["h3"]),
    ],
)
def test_headings_stand_below_those_of_the_page(text: str, levels: list[str]) -> None:
    assert [tag for tag, _ in Reader(to_html(text)).elements if tag[0] == "h"] == levels


def test_a_face_whose_title_is_the_only_heading_says_so() -> None:
    assert to_html("### a\n#### b", 2) == "<h2>a</h2>\n<h3>b</h3>\n"


@pytest.mark.parametrize(
    "piece",
    ["[", "]", "[](", "![", "[a](<b", "*", "**a *b ", " a* b_ ", "`", "<", "<a ", "<!--", "> ", "- ", "&#1;", "\\",
     "[a]: b\n", "[x][a]", "# a\n", "1. a\n", "[^", "*_", "<http:", "\x00", "    - a\n"],
)  # fmt: skip
def test_a_hundred_kilobytes_of_nonsense_take_no_longer_than_words(piece: str) -> None:
    text = piece * (LONG // len(piece))
    began = time.perf_counter()
    html = to_html.__wrapped__(text)
    assert time.perf_counter() - began < SECONDS
    assert is_harmless(html)


@pytest.mark.parametrize("text", ["> " * 5000 + "deep", "- " * 5000 + "deep", "*a **b " * 5000 + "** *" * 5000])
def test_huge_nesting_ends(text: str) -> None:
    html = to_html(text)
    assert is_harmless(html)
    assert html


def test_a_character_that_is_none_is_marked() -> None:
    assert to_html("a\x00b") == "<p>a\ufffdb</p>\n"


def test_a_hand_out_is_worked_out_once() -> None:
    """Snapshots are rendered often."""
    to_html.cache_clear()
    assert to_html("Once *only*") is to_html("Once *only*")
    assert to_html.cache_info().misses == 1


def test_a_template_shows_it_as_html_and_nothing_else() -> None:
    page = Template("{% load markdown %}{{ text|markdown }}{{ text|markdown:2 }}")
    shown = page.render(Context({"text": "# <b>\n*a*"}))
    assert shown == "<h3>&lt;b&gt;</h3>\n<p><em>a</em></p>\n<h2>&lt;b&gt;</h2>\n<p><em>a</em></p>\n"
    assert isinstance(to_html("a"), SafeString)
