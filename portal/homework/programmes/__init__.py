"""Programmes under way: exercises in an order, prepared for a couple and given one by one."""
