"""The database itself refuses to change an audit row, and to remove one younger than the law asks to keep (183 days)."""

from django.db import migrations

GUARDED = ("core_auditentry", "core_auditlink")

POSTGRESQL = """
CREATE FUNCTION core_audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit trail is append-only';
END $$;
CREATE FUNCTION core_audit_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.at > now() - interval '183 days' THEN
        RAISE EXCEPTION 'audit entries are kept for at least 183 days';
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER core_auditentry_unchanged BEFORE UPDATE ON core_auditentry
    FOR EACH ROW EXECUTE FUNCTION core_audit_is_append_only();
CREATE TRIGGER core_auditlink_unchanged BEFORE UPDATE ON core_auditlink
    FOR EACH ROW EXECUTE FUNCTION core_audit_is_append_only();
CREATE TRIGGER core_auditentry_kept BEFORE DELETE ON core_auditentry
    FOR EACH ROW EXECUTE FUNCTION core_audit_is_kept();
"""
POSTGRESQL_BACK = """
DROP TRIGGER core_auditentry_unchanged ON core_auditentry;
DROP TRIGGER core_auditlink_unchanged ON core_auditlink;
DROP TRIGGER core_auditentry_kept ON core_auditentry;
DROP FUNCTION core_audit_is_append_only();
DROP FUNCTION core_audit_is_kept();
"""

def guard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL)
    else:
        for table in GUARDED:
            schema_editor.execute(
                f"CREATE TRIGGER {table}_unchanged BEFORE UPDATE ON {table} "
                "BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END"
            )


def unguard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL_BACK)
    else:
        for table in GUARDED:
            schema_editor.execute(f"DROP TRIGGER {table}_unchanged")


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]

    operations = [migrations.RunPython(guard, unguard)]
