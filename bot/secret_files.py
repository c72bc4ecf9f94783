"""Secrets that stand in files: `SLACK_BOT_TOKEN_FILE=/run/secrets/token`, systemd's credentials."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, EnvSettingsSource, PydanticBaseSettingsSource

SECRETS = ("slack_bot_token", "slack_app_token", "slack_signing_secret", "database_url")
"""What may stand in a file instead of the environment, where every child and core dump has it."""
CREDENTIALS = "credentials_directory"
"""Where systemd says that LoadCredential= put its files (systemd.exec(5), CREDENTIALS)."""
MOST_BYTES = 65_536
"""More than any secret has: a file named by mistake is not read whole."""


class BadSecretFile(ValueError):
    """A sentence that says which variable, which file and what is wrong; never what it holds."""


class SecretFiles(PydanticBaseSettingsSource):
    """Settings from the files that the environment, or else `.env`, names."""

    def __init__(self, of: type[BaseSettings], *named_in: PydanticBaseSettingsSource) -> None:
        super().__init__(of)
        self._named_in = [s for s in named_in if isinstance(s, EnvSettingsSource)]

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        return None, field_name, False  # `__call__` reads them all at once

    def __call__(self) -> dict[str, Any]:
        """Raises BadSecretFile."""
        said: dict[str, str] = {}
        for source in reversed(self._named_in):
            said.update({name: value for name, value in source.env_vars.items() if value})
        return read_secret_files(said)


def read_secret_files(said: Mapping[str, str]) -> dict[str, Any]:
    """Setting -> what its file holds. `said`: variables by their names in small letters.

    Raises BadSecretFile for a file that cannot be read, and for one secret set in two places.
    """
    found: dict[str, Any] = {}
    for name in SECRETS:
        named = said.get(f"{name}_file", "").strip()
        credential = Path(said[CREDENTIALS]) / name if said.get(CREDENTIALS) else None
        if named:
            variable, path = f"{name.upper()}_FILE", Path(named)
        elif credential and credential.exists():
            variable, path = f"The credential {name}", credential
        else:
            continue
        if said.get(name, "").strip():
            raise BadSecretFile(f"{name.upper()} is set, and so is {variable}: keep one of them.")
        found[name] = _read(variable, path)
    return found


def _read(variable: str, path: Path) -> str:
    try:
        with path.open("rb") as file:
            text = file.read(MOST_BYTES + 1).decode("utf-8")
    except OSError as error:
        why = (error.strerror or type(error).__name__).lower()
        raise BadSecretFile(f"{variable}: {path} cannot be read ({why}).") from None
    except UnicodeDecodeError:
        raise BadSecretFile(f"{variable}: {path} is no text.") from None
    if len(text) > MOST_BYTES:
        raise BadSecretFile(f"{variable}: {path} holds more than a secret.")
    if not text.strip():
        raise BadSecretFile(f"{variable}: {path} is empty.")
    return text
