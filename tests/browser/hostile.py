"""Five hundred things that no form hopes for, and a day in which every word is one of them."""

from collections.abc import Callable, Iterator
from typing import Any

from agenda.chapters import dump_document, load_document
from agenda.models import Workshop

RUN = "window.hacked=1"
MARKUP = [
    f"<script>{RUN}</script>",
    f"<img src=x onerror={RUN}>",
    f"<svg onload={RUN}>",
    f"<svg><animate onbegin={RUN} attributeName=x dur=1s>",
    f"<iframe srcdoc='<script>parent.{RUN}</script>'>",
    f"<a href=javascript:{RUN}>tap</a>",
    f"<details open ontoggle={RUN}>",
    f"<input autofocus onfocus={RUN}>",
    f"<body onpageshow={RUN}>",
    f"<math><mtext></mtext><img src=x onerror={RUN}></math>",
    f"<meta http-equiv=refresh content='0;url=javascript:{RUN}'>",
    "<style>*{display:none}</style>",
    "<form action=//evil.example><button>Send my answer</button>",
    "<base href=//evil.example/>",
    "<template><b></template></div></section></main>",
    f"[tap](javascript:{RUN})",
    f"{{{{ {RUN} }}}}{{% debug %}}",
    f'=HYPERLINK("javascript:{RUN}")',
    "%s %(n)s {0} {n} \\u003cscript\\u003e &lt;b&gt; &#x3c;",
    "'; DROP TABLE feedback_answer; --",
]
AROUND: list[Callable[[str], str]] = [
    lambda words: words,
    lambda words: f'"{words}',
    lambda words: f"'{words}",
    lambda words: f'">{words}<"',
    lambda words: f"'>{words}<'",
    lambda words: f"</textarea>{words}",
    lambda words: f"</title></script></style>{words}",
    lambda words: f"--> {words} <!--",
    lambda words: f"]]>{words}<![CDATA[",
    lambda words: f'" autofocus onfocus={RUN} x="{words}',
    lambda words: f"' onmouseover='{RUN}' {words}",
    lambda words: f"`${{{words}}}`",
    lambda words: f"{words}\n\n{words}",
    lambda words: f"\u202e{words}\u202c",
    lambda words: f"\u2066\u200b{words}\u200d",
    lambda words: f"{words} 👩‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿",
    lambda words: "".join(f"{char}\u0301\u0323" for char in words),
    lambda words: f"{words}{'W' * 160}",
    lambda words: f"{words}{' iiii' * 60}",
    lambda words: f"الضواحي {words} 東京都",
    lambda words: words.swapcase(),
    lambda words: words.replace("<", "\uff1c") + "\uff1e",
    lambda words: f"{words}\x00\x1b[2J\ufffe",
    lambda words: f"{words}\r\u2028\u2029\t{words}",
    lambda words: f"\\{words}\\",
]
STRINGS = [around(words) for around in AROUND for words in MARKUP]

# Words that people may choose; everything else of a document is a key, a time or one of a list.
LINES = {"title", "text", "hint", "label", "name", "role", "organisation", "place", "host"}
PAGES = {"detail", "notes"}
LINE = 90  # characters that every one-line field takes


def hostile_day(workshop: Workshop, strings: Iterator[str]) -> Workshop:
    """The same day, with every word of its document taken from `strings`."""
    document = dump_document(workshop)
    for holder, key in list(_words_of(document)):
        written = "".join(char for char in next(strings) if char.isprintable() or char == "\n")
        holder[key] = written if key in PAGES else " ".join(written.split())[:LINE].strip()
    return load_document(document)


def _words_of(part: Any) -> Iterator[tuple[Any, Any]]:
    """Every place of a document that holds words of somebody's choosing."""
    rows = part.items() if isinstance(part, dict) else enumerate(part)
    for key, value in rows:
        if isinstance(value, str):
            if key in LINES | PAGES or isinstance(key, int):
                yield part, key
        elif isinstance(value, dict | list):
            yield from _words_of(value)
