"""Regular duty and leave as they come from a department's scheduling system: read, compared, brought in."""
