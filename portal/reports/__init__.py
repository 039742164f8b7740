"""Session summaries: what one hour comes to on paper, and for whom."""
