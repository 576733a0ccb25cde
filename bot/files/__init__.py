"""Files that migrants send: which kinds are taken, judged by their content, and made harmless."""
