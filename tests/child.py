"""`python -m tests.child PROGRAM ...`: a server that ends with whoever holds its standard input, however that ended.

With DEAF=1 its hub reads the revisions once in ten minutes only, so that what reaches it sooner was told to it.
"""

import os
import runpy
import sys
import threading


def end_with_the_parent() -> None:
    while os.read(0, 1):
        pass
    os._exit(1)


def read_seldom() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "masterclass.settings")
    django.setup()
    from sessions import reader

    reader.READ_EVERY = 600.0


if __name__ == "__main__":
    threading.Thread(target=end_with_the_parent, daemon=True).start()
    if os.environ.get("DEAF") == "1":
        read_seldom()
    program, sys.argv = sys.argv[1], sys.argv[1:]
    if program == "manage.py":
        runpy.run_path(program, run_name="__main__")
    else:
        runpy.run_module(program, run_name="__main__", alter_sys=True)
