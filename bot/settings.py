"""Environment -> Settings. Names are public (docs/configuration.md)."""

from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Read from the environment and from a file `.env` in the working directory."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", frozen=True)

    slack_bot_token: SecretStr = Field(default=SecretStr(""))
    slack_app_token: SecretStr = Field(default=SecretStr(""))
    slack_signing_secret: SecretStr = Field(default=SecretStr(""))
    slack_api_url: str = "https://slack.com/api/"
    database_url: str = "sqlite:///customer-seat.db"
    host: str = "127.0.0.1"
    port: int = Field(default=3000, ge=0, le=65535)
    checklists_dir: Path | None = None
    log_level: str = "INFO"

    @property
    def uses_socket_mode(self) -> bool:
        return bool(self.slack_app_token.get_secret_value())
