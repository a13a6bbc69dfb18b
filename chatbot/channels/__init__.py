"""Channels that are not pages or sockets."""
