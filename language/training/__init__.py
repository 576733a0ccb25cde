"""Trains the encoder and the language identifier."""
