"""The mail server's settings, and messages that no address or name can bend."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from config import Config, ConfigError
from portal.notices.courier import Post, Undelivered, Words, compose, deliver, sender_name
from tests.support.post import PostOffice, free_port, post_to

AT = datetime(2026, 3, 2, 10, tzinfo=UTC)
WORDS = Words("You have a message", "There is something new.\n", "Blue Door")
GIVEN = {"WEFT_SMTP_URL": "smtps://weft%40x@mail.example.org", "WEFT_MAIL_FROM": "p@example.org"}


class TestSettings:
    def test_without_a_server_there_is_no_post(self) -> None:
        assert Post.of(Config.from_environment({})) is None

    def test_a_server_and_its_password_from_a_file(self, tmp_path: Path) -> None:
        (tmp_path / "secret").write_text("a word\n")
        given = GIVEN | {"WEFT_SMTP_PASSWORD_FILE": str(tmp_path / "secret")}
        config = Config.from_environment(given)
        post = Post.of(config)
        assert post is not None
        assert (post.host, post.port, post.is_wrapped) == ("mail.example.org", 465, True)
        assert (post.user, post.password) == ("weft@x", "a word")
        assert "a word" not in repr(config), "a setting's print-out never holds the password"

    @pytest.mark.parametrize(
        ("changed", "told"),
        [
            ({"WEFT_SMTP_URL": "http://x"}, "WEFT_SMTP_URL"),
            ({"WEFT_SMTP_URL": "smtp://"}, "WEFT_SMTP_URL"),
            ({"WEFT_SMTP_URL": "smtp://u:pass@x"}, "WEFT_SMTP_PASSWORD"),
            ({"WEFT_MAIL_FROM": ""}, "WEFT_MAIL_FROM"),
            ({"WEFT_MAIL_FROM": "a@b.org, c@d.org"}, "WEFT_MAIL_FROM"),
            ({"WEFT_SMTP_PASSWORD_FILE": "/nowhere/at/all"}, "cannot be read"),
        ],
    )
    def test_a_wrong_one_is_named_at_the_start(self, changed: dict[str, str], told: str) -> None:
        with pytest.raises(ConfigError, match=told) as problem:
            Config.from_environment(GIVEN | changed)
        assert "u:pass" not in str(problem.value)


class TestCompose:
    @pytest.mark.parametrize("to", ["a@example.org\nBcc: b@example.org", "a@example.org, b@x.org"])
    def test_an_address_is_never_two_and_never_a_header(self, to: str) -> None:
        with pytest.raises((ValueError, IndexError)):
            compose(post_to(25), to, "id", WORDS, AT)

    def test_a_name_is_never_a_header(self) -> None:
        words = Words("You have a message", "x", "Blue\nBcc: b@example.org")
        with pytest.raises(ValueError, match="CR or LF"):
            compose(post_to(25), "a@example.org", "id", words, AT)

    def test_a_name_that_tells_is_never_used(self) -> None:
        post = post_to(25, product="Couples Portal")
        assert sender_name(post, "Quiet Harbour", "Quiet Harbour") == ""
        assert sender_name(post, "Blue Door", "Quiet Harbour") == "Blue Door"


class TestDeliver:
    def test_an_open_line_is_never_used_beyond_this_machine(self, office: PostOffice) -> None:
        assert post_to(office.port, host="mail.example.org").needs_encryption
        post = post_to(office.port, host="127.0.0.1.")
        assert post.needs_encryption
        with pytest.raises(Undelivered):
            deliver(post, compose(post, "a@example.org", "id", WORDS, AT))
        assert office.letters == []

    def test_nobody_there_is_trouble_for_now(self) -> None:
        post = post_to(free_port())
        with pytest.raises(Undelivered) as problem:
            deliver(post, compose(post, "a@example.org", "id", WORDS, AT))
        assert not problem.value.for_good
