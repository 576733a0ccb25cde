"""Small pictures of what the rules say: values in, bytes of a PNG out; each says nothing that its text does not say."""
