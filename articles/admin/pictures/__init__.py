"""The picture library on the desk."""
