"""manage.py serve: make everything ready, then listen until somebody stops it."""

import argparse
import gc
import logging
import os
import sys
import threading
from typing import Any

from daphne.endpoints import build_endpoint_description_strings
from daphne.server import Server
from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import connections
from django.utils import timezone
from twisted.internet import defer, task, threads
from twisted.internet import reactor as twisted_reactor

from agenda import importing
from feedback import keeping, posting, sealing, sweeping
from masterclass import prepare
from masterclass.listening import HallServer
from masterclass.welcome import welcome

log = logging.getLogger(__name__)
reactor: Any = twisted_reactor  # typed as an interface, which mypy cannot call
BACKLOG = 4096  # a hall that scans one QR code connects in the same second
FLUSH_SECONDS = 0.2
TIDY_EVERY_SECONDS = 60.0
LONGEST_GOODBYE_SECONDS = 2.5


def port_number(text: str) -> int:
    """A port from the command line or PORT."""
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port: give a number from 1 to 65535.")
    return int(text)


class Command(BaseCommand):
    help = "Make the database ready and serve the masterclass."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--host", default=os.environ.get("HOST") or "0.0.0.0")  # noqa: S104 - phones must reach it
        parser.add_argument("--port", type=port_number, default=os.environ.get("PORT") or "8000")
        parser.add_argument(
            "--prepared", action="store_true", help="Only listen: `manage.py prepare` has made everything ready."
        )
        parser.add_argument("--while-stdin-open", action="store_true", help="Stop when standard input closes.")

    def handle(self, *args: Any, host: str, port: int, prepared: bool, while_stdin_open: bool, **options: Any) -> None:
        settings.PORT = port  # the address the room is told
        try:
            prepare.check_port(host=host, port=port)
            prepare.check_ready() if prepared else prepare.get_ready()
        except prepare.CannotStart as error:
            raise SystemExit(str(error)) from error
        server = self.make_server(host, port)
        reactor.addSystemEventTrigger("before", "shutdown", say_goodbye)
        if while_stdin_open:
            threading.Thread(target=stop_when_stdin_closes, daemon=True).start()
        server.run()
        if not server.listening_addresses:
            raise SystemExit(f"Port {port} could not be opened. Start again, or choose another with PORT.")

    def make_server(self, host: str, port: int) -> Server:
        """A daphne that says the welcome once it listens. It keeps no log of who asked for what."""
        from masterclass.asgi import application  # WhiteNoise looks for the static files only once, when made

        def ready() -> None:
            text = welcome(host=host, port=port, now=timezone.now(), colour=sys.stdout.isatty())
            connections.close_all()
            settle_memory()
            reactor.callWhenRunning(self.say, text)  # by then a signal to stop is answered

        endpoints = [f"{each}:backlog={BACKLOG}" for each in build_endpoint_description_strings(host=host, port=port)]
        return HallServer(
            application=application, endpoints=endpoints, signal_handlers=True, server_name="", ready_callable=ready
        )

    def say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()


def settle_memory() -> None:
    """Collections of what start-up made cause the 100 ms outliers of a live day: they leave it alone.

    The rest is tidied once a minute. Sockets that have ended are rings that only a collection frees, and left to
    itself it would come after tens of thousands of them.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 100)  # rare, and not so rare that one holds a press up by 50 ms
    task.LoopingCall(gc.collect).start(TIDY_EVERY_SECONDS, now=False)
    task.LoopingCall(threads.deferToThread, keep_promises).start(TIDY_EVERY_SECONDS, now=False)


def keep_promises() -> None:
    """What is due some time after a day is done without anybody asking. What fails is tried again in a minute."""
    try:
        sealing.seal_all_due()
        keeping.delete_when_due()
        importing.forget_old(now=timezone.now())
        sweeping.sweep_when_due()
    except Exception:
        log.exception("What is due could not be done just now; it is tried again in a minute.")
    try:
        posting.send_due(now=timezone.now())
    except Exception as error:  # its words may hold an address
        log.error("Mail could not be sent just now: %s. It is tried again in a minute.", type(error).__name__)
    finally:
        connections.close_all()


def say_goodbye() -> "defer.Deferred[None]":
    """Tell every page to come back, give the words time to leave, and let nothing hold up the end."""
    from sessions.hub import hub

    last_resort = threading.Timer(LONGEST_GOODBYE_SECONDS, os._exit, args=[0])
    last_resort.daemon = True
    last_resort.start()
    hub.say_bye()
    return task.deferLater(reactor, FLUSH_SECONDS, lambda: None)


def stop_when_stdin_closes() -> None:
    """run.py holds the other end: when it is killed, no server is left behind on the port."""
    while os.read(0, 1):
        pass
    reactor.callFromThread(reactor.stop)
