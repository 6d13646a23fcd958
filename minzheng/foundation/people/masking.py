"""Personal data as shown by default (handbook 10, PIPL): enough to recognize, too little to misuse."""


def mask_id_no(number: str | None) -> str:
    """110101********002X: the first six and the last four."""
    return _keep(number, 6, 4)


def mask_birth_date(date: object) -> str:
    """1986年: beside the first six and the last four of a number, the whole date would give the number away."""
    return f"{str(date)[:4]}年" if date else ""


def mask_phone(number: str | None) -> str:
    """139****1234."""
    return _keep(number, 3, 4)


def mask_account(number: str | None) -> str:
    """Only the last four digits of a bank account."""
    return _keep(number, 0, 4)


def mask_name(name: str | None) -> str:
    """The last character masked, for public lists; a single character is masked altogether."""
    return name[:-1] + "*" if name else ""


def _keep(text: str | None, first: int, last: int) -> str:
    """Too short to keep anything apart: everything is hidden."""
    if not text:
        return ""
    hidden = len(text) - first - last
    return text[:first] + "*" * hidden + text[-last:] if hidden > 0 else "*" * len(text)
