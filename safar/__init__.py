"""The safar command; the only place that joins everything."""
