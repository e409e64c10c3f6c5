"""docs/running.md names everything a person can set or run."""

import ast
from pathlib import Path

from django.conf import settings

from tests.benchmarks.__main__ import BENCHMARKS

RUNNING = (Path(settings.BASE_DIR) / "docs" / "running.md").read_text("utf-8")
PROJECT = Path(settings.BASE_DIR) / "masterclass"
READERS = {"os.environ.get", "os.environ", "_flag"}


def settings_from_environment() -> set[str]:
    """The names that settings.py asks the environment for, by call or by subscript."""
    names = set()
    for node in ast.walk(ast.parse((PROJECT / "settings.py").read_text("utf-8"))):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in READERS:
            name = node.args[0]
        elif isinstance(node, ast.Subscript) and ast.unparse(node.value) in READERS:
            name = node.slice
        else:
            continue
        if isinstance(name, ast.Constant):
            names.add(str(name.value))
    return names


def test_every_setting_is_explained() -> None:
    names = settings_from_environment()
    assert {"SECRET_KEY", "DATA_DIR", "DEBUG"} <= names
    assert {name for name in names if f"\n| `{name}` |" not in RUNNING} == set()


def test_every_command_is_explained() -> None:
    commands = {file.stem for file in (PROJECT / "management" / "commands").glob("[!_]*.py")}
    assert "serve" in commands
    assert {name for name in commands if f"\n| `{name}" not in RUNNING} == set()


def test_every_benchmark_has_a_result() -> None:
    results = (Path(settings.BASE_DIR) / "docs" / "benchmarks.md").read_text("utf-8")
    assert {name for name in BENCHMARKS if f"| `{name}` |" not in results} == set()
