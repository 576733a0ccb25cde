"""Everything said and who holds it; the only SQL."""
