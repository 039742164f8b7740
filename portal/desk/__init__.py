"""The two home pages: the counsellor's desk and the partner's week."""
