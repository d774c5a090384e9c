"""The audit log: everything that was done on the desk, by whom, when and to what, and what was refused."""
