"""Translation services on loopback, written from their documentation, which can misbehave."""
