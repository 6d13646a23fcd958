"""A toy line of business, a tennis club: proves that the foundation knows no business by name.

It declares what a real line declares and nothing else; every screen, import, export, right and audit entry
that its tests see comes from the foundation.
"""
