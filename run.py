#!/usr/bin/env python3
"""Set up and run the masterclass with nothing but Python 3.11 or newer: `python3 run.py help` lists the commands.

Grammar and imports stay within Python 3.6, so that an old Python can say what is wrong instead of failing to read.
"""

import hashlib
import importlib.util
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

if sys.version_info < (3, 11):  # noqa: UP036 - the point is to say so there
    sys.exit(
        f"The masterclass needs Python 3.11 or newer; this is Python {sys.version_info[0]}.{sys.version_info[1]}. "
        "Install a newer one (python.org has it) and start again with that."
    )

USAGE = """\
python3 run.py              set up what is missing, then serve
python3 run.py link         make a new sign-in link for the desk
python3 run.py test [...]   run every check and every test; more words go to pytest; --long tries more random days and
                            plays the long storm
python3 run.py chaos [...]  play a long storm against the live layer: docs/reliability.md
python3 run.py answers [...]  try ten thousand answers on each kind of question, and post them to a server
python3 run.py mutants [...]  break it on purpose, one fault at a time, and see whether the tests notice
python3 run.py bench [...]  measure how long things take; more words name benchmarks
python3 run.py lock [...]   work out the locked requirements again; more words go to uv
python3 run.py manage ...   Django's own commands
python3 run.py help         show this
PORT, HOST and DATA_DIR say where it listens and where it keeps its data: docs/running.md"""

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOG = VENV / "install.log"
BRINGS = {"run": ["run"], "test": ["run", "test"]}  # test.txt is locked on top of run.txt

CHECKS = [
    ["-m", "ruff", "format", "--check", "."],
    ["-m", "ruff", "check", "."],
    ["-m", "djlint", "templates", "--lint"],
    ["-m", "mypy"],
    ["manage.py", "makemigrations", "--check", "--dry-run"],
]
# A process each: synchronous Playwright leaves an event loop behind that breaks the asyncio tests after it, and one
# process has one database. The last two take those tests again that say most about a server, under uvicorn, and about a
# database, on PostgreSQL, where two processes serve what sockets follow.
ON_UVICORN = "tests/live/test_sockets.py tests/live/views/test_state.py tests/masterclass/test_front_door.py"
ON_POSTGRES = "tests/test_postgres.py tests/agenda tests/live/test_services.py tests/live/test_two_desks.py"
ON_POSTGRES += " tests/live/test_processes.py tests/live/test_neighbours.py tests/live/test_sockets.py"
ON_POSTGRES += " tests/live/views/test_state.py tests/feedback/test_races.py tests/feedback/test_bytes_gone.py"
ON_POSTGRES += " tests/masterclass/test_away.py tests/masterclass/test_restored.py"
ON_POSTGRES += " --ignore tests/agenda/test_access.py --ignore tests/agenda/views"
ON_POSTGRES += " --ignore tests/agenda/test_drafting.py --ignore tests/agenda/test_chapters.py"
ON_POSTGRES += " --ignore tests/agenda/importers --ignore tests/agenda/test_reading.py"
ON_POSTGRES += " --ignore-glob=*_properties.py"
TEST_RUNS = [
    ["-m", "pytest", "-n", "2", "-m", "not browser and not postgres and not long"],
    ["-m", "pytest", "-n", "2", "--dist", "worksteal", "-m", "browser", "tests/browser"],
    ["-m", "pytest", "--server", "uvicorn", *ON_UVICORN.split()],
    ["-m", "pytest", "-p", "tests.postgres", "--processes", "2", *ON_POSTGRES.split()],
    ["-m", "pytest", "-n", "2", "--dist", "worksteal", "tests/chaos"],
]
LONG = "--hypothesis-profile=long"  # as registered in tests/environment.py
LONG_RUNS = [
    ["-m", "pytest", "-m", "long", LONG],
    ["-m", "tests.chaos", "--seed", "1"],
    ["-m", "tests.chaos", "--seed", "1", "--database", "postgres"],
]
COMPILE = ["-m", "uv", "pip", "compile", "-q", "--universal", "--generate-hashes", "--no-annotate"]
COMPILE += ["--no-emit-index-url", "--custom-compile-command", "python3 run.py lock", "--python-version", "3.11"]
LOCKS = [
    "pyproject.toml -o requirements/run.txt",
    "pyproject.toml --extra postgres --extra uvicorn --group test -c requirements/run.txt -o requirements/test.txt",
]


