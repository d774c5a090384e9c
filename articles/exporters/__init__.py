"""What goes out of the newsroom as a file."""
