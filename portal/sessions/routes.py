"""Pages of this room."""

from flask import Blueprint

pages = Blueprint("sessions", __name__)
