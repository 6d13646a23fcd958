"""Declared forms: questions, cleaning with errors that say what to do, rendering."""

from minzheng.foundation.forms.questions import Form, Group, Question, Section, When, pages_of, when

__all__ = ["Form", "Group", "Question", "Section", "When", "pages_of", "when"]
