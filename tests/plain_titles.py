"""The title of a button as the wording has it, without the picture that a channel puts before it."""


def plain(shown: str) -> str:
    """The title without its picture."""
    picture, blank, title = shown.partition(" ")
    return title if blank and is_picture(picture) else shown


def is_picture(text: str) -> bool:
    """Whether it has no letter and no figure of any script: an emoji or a flag."""
    return bool(text) and not any(character.isalnum() or character in ".,–-" for character in text)