class CannotStart(Exception):
    """A reason not to go on; its text is a sentence for people."""


def serve(arguments: list[str]) -> int:
    """Set up what is missing and serve until somebody stops it."""
    check_port()
    prepare()
    return serve_until_stopped([str(PYTHON), str(ROOT / "manage.py"), "serve", "--while-stdin-open", *arguments])


def link(arguments: list[str]) -> int:
    """Print a new sign-in link."""
    return manage(["sign_in_link", *arguments])


def manage(arguments: list[str]) -> int:
    """Pass on to Django, in the folder the person stands in: arguments may name their files."""
    check_port()
    prepare()
    return pass_on([str(PYTHON), str(ROOT / "manage.py"), *arguments])


def test(arguments: list[str]) -> int:
    """Everything that is checked before a change goes in; stops at the first failure."""
    install("test")
    words = [LONG if word == "--long" else word for word in arguments]
    longer = LONG_RUNS if "--long" in arguments else []
    for step in [*CHECKS, *([*run, *words] for run in TEST_RUNS), *longer]:
        print("==", " ".join(step), flush=True)
        code = pass_on([str(PYTHON), *step], cwd=ROOT)
        if code:
            return code
    return 0


def bench(arguments: list[str]) -> int:
    """Measure, and print what docs/benchmarks.md keeps."""
    install("test")
    return pass_on([str(PYTHON), "-m", "tests.benchmarks", *arguments], cwd=ROOT)


def chaos(arguments: list[str]) -> int:
    """The long storm, and what came of it."""
    install("test")
    return pass_on([str(PYTHON), "-m", "tests.chaos", *arguments], cwd=ROOT)


def answers(arguments: list[str]) -> int:
    """Whether any answer to any kind of question is stored or refused: docs/reliability.md."""
    install("test")
    words = [f"tests/feedback/{where}/test_any_answer.py" for where in ("kinds", "views")]
    return pass_on([str(PYTHON), "-m", "pytest", "--hypothesis-profile=answers", *words, *arguments], cwd=ROOT)


def mutants(arguments: list[str]) -> int:
    """Deliberate faults, and which of them the tests have caught."""
    install("test")
    return pass_on([str(PYTHON), "-m", "tests.mutants", *arguments], cwd=ROOT)


def lock(arguments: list[str]) -> int:
    """Write both requirements files from pyproject.toml."""
    make_environment()
    for words in LOCKS:
        code = pass_on([str(PYTHON), *COMPILE, *words.split(), *arguments], cwd=ROOT)
        if code:
            return code
    return 0


def usage(arguments: list[str]) -> int:
    print(USAGE)
    return 0


COMMANDS = {"serve": serve, "link": link, "manage": manage, "test": test, "bench": bench, "lock": lock}
COMMANDS.update({"chaos": chaos, "mutants": mutants, "answers": answers})
COMMANDS.update({"help": usage, "--help": usage, "-h": usage})


def check_port() -> None:
    """Leave PORT in the environment as a number that can be a port."""
    port = os.environ.get("PORT") or "8000"
    if not port.isdecimal() or not 1 <= int(port) <= 65535:
        raise CannotStart(f"PORT is {port!r}: set it to a number from 1 to 65535, or leave it out for 8000.")
    os.environ["PORT"] = port


def check_data_folder() -> None:
    """Leave DATA_DIR in the environment as a whole path to a folder that can be written to."""
    folder = Path(os.path.abspath(os.path.expanduser(os.environ.get("DATA_DIR") or ROOT / "data")))
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=str(folder)).close()
    except OSError as error:
        raise CannotStart(
            f"The data folder {folder} cannot be written to ({error.strerror}): "
            "let this account write there, or set DATA_DIR to another folder."
        ) from error
    os.environ["DATA_DIR"] = str(folder)


def check_settings() -> None:
    """Every other setting is checked where it is read; pass on the one sentence."""
    command = [str(PYTHON), "-c", "import masterclass.settings"]
    result = subprocess.run(command, cwd=ROOT, stderr=subprocess.PIPE, text=True, check=False)
    if result.returncode:
        lines = result.stderr.strip().splitlines() or ["no reason was given"]
        raise CannotStart(lines[-1].partition("ImproperlyConfigured: ")[2] or f"The settings are wrong: {lines[-1]}")


