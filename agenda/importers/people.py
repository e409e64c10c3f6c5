"""Who speaks: names told from titles by how they are written, by honorifics and roles, and by given names."""

import re
from collections.abc import Iterator, Sequence

from .draft import Person
from .marks import SPACES, tidy
from .name_words import GIVEN, NOT_NAMES

MOST_SHOWN = 130  # characters: a longer stretch is a sentence about somebody
HONORIFIC = (
    r"(?:Rt\.? Hon\.?|Cllrs?\.?|Coun\.?|Councillors?|Dr\.?|Prof\.?|Professor|Mr\.?|Mrs\.?|Ms\.?|Miss|Sir|Dame|Lord|"
    r"Lady|"
    r"Baroness|Baron|Rev\.?|Mayor|Ald\.?|Alderman|Capt\.?|Maj\.?|Col\.?|Judge|Ambassador|Senator|Minister)"
)
ENDINGS = (
    "ical",
    "ional",
    "tion",
    "tions",
    "ment",
    "ments",
    "ness",
    "ship",
    "ings",
    "ities",
    "ics",
    "isation",
    "ogy",
    "ology",
    "ance",
    "ability",
)
ROLE = re.compile(
    r"\b(?:officer|director|manager|leader|head|chair(?:man|woman|person)?|chief|executive|president|professor|lecturer|"
    r"minister|mp|msp|ms|mep|ppc|am|tbc|councillor|cabinet member|member for|fellow|researcher|consultant|partner|"
    r"founder|"
    r"author|writer|journalist|ceo|cto|cio|university|council|college|institute|ltd|plc|association|commissioner|mayor|"
    r"secretary|trustee|coordinator|co-ordinator|lead|advisor|adviser|analyst|engineer|editor|broadcaster|artist|poet|"
    r"farmer|cc|dc|bc|lga)\b",
    re.IGNORECASE,
)
GROUP = re.compile(
    r"(?:all|tbc|tba|t\.b\.c\.?|to be (?:confirmed|announced)|everyone|everybody|facilitators?|"
    r"(?:various|guest|invited|local|external) speakers?|(?:the )?chair(?:man|person|woman)?|"
    r"(?-i:[A-ZÀ-Þ][\w’'&-]+,? (?:and |& )?){1,4}(?:guest |invited )?speakers?(?: tbc)?|"
    r"(?:the )?leader of (?:the )?council|all (?:\w+ )?(?:participants|members|delegates))",
    re.IGNORECASE,
)
WORD = r"[A-ZÀ-ÖØ-ÞŁŚŻČŠŽ][\w’'.-]*"
PARTICLE = r"(?:van|von|der|den|de|del|della|di|da|la|le|bin|binti|al|el|ap|y|ten|ter|dos|ó|o|mac)"
NAME = re.compile(rf"(?:{WORD}|[“\"(‘']{WORD}[”\")’'])(?: (?:{PARTICLE} )*{WORD}){{1,4}}")
TITLED = re.compile(
    rf"(?:{HONORIFIC}\s+)+(?!Mayor|Chair|Leader|Provost)(?:{PARTICLE} )?{WORD}(?: (?:{PARTICLE} )*{WORD}){{0,4}}"
)
HONOURS = re.compile(r" (?:MP|MSP|MS|MEP|OBE|CBE|MBE|KBE|QC|KC)$")
NAME_ENDS = re.compile(r"\s*(?:[,;:(–—-]|and [A-Z]|& [A-Z]|$)")
LED = re.compile(
    r"[\s,;:(–—-]\s*(?:(?:presented|led|facilitated|hosted|chaired|introduced|delivered|moderated|given|run) by|with|"
    r"by|"
    r"(?P<label>(?:guest )?(?:speakers?|presenters?|facilitators?|chair|lead|host|moderator|panel(?:lists?)?|trainer|"
    r"tutor)"
    r"(?=\s*:)))(?P<colon>\s*:)?\s+",
    re.IGNORECASE,
)
SPLIT = re.compile(
    r"\s+[–—-]+\s+|\s*[;|]\s*|,\s+|:\s+|[.?!](?=\s)|\s{2,}|\s*\((?=[^)]*\)\W*$)|(?<=\w)[–—](?=[A-Z])"
    r"|(?<=\w)[–—-]\s+(?=[A-Z])|\s+[–—-](?=[A-Z])"
)
GENERIC = re.compile(
    r"(?:.*\b(?:speakers?|keynote|address|paper|plenary|presentation|remarks|lecture|talk|welcome|speech|seminar|chair|opening|introduction|"
    r"report|project|provocation|response|contribution|update|overview|case study|host|facilitator)\b.{0,14})",
    re.IGNORECASE,
)
ORGANISATION = re.compile(
    r"\b(?:council|cc|dc|bc|mbc|university|college|borough|ltd|association|authority|nhs|trust|institute|group|agency|digital)\b",
    re.IGNORECASE,
)
QUOTED_TALK = re.compile(r"(?P<who>[^:“”‘\"]{5,130}?)[:,]?\s+[“\"‘](?P<title>[^“”\"]+)[”\"’]\W*")
ONE = rf"{NAME.pattern}(?:\s\([^()]*\))?"
JOINED = re.compile(rf"(?P<first>{ONE})(?P<more>(?:,\s+{ONE})*),?\s+(?:and|&)\s+(?P<last>{NAME.pattern}(?:[\s,(].*)?)")
SLIDES = re.compile(
    r"\s*\[\s*(?:slides?|presentation|power ?point|pptx?|pdf|html|video|audio|abstract)\b[^\]]*\]", re.IGNORECASE
)
SPEAKER_FIRST = re.compile(r"(?P<who>[^:,;–—]{5,60})(?::\s+|\s+[–—-]\s+)(?P<title>.{4,})")
TRAILING = re.compile(rf"(?P<title>.*\w[\w)’'”?!]*)\s+(?P<who>{WORD} (?:{WORD} )?{WORD}, (?P<org>[A-Z].*))$")
LONGEST_TITLE = 500  # with who speaks; what is longer is prose


