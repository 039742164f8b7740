"""The sample practice: invented couples, brought in through the portal's own services."""
