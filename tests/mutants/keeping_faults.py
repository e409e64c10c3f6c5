"""Faults in what keeps answers apart from people once the day is over."""

from .fault import Fault

SEALING = "tests/feedback/test_sealing.py"

KEEPING = [
    Fault(
        "how often somebody changed their mind is kept",
        "feedback/sealing.py",
        "        id=uuid.uuid4(),\n",
        "        id=uuid.uuid4(),\n        edit=row.edit,\n",
        f"{SEALING} tests/feedback/test_intruder.py",
    ),
    Fault(
        "respondents stay what they were",
        "feedback/sealing.py",
        "_anew(row, names[_joined_by(row, sheets)], ",
        'row.respondent and _anew(row, row.respondent or "", ',
        SEALING,
    ),
    Fault(
        "names are taken off while another room waits",
        "feedback/sealing.py",
        "or not _is_due(workshop) or a_day_runs():",
        "or not _is_due(workshop):",
        SEALING,
    ),
    Fault(
        "the log of the latest writes keeps what was taken out",
        "feedback/sweeping.py",
        "wal_checkpoint(TRUNCATE)",
        "wal_checkpoint(PASSIVE)",
        "tests/feedback/test_bytes_gone.py",
    ),
    Fault(
        "a phone brings back what was removed for good",
        "feedback/handing_in.py",
        "if key in self._gone:",
        "if not key:",
        "tests/live/test_removing.py",
    ),
    Fault(
        "a photo takes along what its camera wrote",
        "feedback/developing.py",
        "    return paper\n\n\ndef _on_white",
        "    return upright\n\n\ndef _on_white",
        "tests/feedback/test_developing.py",
    ),
]
