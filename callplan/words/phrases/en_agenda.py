AGENDA: dict[str, str] = {}
