"""The door: visits, forms, headers, and the domain's no as pages."""
