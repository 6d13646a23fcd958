"""What the children's line keeps. Files of children are the most restricted class (walls.py, permissions.py)."""

from minzheng.business.children.models.parents import Parent, ParentState, Side

__all__ = ["Parent", "ParentState", "Side"]
