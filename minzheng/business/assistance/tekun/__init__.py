"""特困人员救助供养 (A4, A5): recognised, graded by self-care, cared for at home or in an institution (民发〔2021〕43号)."""
