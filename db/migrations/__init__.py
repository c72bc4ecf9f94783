"""The database's history, oldest first. `db/migrate.py` runs it; nothing else imports it."""
