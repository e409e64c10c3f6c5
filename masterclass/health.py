"""Whether this server is alive, and whether it is ready for a room."""

from asgiref.sync import sync_to_async
from django.db import DatabaseError, InterfaceError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse

from agenda.models import Workshop


async def alive(request: HttpRequest) -> JsonResponse:
    """The event loop answers."""
    return JsonResponse({"alive": True})


async def ready(request: HttpRequest) -> JsonResponse:
    """The database can be written and is of this version."""
    problem = await sync_to_async(_problem)()
    return JsonResponse({"ready": not problem, "problem": problem}, status=503 if problem else 200)


def _problem() -> str:
    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return "The database waits for its migrations."
        with transaction.atomic():
            Workshop.objects.filter(pk="").update(rev=1)
    except (DatabaseError, InterfaceError):
        return "The database cannot be written."
    return ""
