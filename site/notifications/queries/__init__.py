"""Reading notices, deliveries and wishes."""
