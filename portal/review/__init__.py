"""The counsellor's reading, and what they write back."""
