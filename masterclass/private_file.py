"""Writing a file that only its owner can read, all of it or nothing."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path


def write(path: Path, text: str, *, replace: bool) -> None:
    """Raises OSError and leaves what is there; FileExistsError for a file that is there already, unless `replace`.

    Where a disk keeps no owners (a USB stick), everybody who holds it can read the file.
    """
    if path.exists() and not path.is_file():
        raise IsADirectoryError(0, "It is not a file", str(path))
    reserved = not replace
    if reserved:  # nobody else can take the name from here on
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=".carry-")  # readable by its owner only
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(beside).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(beside).unlink()
        if reserved:
            with suppress(OSError):
                path.unlink()
        raise
