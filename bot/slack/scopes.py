"""The scopes the bot asks Slack for, as deploy/manifest.yaml has them; a test holds both alike.

Why each is asked for: docs/security.md.
"""

SCOPES = frozenset(
    {
        "channels:history",
        "channels:join",
        "channels:read",
        "chat:write",
        "commands",
        "groups:history",
        "groups:read",
        "im:history",
        "im:write",
        "reactions:read",
        "reactions:write",
        "users:read",
    }
)
