"""Why an answer that its kind takes is not stored, in the sentences people read. What was written stays with them."""

from django.utils.translation import gettext as _

from agenda.services import Refused


class Closed(Refused):
    """The day no longer takes answers to this question; what was written stays with the person who wrote it."""


class Full(Refused):
    """One phone has put as many notes on a sheet as it may."""

    def __init__(self, most: int) -> None:
        said = _("You have %(n)s notes on this sheet, as many as it takes from one phone. Change one, or delete one.")
        super().__init__(said % {"n": most})


class NoTable(Refused):
    """One person at each table writes, and this one did not say for which."""

    def __init__(self) -> None:
        super().__init__(
            _("One person at each table writes. If that is you, say which table: what you wrote is still here.")
        )


class ForCouncillors(Refused):
    """The seat it comes from has not said that it is a councillor's."""

    def __init__(self, role: str) -> None:
        if role:
            super().__init__(_("This question is for councillors, so it was not taken. What you wrote is still here."))
        else:
            super().__init__(
                _("This question is for councillors. Say first that you are one. What you wrote is still here.")
            )


class NotNow(Refused):
    """Nothing is wrong with the answer: the database cannot take it at this moment."""

    def __init__(self) -> None:
        super().__init__(_("This could not be saved just now. What you wrote is still here: send it again."))
