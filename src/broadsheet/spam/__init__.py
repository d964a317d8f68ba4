"""The spam filter: plain Python and NumPy, importable alone."""

from broadsheet.spam.filter import SpamFilter
from broadsheet.spam.storage import DamagedModel
from broadsheet.spam.submission import Submission
from broadsheet.spam.verdict import Clue, Judgement, Verdict

__all__ = ["Clue", "DamagedModel", "Judgement", "SpamFilter", "Submission", "Verdict"]
