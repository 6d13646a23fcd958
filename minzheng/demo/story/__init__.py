"""The main job before the user's eyes: missed families are found, helped, decided on and paid by the cast."""
