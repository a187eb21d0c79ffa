"""The only room that knows SQL: schema, migrations, the log of changes, undo, and one module per aggregate."""
