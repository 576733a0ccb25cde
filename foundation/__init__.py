"""The floor: settings, privacy, logs, clock; imports nothing of ours."""
