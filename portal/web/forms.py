"""The base form, and the fields and validators that rooms share."""

import re
import unicodedata
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Form, ValidationError
from wtforms.fields import Field, HiddenField, StringField, TextAreaField
from wtforms.validators import Length

KEEP = {"\t", "\n"}
# Controls that end a line somewhere: left out as the others are, they would glue two words together.
BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85]")


def clean(text: str | None) -> str | None:
    """What was typed, in one normal form, without characters that nobody can see or store."""
    if text is None:
        return None
    text = BREAKS.sub("\n", text)
    kept = "".join(c for c in text if c in KEEP or unicodedata.category(c) not in ("Cc", "Cs"))
    return unicodedata.normalize("NFC", kept)


def clean_line(text: str | None) -> str | None:
    """One line of text, without the spaces around it."""
    cleaned = clean(text)
    return None if cleaned is None else " ".join(cleaned.split())


class PortalForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """A form with its token; what does not fit is said beside the field, with the text kept."""

    def faults_of(self) -> dict[str, str]:
        """The first sentence for each field that does not fit."""
        return {name: str(errors[0]) for name, errors in self.errors.items() if errors}


class LineField(StringField):
    """One line of text, cleaned."""

    def __init__(self, label: Any = None, most: int = 200, **kwargs: Any) -> None:
        validators = [
            *kwargs.pop("validators", []),
            Length(max=most, message=_l("Use at most %(max)d characters here.")),
        ]
        super().__init__(label, validators=validators, filters=[clean_line], **kwargs)


class WordsField(TextAreaField):
    """Several lines of text, cleaned."""

    def __init__(self, label: Any = None, most: int = 20000, **kwargs: Any) -> None:
        validators = [
            *kwargs.pop("validators", []),
            Length(max=most, message=_l("Use at most %(max)d characters here.")),
        ]
        super().__init__(label, validators=validators, filters=[clean], **kwargs)


class SeenField(HiddenField):
    """Which thing a page was drawn with, by its id or a mark; a page that does not say so has seen none."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """What the page says, and nothing where it is silent: never what stands by now."""
        self.data = valuelist[0] if valuelist else ""


class Said:
    """Something has to be written or chosen here; the sentence says what."""

    field_flags: dict[str, bool] = {"required": True}

    def __init__(self, sentence: Any) -> None:
        self.sentence = sentence

    def __call__(self, _form: Form, field: Field) -> None:
        """Refuse nothing but emptiness."""
        if not field.data or (isinstance(field.data, str) and not field.data.strip()):
            raise ValidationError(self.sentence)
