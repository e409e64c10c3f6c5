"""The day a benchmark is about: the Newcastle sample in a database of its own, begun, with a question on every phone.

The measuring process holds no Django. It starts this module as a program, which prints what has to be known.
"""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
UNSET = (
    "DATABASE_URL",
    "PUBLIC_URL",
    "SECRET_KEY",
    "SECRET_KEY_FALLBACKS",
    "DESK_FROM_NETWORK",
    "DEBUG",
    "PORT",
    "HOST",
)
CSRF = "b" * 32


@dataclass(frozen=True)
class Day:
    """What the phones and the desk of a benchmark need. `frame` is a file with the real phone snapshot."""

    folder: Path
    workshop: str
    question: str
    live: str
    phones: list[str]
    desk: str
    frame: Path
    database: str = ""

    @property
    def socket_path(self) -> str:
        return f"/ws/w/{self.workshop}/phone"

    def environment(self) -> dict[str, str]:
        return environment(self.folder, self.database)

    def copy(self, name: str) -> "Day":
        """The same day in a folder of its own, so that two servers do not hear of each other's presses."""
        folder = self.folder.parent / name
        shutil.copytree(self.folder, folder)
        return Day(**{**self.__dict__, "folder": folder})


class Clerk:
    """Asks a day's database, in a process of its own that stays as long as it is needed."""

    def __init__(self, day: Day) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.benchmarks.day", "clerk"],
            cwd=ROOT,
            env=day.environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> "Clerk":
        return self

    def __exit__(self, *failure: object) -> None:
        self.process.communicate()

    def _ask(self, what: str) -> Any:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(f"{what}\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def answers(self) -> list[tuple[str, str]]:
        """Key and value of every stored answer."""
        return [(key, value) for key, value in self._ask("answers")]

    def wipe(self) -> None:
        """No answer is left."""
        self._ask("wipe")

    def put(self, kind: str) -> str:
        """A new question of that kind is asked, and shown as the answers come; gives its id."""
        return str(self._ask(f"put-{kind}"))

    def gather(self, answers: int) -> dict[str, list[str]]:
        """So many released answers, the first third of them in themes; gives ids of "themes" and of "answers"."""
        found: dict[str, list[str]] = self._ask(f"gather-{answers}")
        return found

    def change(self) -> int:
        """Something that phones see has changed; returns the revision they should have."""
        return int(self._ask("change"))


def environment(folder: Path, database: str = "") -> dict[str, str]:
    """Nothing of the settings of whoever runs the benchmarks gets in."""
    kept = {name: value for name, value in os.environ.items() if name not in UNSET}
    given = {"DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "masterclass.settings", "PYTHONPATH": str(ROOT)}
    return kept | given | ({"DATABASE_URL": database} if database else {})


def prepare(folder: Path, phones: int, database: str = "") -> Day:
    """A new day with that many seats in `folder`."""
    made = json.loads(_ask(environment(folder, database), "prepare", str(phones)))
    (folder / "frame.json").write_text(made.pop("frame"), "utf-8")
    return Day(folder=folder, frame=folder / "frame.json", database=database, **made)


def _ask(environment: dict[str, str], *words: str) -> str:
    command = [sys.executable, "-m", "tests.benchmarks.day", *words]
    return subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout


def _prepare(phones: int) -> dict[str, object]:
    from django.core.management import call_command

    from agenda.models import Attendee, User, Workshop
    from feedback.models import Question
    from masterclass import prepare
    from sessions.hub import hub
    from tests.live import day

    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    prepare.make_first_workshop()
    workshop = Workshop.objects.get()
    day.begin(workshop)
    question = Question.objects.filter(occasion="live", kind="text", workshop=workshop)[0]
    day.ask(workshop, question.key)
    # Its clock stands, so no minute changes a page while others are measured.
    Workshop.objects.filter(pk=workshop.pk).update(clock_real=None)
    seats = Attendee.objects.bulk_create(Attendee(workshop=workshop) for _ in range(phones))
    return {
        "workshop": workshop.pk,
        "question": str(question.pk),
        "live": day.live(workshop),
        "phones": [_phone(workshop.pk, attendee) for attendee in seats],
        "desk": _desk(User.objects.get()),
        "frame": hub.current(workshop.pk, "phone").frame(),
    }


def _phone(workshop_id: str, attendee: object) -> str:
    from django.http import HttpResponse

    from agenda import seat

    response = HttpResponse()
    seat.keep(response, workshop_id, seat.Seat(attendee.pk, seat.new_secret()))  # type: ignore[attr-defined]
    return "; ".join(f"{name}={morsel.coded_value}" for name, morsel in response.cookies.items())


def _desk(user: object) -> str:
    from django.test import Client

    client = Client()
    client.force_login(user)  # type: ignore[arg-type]
    return f"sessionid={client.cookies['sessionid'].value}; csrftoken={CSRF}"


def _answers() -> list[tuple[str, str]]:
    from feedback.models import Answer

    return [(str(key), value) for key, value in Answer.objects.values_list("pk", "value")]


def _wipe() -> None:
    from feedback.models import Answer, Count

    Answer.objects.all().delete()
    Count.objects.all().delete()


def _change() -> int:
    from agenda.models import Workshop

    workshop = Workshop.objects.get()
    workshop.touch(phones=True)
    return workshop.control_rev


def _put(kind: str) -> str:
    from agenda.models import Workshop
    from feedback.models import Question
    from tests.feedback.room import new_question
    from tests.live import day

    workshop = Workshop.objects.get()
    config = {"options": [{"key": f"option_{n}", "label": f"Option {n}"} for n in range(4)]} if kind == "choice" else {}
    live = day.live(workshop)
    asked = new_question(workshop, f"tally_{kind}", slot=live, kind=kind, config=config, status="draft")
    day.ask(workshop, asked.key)
    Question.objects.filter(pk=asked.pk).update(showing="live", shown=True, approval=False)
    workshop.touch(phones=True)
    return str(asked.pk)


def _gather(number: str) -> dict[str, list[str]]:
    import uuid

    from agenda.models import Workshop
    from feedback.counting import count_anew
    from feedback.models import Answer, Question
    from feedback.theme_models import InTheme, Theme

    workshop = Workshop.objects.get()
    question = Question.objects.get(pk=_put("text"))
    texts = [
        f"More {ABOUT[n % 17]} for {WHOM[n % 13]} in {WHERE[n % 11]}, and {ABOUT[n % 5]} for all, says {n}"
        for n in range(int(number))
    ]
    rows = [
        Answer(id=uuid.uuid4(), question=question, respondent=str(n), value=text, released_value=text, waits=False)
        for n, text in enumerate(texts)
    ]
    Answer.objects.bulk_create(rows, batch_size=500)
    count_anew(question)
    themes = [Theme(workshop=workshop, name=f"Theme {n}", position=n) for n in range(1, 31)]
    Theme.objects.bulk_create(themes)
    places = [InTheme(theme=themes[n % 30], answer=row) for n, row in enumerate(rows[: len(rows) // 3])]
    InTheme.objects.bulk_create(places, batch_size=500)
    workshop.touch(phones=False)
    return {"themes": [str(one.pk) for one in themes], "answers": [str(row.pk) for row in rows]}


_WORDS = """
buses trains data sheds parks homes roads jobs trees clinics pools libraries schools tools maps forms desks
residents councillors officers carers pupils farmers tenants drivers nurses parents elders voters clerks
Blyth Hexham Morpeth Alnwick Wooler Amble Cramlington Ashington Prudhoe Corbridge Rothbury
"""
ABOUT, WHOM, WHERE = (line.split() for line in _WORDS.strip().splitlines())


def _answer_questions() -> None:
    """Each line on standard input is one."""
    known = {"answers": _answers, "wipe": _wipe, "change": _change}
    for line in sys.stdin:
        name, _, about = line.strip().partition("-")
        found = known[name]() if name in known else {"put": _put, "gather": _gather}[name](about)  # type: ignore[operator]
        print(json.dumps(found), flush=True)


if __name__ == "__main__":
    import django

    django.setup()
    if sys.argv[1] == "clerk":
        _answer_questions()
    else:
        print(json.dumps(_prepare(int(sys.argv[2]))))
