"""The emulated speech service."""
