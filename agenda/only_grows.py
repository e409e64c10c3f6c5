"""The triggers that keep the log of the day and the audit as they were written. For migrations.

A migration that changes one of these tables begins with `unprotect` and ends with `protect`: SQLite drops the triggers
with a table that Django makes anew, and a column that was not there yet is not looked at.
"""

from collections.abc import Iterator

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLES = {"agenda_logentry": ("The log of the day", "actor_id"), "agenda_audit": ("The audit", "user_id")}
SENTENCE = "{} only grows: no line is changed, and none goes but through agenda/wiping.py."
IS_OPEN_IN_SQLITE = "EXISTS (SELECT 1 FROM agenda_wipe WHERE workshop_id IS OLD.workshop_id)"
REFUSE_IN_POSTGRESQL = """\
CREATE FUNCTION agenda_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE has_lines boolean;
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF EXISTS (SELECT 1 FROM agenda_wipe WHERE workshop_id IS NOT DISTINCT FROM OLD.workshop_id) THEN
            RETURN OLD;
        END IF;
    ELSIF TG_OP = 'TRUNCATE' THEN
        EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I.%I)', TG_TABLE_SCHEMA, TG_TABLE_NAME) INTO has_lines;
        IF NOT has_lines THEN
            RETURN NULL;
        END IF;
    END IF;
    RAISE EXCEPTION USING MESSAGE = TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
END $$"""


def protect(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Nothing is changed but whose account it was, which goes with the account; nothing is deleted without a Wipe."""
    statements = _in_sqlite if schema_editor.connection.vendor == "sqlite" else _in_postgresql
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(REFUSE_IN_POSTGRESQL, params=None)
    for table, (name, person) in TABLES.items():
        kept = [column for column in _columns(schema_editor, table) if column != person]
        for statement in statements(table, person, kept, SENTENCE.format(name)):
            schema_editor.execute(statement, params=None)


def unprotect(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """What `protect` made is gone."""
    postgresql = schema_editor.connection.vendor == "postgresql"
    for table in TABLES:
        for what in ("changed", "deleted", *(["emptied"] if postgresql else [])):
            where = f" ON {table}" if postgresql else ""
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_is_not_{what}{where}")
    if postgresql:
        schema_editor.execute("DROP FUNCTION IF EXISTS agenda_only_grows()")


def _columns(schema_editor: BaseDatabaseSchemaEditor, table: str) -> list[str]:
    with schema_editor.connection.cursor() as cursor:
        return [each.name for each in schema_editor.connection.introspection.get_table_description(cursor, table)]


def _only_forgets(person: str, kept: list[str], same: str) -> str:
    return " AND ".join([f"NEW.{person} IS NULL", *(f'NEW."{column}" {same} OLD."{column}"' for column in kept)])


def _in_sqlite(table: str, person: str, kept: list[str], sentence: str) -> Iterator[str]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
    forgets = _only_forgets(person, kept, "IS")
    yield f"CREATE TRIGGER {table}_is_not_changed BEFORE UPDATE ON {table} WHEN NOT ({forgets}) {refuse}"
    yield f"CREATE TRIGGER {table}_is_not_deleted BEFORE DELETE ON {table} WHEN NOT {IS_OPEN_IN_SQLITE} {refuse}"


def _in_postgresql(table: str, person: str, kept: list[str], sentence: str) -> Iterator[str]:
    refuse = f"EXECUTE FUNCTION agenda_only_grows('{sentence}')"
    changes = f"FOR EACH ROW WHEN (NOT ({_only_forgets(person, kept, 'IS NOT DISTINCT FROM')}))"
    yield f"CREATE TRIGGER {table}_is_not_changed BEFORE UPDATE ON {table} {changes} {refuse}"
    yield f"CREATE TRIGGER {table}_is_not_deleted BEFORE DELETE ON {table} FOR EACH ROW {refuse}"
    yield f"CREATE TRIGGER {table}_is_not_emptied BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {refuse}"
