"""`{% region snapshot "now" %}`: one part of a live page, as the script expects it.
`{% deleted_on workshop as date %}`: when names and answers are deleted."""

from datetime import date

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from agenda.models import Workshop
from feedback.services import keeping
from sessions.snapshots import Snapshot

register = template.Library()


@register.simple_tag
def region(snapshot: Snapshot, name: str, overlay: SafeString | None = None) -> SafeString:
    """The region in its wrapper. `overlay`: the same fragment with this phone's own answer in it, under the hash
    of the plain one, so that the script replaces it only when the plain one changes."""
    plain = snapshot.regions[name]
    return format_html(
        '<div data-region="{}" data-hash="{}">{}</div>', name, plain.hash, plain.html if overlay is None else overlay
    )


@register.simple_tag
def deleted_on(workshop: Workshop) -> date | None:
    """When names and answers are deleted, if somebody has said so."""
    return keeping(workshop).delete_on
