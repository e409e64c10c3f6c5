"""Who speaks, told from titles and from each other."""

import pytest

from agenda.importers.people import parted, shown


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Ann Lee and Ben Fox, University of York", ("Ann Lee", "Ben Fox, University of York")),
        ("Ann Lee (NHS) & Ben Fox (Leeds)", ("Ann Lee (NHS)", "Ben Fox (Leeds)")),
        ("Eeva Rake, Sanna Sauna and Hanna Hennt", ("Eeva Rake", "Sanna Sauna", "Hanna Hennt")),
        ("Dr Ann Lee of the Open Group [Slides (PDF)]", ("Dr Ann Lee of the Open Group",)),
        ("Leeds City Council and Bradford Council", ("Leeds City Council and Bradford Council",)),
    ],
)
def test_several_who_speak_are_told_apart(text: str, people: tuple[str, ...]) -> None:
    assert shown(text) == people


@pytest.mark.parametrize(
    ("text", "title", "people"),
    [
        ('Tom Bowles (President elect) " The patrol: 100 up"', "The patrol: 100 up", ("Tom Bowles (President elect)",)),
        ("Dr Allan Miles: ‘Early clocks: sand and water’", "Early clocks: sand and water", ("Dr Allan Miles",)),
        ("Welcome (Rupert Beckett Lecture Theatre)", "Welcome (Rupert Beckett Lecture Theatre)", ()),
        ("Bonfire, Hot Chocolate, Stories & Games", "Bonfire, Hot Chocolate, Stories & Games", ()),
        ('The report "Data for all"', 'The report "Data for all"', ()),
    ],
)
def test_a_title_is_told_from_who_speaks(text: str, title: str, people: tuple[str, ...]) -> None:
    assert parted(text) == (title, people)
