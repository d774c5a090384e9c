"""The front of the desk: what waits for the person who signs in, by stories, pictures and tags."""
