"""What partners write: their pieces, their drafts, their sending, and what two write on one sheet."""

from flask import Blueprint

from portal.reflections.drafts.routes import RULES as DRAFTS
from portal.reflections.joint.routes import RULES as SHEETS
from portal.reflections.pieces.routes import RULES as PIECES
from portal.reflections.sending.routes import RULES as SENDING

pages = Blueprint("reflections", __name__)

for rule, page, methods in (*PIECES, *DRAFTS, *SENDING):
    pages.add_url_rule(rule, view_func=page, methods=methods)
for rule, page, methods, name in SHEETS:
    pages.add_url_rule(rule, name, page, methods=methods)
