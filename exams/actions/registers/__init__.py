"""Old registers of certificates: hand in, read, decide, take over."""
