"""What each mark does to a case."""

from minzheng.foundation.cases.effects import applying, deciding, reviewing
from minzheng.foundation.cases.effects.word import EFFECTS, Made

__all__ = ["EFFECTS", "Made", "applying", "deciding", "reviewing"]
