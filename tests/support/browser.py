"""A browser that looks twice at every page, and fills in only the forms that are really there."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import html5lib
from bs4 import BeautifulSoup, Tag
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from config import Argon2Cost, Config
from portal import create_app
from portal.accounts.arrival import as_nobody  # noqa: F401 - the door's room is loaded with the app
from portal.accounts.passwords import Terms
from portal.accounts.service import make_account, sign_in
from portal.people.models import Person, PolicyAcknowledgement
from portal.vocabulary import Role
from tests.support.moments import StandingClock
from tests.support.world import World

LOWEST = Argon2Cost(memory_kib=64, passes=1, lanes=1)
NAMELESS = ("hidden", "submit", "button")
