"""The couple's file: asked for, authorised by everybody whom it is about, and handed out on record."""
