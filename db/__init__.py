"""The store: tables, sessions, queries, inbox, outbox, migrations. Knows facts, not Slack."""
