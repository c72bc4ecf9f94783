"""Everything over HTTP: Slack's requests, health."""
