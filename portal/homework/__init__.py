"""An edition given to a couple or to one partner, by a day."""
