"""Tags on the desk: their list and form, merging and deleting with undo, and the vocabulary as a file."""
