"""The gateway: receive, store, look for danger, gate, ask, deliver."""
