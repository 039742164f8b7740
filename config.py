"""What an install of Weft can be told from outside: one frozen object that complains early."""

from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError


class ConfigError(Exception):
    """The settings cannot be used; the message says which and why, all at once."""


class Argon2Cost(BaseModel):
    """How dear one guess at a password is: memory in KiB, passes, lanes."""

    model_config = ConfigDict(frozen=True)

    memory_kib: int = 65536
    passes: int = 3
    lanes: int = 1


class Config(BaseModel):
    """Every setting, typed, with the safe value as its default."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    data_dir: Path = Path("var/data")
    keys_dir: Path = Path("var/keys")
    fonts_dir: Path = Path("var/fonts")
    database_url: str = ""
    keyring_url: str = ""
    base_url: str = "http://127.0.0.1:8000"
    product_name: str = "Weft"
    leave_url: str = ""
    argon2: Argon2Cost = Argon2Cost()
    idle_minutes: int = Field(default=15, ge=1, le=60)
    absolute_hours: int = Field(default=12, ge=1, le=12)
    trusted_hosts: tuple[str, ...] = ("127.0.0.1", "localhost", "[::1]")
    proxy_hops: int = Field(default=0, ge=0, le=3)
    max_body_bytes: int = 1024 * 1024
    print_seconds: int = 15
    print_memory_bytes: int = 1024**3
    testing: bool = False

    @property
    def database(self) -> str:
        """Where the practice's rows live; one file in the data folder unless said otherwise."""
        return self.database_url or f"sqlite:///{self.data_dir / 'weft.db'}"

    @property
    def keyring(self) -> str:
        """Where the wrapped data keys live, apart from the rows that they open."""
        if self.keyring_url:
            return self.keyring_url
        if self.database_url and not self.database_url.startswith("sqlite"):
            return self.database_url
        return f"sqlite:///{self.data_dir / 'keyring.db'}"

    @property
    def counters(self) -> str:
        """Where guesses are counted: apart from the rows, and taken before a visit opens."""
        if self.database_url and not self.database_url.startswith("sqlite"):
            return self.database_url
        return f"sqlite:///{self.data_dir / 'counters.db'}"

    @property
    def queue_file(self) -> Path:
        """The embedded queue's own file."""
        return self.data_dir / "queue.db"

    @property
    def is_https(self) -> bool:
        """Whether people reach the portal over an encrypted line."""
        return self.base_url.startswith("https://")

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> "Config":
        """The settings as the machine gives them: variables named WEFT_ and the field's name."""
        given: dict[str, object] = {}
        for name in cls.model_fields:
            value = environ.get(f"WEFT_{name.upper()}")
            if value is not None:
                given[name] = value.split(",") if name == "trusted_hosts" else value
        try:
            return cls.model_validate(given)
        except ValidationError as problem:
            lines = [f"WEFT_{str(e['loc'][0]).upper()}: {e['msg']}" for e in problem.errors()]
            raise ConfigError("; ".join(lines)) from problem
