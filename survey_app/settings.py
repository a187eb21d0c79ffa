"""One typed place for every setting: the environment first, then `.streamlit/secrets.toml`, then the default."""

from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from transcripts.messages import MessageError, sentence

SECRETS = [Path.home() / ".streamlit" / "secrets.toml", Path(".streamlit") / "secrets.toml"]


class UnusableSetting(MessageError):
    """A value in the environment or in the secrets that makes no sense."""


class Settings(BaseSettings):
    """What a person who runs Rakurs may set. Names in capitals are the environment's names."""

    model_config = SettingsConfigDict(populate_by_name=True, extra="ignore")

    data_folder: Path = Field(Path.home() / "rakurs-data", validation_alias="RAKURS_DATA")
    database_url: str = Field("", validation_alias="DATABASE_URL")
    dask_scheduler_address: str = Field("", validation_alias="DASK_SCHEDULER_ADDRESS")
    host: str = Field("127.0.0.1", validation_alias="RAKURS_HOST")
    port: int = Field(8501, ge=1, le=65535, validation_alias="RAKURS_PORT")
    team: bool = Field(False, validation_alias="RAKURS_TEAM")
    """Whether people sign in with accounts of their own. Alone (the default): no login, and this machine only."""
    address: str = Field("", validation_alias="RAKURS_ADDRESS", pattern=r"^(https?://[^/\s?#@\\]+)?/?$")
    """Where people reach a team's Rakurs, such as https://rakurs.example.org; empty: where it listens."""
    language: Literal["", "en", "ru"] = Field("", validation_alias="RAKURS_LANGUAGE")
    """Language of a first visit; empty: the browser's."""
    model: str = Field("", validation_alias="RAKURS_MODEL")
    """A sentence-transformers name or folder for topics; empty: the best that is on this machine."""
    upload_megabytes: int = Field(20, ge=1, le=20, validation_alias="RAKURS_UPLOAD_MB")
    automatic_copies: bool = Field(True, validation_alias="RAKURS_COPIES")
    """Whether the running application copies each study that has changed once a day."""
    smallest_segment: int = Field(3, ge=3, validation_alias="RAKURS_SMALLEST_SEGMENT")
    """Fewest experts a published segment may have."""

    @field_validator("address")
    @classmethod
    def _as_browsers_write_it(cls, address: str) -> str:
        return address.rstrip("/").lower()

    @property
    def database(self) -> str:
        """Where the store is, as an SQLAlchemy URL."""
        return self.database_url or f"sqlite:///{self.data_folder / 'rakurs.db'}"

    @property
    def releases_folder(self) -> Path:
        """Where published releases lie, served at `/r/<slug>`."""
        return self.data_folder / "releases"

    @property
    def recordings_folder(self) -> Path:
        """Where recordings lie, each file under the id of its row, and `inbox`, from which long ones are taken."""
        return self.data_folder / "recordings"

    @property
    def copies_folder(self) -> Path:
        """Where copies of studies lie, a folder for each."""
        return self.data_folder / "backups" / "studies"

    @property
    def models_folder(self) -> Path:
        """Models made on this machine; safe to delete."""
        return self.data_folder / "models"

    @property
    def vectors_folder(self) -> Path:
        """Vectors of statements, which language models have made; safe to delete at any moment."""
        return self.data_folder / "vectors"

    @classmethod
    def settings_customise_sources(  # noqa: D102
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return (init_settings, env_settings, TomlConfigSettingsSource(settings_cls, toml_file=SECRETS))


@cache
def settings() -> Settings:
    """The settings of this process, read once. Raises UnusableSetting."""
    try:
        return Settings()
    except ValidationError as problem:
        name = str(problem.errors()[0]["loc"][0])
        raise UnusableSetting(
            sentence("The setting {name} has a value that cannot be used: see docs/settings.md.", name=name)
        ) from problem
