"""Benchmarks of the language core: on public sets, on our own held-out sentences, and of its speed."""
