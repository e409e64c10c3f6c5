"""The marks around the words of a line: bullets, numbers, Markdown, ruling. Taken off, so that the words are left."""

import re

BULLET = re.compile(r"[\s>]*(?:[•◦▪▫●○■□‣⁃∙·–—*+»➢✓✔-]|o(?=\s))(?=\s|\w|\[|\*|“|\")\s*")
NUMBER = re.compile(
    r"\s*(?:\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)](?!\d)|\d{1,2}\.\d(?!\d)\.?(?!\s+(?:hours?|hrs?)\b))\s+"
    r"|\s*\d{1,2}[.)](?=[^\W\d_])",
    re.IGNORECASE,
)
ESCAPED = re.compile(r"\\([\[\]()*_#>.!-])")
QUOTED = re.compile(r"\s*(?:>\s?)+")
LINK = re.compile(r"!?\[([^\]]*)\]\([^)\s]*(?:\s+\"[^\"]*\")?\)")
BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
STRONG = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1|(?<![\w*])([*_])(?=[^\s*_])(.+?)(?<=[^\s*_])\3(?![\w*])")
HEADING = re.compile(r"\s{0,3}#{1,6}\s+")
RULE = re.compile(r"[\s|:+=_*~.—–-]*")
LETTER = re.compile(r"[^\W\d_]")
SPACES = re.compile(r"\s+")
CONFIRMED = re.compile(
    r"\s*[(\[](?:confirmed|invited|provisional|tbc|tba|to be confirmed|to be announced)[)\]]\s*$", re.I
)


def plain(text: str) -> str:
    """Without Markdown, HTML breaks and marks of quotation; spaces as they are, for columns are made with them."""
    text = text[found.end() :] if (found := QUOTED.match(text)) else text
    text = HEADING.sub("", BREAK.sub(" ", LINK.sub(r"\1", text)), count=1)
    for _depth in range(2):
        text = STRONG.sub(lambda found: found[2] or found[4] or "", text)
    return ESCAPED.sub(r"\1", text.replace("\\|", "¦")).rstrip(" \t\\")


def unmarked(text: str) -> str:
    """Without the bullet or the number before the words."""
    for mark in (BULLET, NUMBER):
        found = mark.match(text)
        text = text[found.end() :] if found else text
    return text.strip()


def is_numbered(text: str) -> bool:
    return bool(NUMBER.match(text))


def is_bulleted(text: str) -> bool:
    return bool(BULLET.match(text))


def is_ruling(text: str) -> bool:
    """Nothing but lines drawn with characters."""
    return RULE.fullmatch(text) is not None


def has_words(text: str) -> bool:
    """At least two letters: less is a stray character, as scanners leave them."""
    return len(LETTER.findall(text)) > 1


def tidy(text: str) -> str:
    """One space between words, no separators hanging on either end."""
    text = CONFIRMED.sub("", SPACES.sub(" ", text).strip())
    text = text.strip(" \t-–—|:;,·•").removesuffix("*").rstrip()
    return text if text.count("(") >= text.count(")") else text.rstrip(")")


def folded(text: str) -> str:
    """For comparing: small letters and digits only."""
    return re.sub(r"[\W_]+", "", text.casefold())
