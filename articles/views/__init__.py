"""What readers open, one file a kind of page. Views fetch, ask and render."""
