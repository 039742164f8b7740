"""Words on their way: saved at every pause, lost never."""