def parted(text: str) -> tuple[str, tuple[str, ...]]:
    """A title, and who speaks as the text shows them: "Prototype – Ben Fletcher" -> "Prototype", ("Ben Fletcher",)."""
    if len(text) > LONGEST_TITLE:
        return text, ()
    if (talk := QUOTED_TALK.fullmatch(text)) and _is_who(talk["who"]):
        return tidy(talk["title"]), shown(talk["who"])
    if (turned := SPEAKER_FIRST.fullmatch(text)) and is_named(turned["who"]) and not is_group(turned["who"]):
        return tidy(turned["title"]), shown(turned["who"])
    for cut, until, mark in _cuts(text):
        title, rest = text[:cut].rstrip(), text[until:].strip()
        if mark == "(":
            rest = rest.rstrip(" ).")
        if title and rest and _are_people(rest, mark, title):
            return tidy(title), shown(rest)
    if (found := TRAILING.match(text)) and found["who"].split()[0].casefold() in GIVEN:
        return tidy(found["title"]), shown(found["who"])
    return text, ()


def _is_who(text: str) -> bool:
    """A name, and nothing but what may stand behind one: "Tom Boles (BAA)", "Ann Lee and Ben Fox"."""
    name = TITLED.match(text) or NAME.match(text)
    return name is not None and _could_be(name[0]) and NAME_ENDS.match(text, name.end()) is not None


def shown(text: str) -> tuple[str, ...]:
    """The people in a text that is nothing but people, each as it shows them."""
    if "\n" in text:
        return tuple(one for line in text.split("\n") if line.strip() for one in shown(line))
    text = SLIDES.sub("", SPACES.sub(" ", text)).strip(" .;,")
    text = text if text.count("(") >= text.count(")") else text.rstrip(")")
    many = [part.strip(" .;,") for part in re.split(r"\s*;\s*|\s+/\s+", text) if part.strip(" .;,")]
    if len(many) > 1 and all(is_named(part) for part in many):
        return tuple(many)
    if joined := JOINED.fullmatch(text):
        names = [joined["first"], *filter(None, re.split(r",\s+", joined["more"])), joined["last"]]
        if all((name := NAME.match(one)) and _could_be(name[0]) for one in names):
            return tuple(names)
    listed = re.split(r",\s+(?:and\s+)?|\s+(?:and|&)\s+", text)
    if len(listed) > 1 and all(
        (name := NAME.fullmatch(one)) and _could_be(name[0]) and is_named(one) for one in listed
    ):
        return tuple(listed)
    pair = re.split(r"\s+(?:and|&)\s+", text)
    if len(pair) == 2 and all(is_named(part) and "," not in part for part in pair):
        return tuple(pair)
    return (", ".join(many),)


