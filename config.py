"""What an install of Weft can be told from outside: one frozen object that complains early."""

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from email_validator import EmailNotValidError, validate_email
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
)

# These may also be given as the path of a file that holds them: WEFT_SMTP_PASSWORD_FILE.
IN_FILES = ("smtp_url", "smtp_password")


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
    smtp_url: str = ""
    smtp_password: SecretStr = SecretStr("")
    mail_from: str = Field(default="", validate_default=True)
    testing: bool = False

    @field_validator("smtp_url")
    @classmethod
    def _names_a_server(cls, url: str) -> str:
        """A mail server is named without its password, which has a place of its own."""
        parts = urlsplit(url)
        if url and (parts.scheme not in ("smtp", "smtps") or not parts.hostname):
            raise ValueError("write smtp://user@host:587 or smtps://user@host:465")
        if parts.password is not None:
            raise ValueError(
                "put the password into WEFT_SMTP_PASSWORD, or its file into WEFT_SMTP_PASSWORD_FILE"
            )
        return url

    @field_validator("mail_from")
    @classmethod
    def _is_one_address(cls, address: str, info: ValidationInfo) -> str:
        """A server that is to send needs one bare address to write from."""
        if not address and not info.data.get("smtp_url"):
            return address
        try:
            return validate_email(
                address, check_deliverability=False, allow_smtputf8=False
            ).normalized
        except EmailNotValidError as problem:
            raise ValueError("write one e-mail address that the portal sends from") from problem

    @property
    def sends_mail(self) -> bool:
        """Whether this install was given a mail server; without one nobody is written to."""
        return bool(self.smtp_url)

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
            value = _given(environ, name)
            if value is not None:
                given[name] = value.split(",") if name == "trusted_hosts" else value
        try:
            return cls.model_validate(given)
        except ValidationError as problem:
            lines = [f"WEFT_{str(e['loc'][0]).upper()}: {e['msg']}" for e in problem.errors()]
            raise ConfigError("; ".join(lines)) from problem


def _given(environ: Mapping[str, str], name: str) -> str | None:
    """A setting as it was given: plainly, or for a secret as the path of a file that holds it."""
    variable = f"WEFT_{name.upper()}"
    path = environ.get(f"{variable}_FILE") if name in IN_FILES else None
    if path is None:
        return environ.get(variable)
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as problem:
        raise ConfigError(f"{variable}_FILE: the file cannot be read") from problem
