"""Marks that people put before the lines of a list."""

import re

MARK = re.compile(r"(?:[•◦▪▫‣⁃∙·●○■□➢➤►✓✔\uf0b7\uf0a7*+-]|[o§–—](?=\s))\s*(?=\S)")
WANT_A_SPACE = "*+-·o§"  # "-5" and "*bold*" are words


def is_bullet(words: str) -> bool:
    """Whether a line begins with a mark and words follow it. A row of dashes is none."""
    mark = MARK.match(words)
    if not mark:
        return False
    is_set_off = mark.group()[-1].isspace() or words[0] not in WANT_A_SPACE
    return is_set_off and bool(re.search(r"\w", words[mark.end() :]))


def without_mark(line: str) -> str:
    """For looking at what a list says, not for showing it."""
    return MARK.sub("", line.lstrip(), count=1)
