"""The home page, my page and the seed command: what composes all the other rooms."""
