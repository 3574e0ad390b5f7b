"""The SQLite file: schema, migrations, every query. Nothing else writes SQL."""
