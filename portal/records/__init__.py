"""What crosses all rooms by nature: carrying one's own words away."""
