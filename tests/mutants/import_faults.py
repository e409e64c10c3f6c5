"""Deliberate faults in the opening of files that somebody brings."""

from .fault import Fault

ARCHIVE, XML = "tests/agenda/importers/test_archive.py", "tests/agenda/importers/test_safe_xml.py"
PACKAGE, APART = "tests/agenda/importers/test_package.py", "tests/agenda/importers/test_apart.py"

OPENING = [
    Fault(
        "a part is unpacked to its end, however long that is",
        "agenda/importers/archive.py",
        "if is_bomb or size > limits.MOST_PART_BYTES or self._unpacked > limits.MOST_UNPACKED_BYTES:",
        "if size > limits.MOST_PART_BYTES or self._unpacked > limits.MOST_UNPACKED_BYTES:",
        ARCHIVE,
    ),
    Fault(
        "what is unpacked is counted part by part only",
        "agenda/importers/archive.py",
        " or self._unpacked > limits.MOST_UNPACKED_BYTES:",
        ":",
        ARCHIVE,
    ),
    Fault(
        "a name may lead out of the file",
        "agenda/importers/archive.py",
        '{"", ".", ".."} & {*steps} or ',
        "",
        ARCHIVE,
    ),
    Fault(
        "the list of entries is believed to be as long as it says",
        "agenda/importers/archive.py",
        "if data.count(CENTRAL_ENTRY) > limits.MOST_ENTRIES:",
        "if not data.count(CENTRAL_ENTRY):",
        ARCHIVE,
    ),
    Fault(
        "a document type is looked for in UTF-8 only",
        "agenda/importers/safe_xml.py",
        "    return text[declaration.end() :]",
        "    return data",
        XML,
    ),
    Fault(
        "relations that lead out of the file are kept",
        "agenda/importers/package.py",
        'return one.kind == "hyperlink" and addresses.is_web(one.target)',
        "return True",
        PACKAGE,
    ),
    Fault(
        "every relation is followed",
        "agenda/importers/package.py",
        "inside = [one for one in kept if not one.is_outside and one.kind in FOLLOWED[package.what]]",
        "inside = [one for one in relations.read(archive, name) if not one.is_outside]",
        PACKAGE,
    ),
    Fault(
        "a library's own error comes out",
        "agenda/importers/opening.py",
        "except Exception as error:  # whatever a library makes of a broken file",
        "except ValueError as error:",
        "tests/agenda/importers/test_opening.py",
    ),
    Fault(
        "the process that reads a file reaches the network",
        "agenda/importers/apart.py",
        'BARRED = ("socket.", ',
        "BARRED = (",
        APART,
    ),
    Fault(
        "a file may take all the memory",
        "agenda/importers/apart.py",
        "        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))\n",
        "",
        APART,
    ),
    Fault(
        "the process that reads a file has our secrets",
        "agenda/reading.py",
        "environment = {key: os.environ[key] for key in KEPT if key in os.environ}",
        "environment = dict(os.environ)",
        "tests/agenda/test_reading.py",
    ),
]
