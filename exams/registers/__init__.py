"""Reading the files in which old registers of certificates come."""
