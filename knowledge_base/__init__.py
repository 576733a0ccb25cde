"""A question in, an answer or “not in our content” out."""
