"""Pure rules: danger, deadlines, contacts."""
