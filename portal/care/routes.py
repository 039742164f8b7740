"""Pages of this room."""

from flask import Blueprint

pages = Blueprint("care", __name__)
