"""The commands of operators for the whole site."""
