"""Why an answer, or a question's settings, cannot be taken, in sentences for people."""

SENTENCES = {
    "empty": "Write something first.",
    "too_long": "Your answer is {length:,} characters. Shorten it to {limit:,}: nothing is lost.",
    "no_words": "Write at least one word.",
    "long_words": "“{start}…” is {length:,} characters. Shorten it to {limit}: nothing is lost.",
    "no_choice": "Choose one of the answers.",
    "no_choices": "Choose one answer or more.",
    "too_many_choices": "You have chosen {count}. Choose {most} at most.",
    "none_and_more": "You have chosen “None of these” and something else. Keep one or the other.",
    "no_place_chosen": "Choose a {place}, or skip: {part}",
    "no_place": "Give “{option}” a place from 1 to {places}, or none yet.",
    "same_place": "Two of them have place {place}. Give each a place of its own.",
    "not_in_order": "Give each place from 1 to {places} once.",
    "no_number": "Write a number.",
    "not_a_number": "Write a number in digits, nothing else.",
    "too_fine": "Round your number: {rounded} is precise enough.",
    "number_between": "Write a number from {least} to {most}.",
    "number_too_low": "Write {least} or more.",
    "too_low_a_bound": "Write more than {least}.",
    "no_points": "Share {points} points among the answers.",
    "points_left": "You have shared {given} of {points} points. {left} left to share.",
    "points_over": "You have shared {given:,} points. That is {over:,} too many: there are {points}.",
    "whole_points": "Write a whole number of points, or nothing: {option}",
    "unreadable": "Your answer could not be read. Send it again: nothing is lost.",
    "config": "The settings of this question do not fit its kind. Look at: {where}.",
    "too_few_lines": "Write at least {least}, one on a line.",
    "too_many_lines": "These are {count:,} {things}, and nobody can take in so many. Keep {most} at most.",
    "same_line": "“{line}” stands there twice. Keep one of them.",
    "whole_between": "Write a whole number from {least:,} to {most:,}.",
    "not_two_views": "Write two views with … between them: “{line}”.",
    "no_top": "Write a number from 1 to {most}, or nothing if all of them are put in order.",
    "level_first": "Begin with what is looked at. Its levels follow below it, each line with a - in front.",
    "long_line": "The line that begins “{start}” is {length:,} characters. Shorten it to {limit}: nothing is lost.",
}


class Refused(Exception):
    """An answer, or a question's settings, that cannot be taken.

    `message` is a sentence for the person; `field` the name of the Field it is about ("value", "value.<part>").
    """

    def __init__(self, message_id: str, *, field: str = "value", **params: str | int) -> None:
        super().__init__(message_id)
        self.message_id = message_id
        self.field = field
        self.params = params

    @property
    def message(self) -> str:
        return SENTENCES[self.message_id].format(**self.params)

    def __str__(self) -> str:
        return self.message
