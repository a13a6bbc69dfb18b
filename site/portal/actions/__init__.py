"""What composes all rooms: the seeding of a new site."""
