"""The wrong chair: a piece of work goes to the person who wrote it."""