def person(text: str) -> Person:
    """Name, role and organisation of one person as shown: "Jenny Nelson, Programme Director, Digital Newcastle"."""
    inside = re.fullmatch(r"(?P<name>[^(]+?)\s*\((?P<rest>.+)\)\W*", text)
    parts = [inside["name"], *inside["rest"].split(", ")] if inside else re.split(r"\s*[,;]\s+|\s+[–—-]\s+", text)
    name, rest = parts[0].strip(), [part.strip() for part in parts[1:] if part.strip()]
    if not rest:
        return Person(text, name)
    if len(rest) == 1:
        return Person(text, name, "", rest[0]) if _is_organisation(rest[0]) else Person(text, name, rest[0])
    if _is_organisation(rest[-1]):
        return Person(text, name, ", ".join(rest[:-1]), rest[-1])
    return Person(text, name, ", ".join(rest))


def is_named(text: str) -> bool:
    """Strong evidence: an honorific, a given name, or a name and a role behind it; and then no sentence about them."""
    text = text.strip()
    titled = TITLED.match(text)
    found = titled or NAME.match(text)
    if found is None or not (titled or _could_be(found[0])):
        return False
    after = text[found.end() :]
    if len(re.split(r":\s", text, maxsplit=1)[0]) > MOST_SHOWN or (after and not NAME_ENDS.match(after)):
        return False
    given = found[0].split()[0].strip("“\"'‘(.").casefold() in GIVEN
    return (
        bool(titled)
        or given
        or HONOURS.search(found[0]) is not None
        or (bool(after) and ROLE.search(after) is not None)
    )


def is_group(text: str) -> bool:
    """Speakers who have no name yet: "Newcastle guest speakers", "TBC"."""
    return GROUP.fullmatch(text.strip(" .,;:()")) is not None


def names_in(lines: Sequence[str]) -> Iterator[str]:
    """The people in the lines of a slide or a list, each as shown."""
    for line in lines:
        line = line.strip(" -•*")
        if is_named(line):
            yield re.split(r":\s", line, maxsplit=1)[0]


def _cuts(text: str) -> Iterator[tuple[int, int, str]]:
    """Where a title may end: columns of the separator, and what it is."""
    led = [hit for hit in LED.finditer(text) if hit.start() and not (hit["label"] and hit[0][:1] == " " != hit[0][1:2])]
    cuts = [(hit.start(), hit.end(), "led" if hit["colon"] else "by") for hit in led]
    cuts += [(hit.start(), hit.end(), "from") for hit in re.finditer(r"\s+from\s+", text)]
    for hit in SPLIT.finditer(text):
        mark = hit[0].strip() or "  "
        cuts.append((hit.start() + (mark in "?!"), hit.end(), mark[:1]))
    return iter(sorted(cuts))


def _are_people(text: str, mark: str, title: str) -> bool:
    first = re.split(r"[,;(]", text, maxsplit=1)[0].strip()
    if is_group(text):
        return mark in {"–", "—", "-", ".", "(", ";", ",", "led", "by"} and (
            mark not in {".", ","} or "speaker" in text or len(text) < 5
        )
    if mark == "led" and len(first) > 2:
        return first[0].isupper() and not text.endswith("?") and len(first.split()) <= 6
    if mark in "–—-" and text.casefold() in GIVEN:
        return True
    if is_named(text):
        return mark != "." or len(first.split()) < 6
    if mark == "by":
        found = NAME.match(text)
        return found is not None and _could_be(found[0]) and not found[0].split()[0].isupper()
    if not (found := NAME.fullmatch(first)) or mark == "from" or not _could_be(found[0]) or first.isupper():
        return False
    return mark in {"–", "—", "-", ",", "(", ";", " "} or (mark == ":" and GENERIC.fullmatch(title) is not None)


def _could_be(name: str) -> bool:
    """No word of it is one that agendas use otherwise."""
    words = [word.strip(".,’'\"“”‘()").casefold() for word in name.split()]
    return not any(word in NOT_NAMES or word.endswith(ENDINGS) for word in words if word not in GIVEN)


def _is_organisation(text: str) -> bool:
    return ORGANISATION.search(text) is not None or text.isupper()
