"""The catalogue of homework: exercises, editions, questions and programmes."""
