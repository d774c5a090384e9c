"""The command of the demo newsroom."""
