"""Which language and script, folding, transliteration, entities, the sentence encoder."""
