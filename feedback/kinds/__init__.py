"""The kinds of question, in the order of the menu: `kinds["text"].validate(config, raw)`."""

from feedback.kinds.ask import Ask
from feedback.kinds.base import Kind
from feedback.kinds.choice import Choice
from feedback.kinds.choices import Choices
from feedback.kinds.commitment import Commitment
from feedback.kinds.maturity import Maturity
from feedback.kinds.number import Number
from feedback.kinds.points import Points
from feedback.kinds.ranking import Ranking
from feedback.kinds.scale import Scale
from feedback.kinds.spectrum import Spectrum
from feedback.kinds.text import Text
from feedback.kinds.words import Words

_IN_ORDER: tuple[Kind, ...] = (
    Text(),
    Words(),
    Choice(),
    Scale(),
    Ask(),
    Choices(),
    Spectrum(),
    Ranking(),
    Points(),
    Number(),
    Maturity(),
    Commitment(),
)

kinds: dict[str, Kind] = {kind.name: kind for kind in _IN_ORDER}
only_for_their_author = [kind.name for kind in _IN_ORDER if kind.is_private]
free_text = _IN_ORDER[0]  # in which people write to themselves too
