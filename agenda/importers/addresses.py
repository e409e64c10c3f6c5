"""Addresses of web pages that stand behind words."""

import re

WEB = re.compile(r"https?://[^\s<>\"]{1,2000}$", re.IGNORECASE)


def is_web(address: str | None) -> bool:
    return bool(address and WEB.match(address))


def with_address(words: str, address: str | None) -> str:
    """The words, and after them the address unless they show it, or it is none of a web page."""
    if not address or not is_web(address) or not words.strip():
        return words
    bare = re.sub(r"^https?://(www\.)?", "", address, flags=re.IGNORECASE).rstrip("/").lower()
    return words if bare in "".join(words.split()).lower() else f"{words} <{address}>"
