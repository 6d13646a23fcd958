"""Nouns of elder care, by what they are about."""

from minzheng.business.elderly.assessment.models import Assessment, AssessmentDraft, Level

__all__ = ["Assessment", "AssessmentDraft", "Level"]
