"""`{{ item.detail|markdown }}`: a hand-out, safe to show."""

from django import template
from django.utils.safestring import SafeString

from agenda.markdown import to_html

register = template.Library()


@register.filter
def markdown(text: str, top: int = 3) -> SafeString:
    """The hand-out as HTML. `top`: the level of its highest heading, one below the page's own."""
    return to_html(text, top)
