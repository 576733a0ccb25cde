"""Writes a number of days in the form that each language has for it: 1 день, 3 дня, 5 дней."""

from actions.ground import Ground


def counted_days(ground: Ground, count: int, variant: str) -> str:
    """The number with its word; languages with one form say the same three times."""
    return ground.wording.text(f"days_{_form(count, variant)}", variant, count=str(count))


def _form(count: int, variant: str) -> str:
    """One, few or many by the rules of CLDR: https://cldr.unicode.org/index/cldr-spec/plural-rules."""
    if variant != "ru":
        return "one" if count == 1 else "many"
    if count % 10 == 1 and count % 100 != 11:
        return "one"
    return "few" if count % 10 in (2, 3, 4) and count % 100 not in (12, 13, 14) else "many"
