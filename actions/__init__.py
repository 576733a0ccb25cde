"""The action server: one action, one file."""
