"""How a roster is read: which columns it has, what a cell says, what a line is; pure."""
