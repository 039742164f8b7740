"""Words that were written in the wrong chair, under the key of who wrote them."""
