"""Hand-outs: what a facilitator writes in Markdown, as HTML that can only be read.

CommonMark without raw HTML, pictures and indented code, so that text pasted from elsewhere stays text. Whatever comes
of it passes nh3's short list, and only then is it marked safe: the one place in the house that does so.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

ADDRESS = re.compile(r"(?:https?://|mailto:)[^\s\x00-\x1f]+", re.IGNORECASE)
HEADINGS = {"h2", "h3", "h4", "h5", "h6"}
TAGS = HEADINGS | {"p", "br", "hr", "strong", "em", "ul", "ol", "li", "a", "blockquote", "code", "pre"}


def is_address(link: str) -> bool:
    """Whether people may be led there: the web and mail, written out in full."""
    return ADDRESS.fullmatch(link) is not None


@lru_cache(maxsize=1024)
def to_html(text: str, top: int = 3) -> SafeString:
    """The hand-out as HTML. Its highest heading becomes `<h3>`, or what `top` says, and the others follow."""
    return to_html_once(text, top)


def to_html_once(text: str, top: int = 3) -> SafeString:
    """The same, of words that are not to be remembered."""
    html = _markdown.render(text, {"top": top})
    return mark_safe(_only_what_may_stay(html))  # noqa: S308 - nh3 has just cleaned it


def _only_what_may_stay(html: str) -> str:
    return nh3.clean(
        html,
        tags=TAGS,
        attributes={"a": {"href"}, "ol": {"start"}, "*": set()},
        attribute_filter=_checked,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener nofollow",
    )


def _checked(tag: str, name: str, value: str) -> str | None:
    return None if name == "href" and not is_address(value) else value


def _move_headings(state: StateCore) -> None:
    """A page has headings of its own, and the hand-out's stand below them, without a gap."""
    found = [token for token in state.tokens if token.type in {"heading_open", "heading_close"}]
    used = sorted({token.tag for token in found})
    for token in found:
        token.tag = f"h{min(6, state.env['top'] + used.index(token.tag))}"


def _in_words(self: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    """A picture's description: no phone is sent to another site for a picture."""
    return escapeHtml(self.renderInlineAsText(tokens[index].children, options, env))


class Reader(MarkdownIt):
    """CommonMark as we read it."""

    def validateLink(self, url: str) -> bool:
        return is_address(url)


def _reader() -> Reader:
    reader = Reader("commonmark", {"html": False, "breaks": True})
    reader.disable("code")
    reader.core.ruler.push("move_headings", _move_headings)
    reader.add_render_rule("image", _in_words)
    return reader


_markdown = _reader()