def prepare() -> None:
    """Whatever a command that touches the data needs first."""
    check_data_folder()
    install("run")
    check_settings()


def install(name: str) -> None:
    """Make .venv hold what requirements/`name`.txt locks, unless a stamp says it does."""
    stamps = {VENV / f"installed-{each}": fingerprint(each) for each in BRINGS[name]}
    stamp = VENV / f"installed-{name}"
    if PYTHON.exists() and stamp.is_file() and stamp.read_text() == stamps[stamp]:
        return
    print("Setting up. This needs the internet, and a minute or two, this once.", file=sys.stderr, flush=True)
    make_environment()
    for old in VENV.glob("installed-*"):
        old.unlink()
    download(ROOT / "requirements" / f"{name}.txt")
    for path, text in stamps.items():
        path.write_text(text)


def fingerprint(name: str) -> str:
    return hashlib.sha256((ROOT / "requirements" / f"{name}.txt").read_bytes()).hexdigest()


def make_environment() -> None:
    """Make .venv if it is missing or was left half made, and uv in it if that can be had."""
    if not (PYTHON.exists() and quietly("-m", "pip", "--version")):
        if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
            raise CannotStart(
                "This Python comes without its venv module. Install it (Debian and Ubuntu: "
                "sudo apt install python3-venv) and start again."
            )
        result = subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], capture_output=True, check=False)
        if result.returncode:
            raise CannotStart(f"The folder {VENV} could not be made: check that this account may write there.")
    if not quietly("-m", "uv", "--version"):
        quietly("-m", "pip", "install", "--retries", "1", "--only-binary", ":all:", "uv")


def download(requirements: Path) -> None:
    """By uv because it is quick; by pip where uv cannot."""
    locked = ["install", "--require-hashes", "-r", str(requirements)]
    if quietly("-m", "uv", "pip", *locked, "--python", str(PYTHON)):
        return
    if not quietly("-m", "pip", *locked, "--retries", "1"):
        raise CannotStart(
            "The parts it is built from could not be downloaded: connect this computer to the internet and "
            f"start again. After this first time it needs none. What went wrong is in {LOG}"
        )


def quietly(*arguments: str) -> bool:
    """Whether .venv's Python did that without an error; what it said goes to the log."""
    with LOG.open("a", encoding="utf-8") as log:
        return subprocess.run([str(PYTHON), *arguments], stdout=log, stderr=log, check=False).returncode == 0


def pass_on(command: list[str], cwd: Path | None = None) -> int:
    """Run a child that shares our terminal; Ctrl-C is for the child to answer."""
    child = subprocess.Popen(command, cwd=cwd)
    signal.signal(signal.SIGINT, lambda number, frame: None)
    signal.signal(signal.SIGTERM, lambda number, frame: child.terminate())
    return child.wait()


def serve_until_stopped(command: list[str]) -> int:
    """Run the server as a child. Being asked to stop is not a failure; being killed closes its standard input."""
    children: list[subprocess.Popen[bytes]] = []
    stops: list[int] = []

    def stop(number: int, frame: object = None) -> None:
        stops.append(number)
        for child in children if os.name == "posix" else []:  # elsewhere Ctrl-C reaches the child by itself
            child.terminate()

    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), stop)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # inherited: the terminal's Ctrl-C must reach the child through us
    children.append(subprocess.Popen(command, stdin=subprocess.PIPE))
    signal.signal(signal.SIGINT, stop)
    if stops:
        stop(stops[0])
    code = children[0].wait()
    return 0 if stops else code


def main(arguments: list[str]) -> int:
    command, rest = (arguments[0], arguments[1:]) if arguments else ("serve", [])
    if command not in COMMANDS:
        raise CannotStart(f"There is no command {command!r}. There are:\n{USAGE}")
    os.environ.setdefault("PYTHONUTF8", "1")  # Windows would write the QR code in an alphabet without its squares
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    return COMMANDS[command](rest)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except CannotStart as error:
        print(error, file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(0)
