"""The application as a server imports it."""

import os

from config import Config
from portal import create_app

app = create_app(Config.from_environment(os.environ))
