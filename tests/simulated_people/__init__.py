"""People made up by chance who use the tools, typing or tapping, with detours; see docs/figures.md.

A new tool joins by one file in `tools/` that gives a `Tool`, and its name in `tools/__init__.py`.
"""
