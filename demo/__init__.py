"""The demo newsroom: data, pictures and the command that loads them. The product runs without this folder."""
