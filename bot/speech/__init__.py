"""Voice messages become text, where the host has set a service for it."""
