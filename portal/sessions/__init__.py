"""The counselling hours: who came, what was said for whom, what was agreed."""
