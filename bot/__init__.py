"""Customer Seat: what Slack sees. app.py wires, cli.py starts."""
