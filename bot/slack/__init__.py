"""Reading Slack's payloads, the client, and what is known of people and channels."""
