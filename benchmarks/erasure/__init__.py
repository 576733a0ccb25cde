"""The proof of erasure: a conversation full of everything, erased in the chat, and a search for what is left."""
