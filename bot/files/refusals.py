"""Why a file is not taken: a code, which is also the key of the sentence that the person reads."""


class RefusedFileError(Exception):
    """`key` names a text of `data/responses/files.yml`."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


TOO_LARGE = "file_too_large"
WRONG_KIND = "file_wrong_kind"
DAMAGED = "file_damaged"
NOT_FETCHED = "file_not_fetched"
EMPTY = "file_empty"
