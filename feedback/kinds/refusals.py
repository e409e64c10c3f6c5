"""Why an answer, or a question's settings, cannot be taken. A kind's own sentences stand where it says them."""

EMPTY = "Write something first."
TOO_LONG = "Your answer is {length:,} characters. Shorten it to {limit:,}: nothing is lost."
UNREADABLE = "Your answer could not be read. Send it again: nothing is lost."


class Refused(Exception):
    """An answer, or a question's settings, that cannot be taken.

    `sentence` is for the person, with {names} of what `params` say; `field` the name of the Field it is about ("value",
    "value.<part>").
    """

    def __init__(self, sentence: str, *, field: str = "value", **params: str | int) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field
        self.params = params

    @property
    def message(self) -> str:
        return self.sentence.format(**self.params)

    def __str__(self) -> str:
        return self.message
