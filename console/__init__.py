"""Pages of operators and content team."""
