"""Environment -> Settings. Names are public (docs/configuration.md)."""

from pathlib import Path
from typing import Any

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from bot.secret_files import SecretFiles

_AROUND = " \t\r\n\v\f\u00a0\u200b\u2060\ufeff"
_QUOTES = (('"', '"'), ("'", "'"), ("`", "`"), ("“", "”"), ("‘", "’"), ("„", "“"), ("«", "»"))


class Settings(BaseSettings):
    """Read from the environment and from a file `.env` in the working directory; secrets also from
    files that either names. Raises BadSecretFile for one that cannot be used.
    """

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", frozen=True)

    slack_bot_token: SecretStr = Field(default=SecretStr(""))
    slack_app_token: SecretStr = Field(default=SecretStr(""))
    slack_signing_secret: SecretStr = Field(default=SecretStr(""))
    slack_api_url: str = "https://slack.com/api/"
    database_url: str = "sqlite:///customer-seat.db"
    host: str = Field(default="127.0.0.1", min_length=1)
    port: int = Field(default=3000, ge=0, le=65535)
    checklists_dir: Path | None = None
    log_level: str = "INFO"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The first that knows a value wins."""
        files = SecretFiles(settings_cls, env_settings, dotenv_settings)
        return init_settings, files, env_settings, dotenv_settings

    @field_validator("*", mode="before")
    @classmethod
    def _as_it_was_meant(cls, value: Any) -> Any:
        """Without what copying leaves around it: spaces, line ends, a pair of quotation marks."""
        if not isinstance(value, str):
            return value
        bare = value.strip(_AROUND)
        for opening, closing in _QUOTES:
            if len(bare) > 1 and bare[0] == opening and bare[-1] == closing:
                bare = bare[1:-1].strip(_AROUND)
        return bare

    @property
    def uses_socket_mode(self) -> bool:
        return bool(self.slack_app_token.get_secret_value())
