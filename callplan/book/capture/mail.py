"""The calendar or the card inside a saved mail (`.eml`), for mail programs that keep whole messages."""

from __future__ import annotations

_MOST_PARTS = 500  # and their ends


def part_of_mail(data: bytes, kind: str, ending: str, begins: bytes) -> bytes | None:
    """The first part of that MIME type, or with a file name of that ending, from `begins` (in capitals) on."""
    head = data[:20_000].lower()
    if data[:1] == b"<":
        return None
    if b"content-type:" not in head:
        start = head.find(b"\n" + begins.lower())  # "Here is the invitation:", as text
        return data[start + 1 :] if start >= 0 else None
    if kind.partition("/")[2].encode() not in data.lower() and ending.encode() not in data.lower():
        return None
    if data.count(b"\n--") > _MOST_PARTS:
        return None
    import email  # noqa: PLC0415 - only for whole mails
    from email import policy  # noqa: PLC0415

    message = email.message_from_bytes(data, policy=policy.compat32)
    for part in message.walk():
        name = str(part.get_filename() or "").lower()
        if part.get_content_type() in (kind, kind.replace("/", "/x-")) or name.endswith(ending):
            content = part.get_payload(decode=True)
            if isinstance(content, bytes) and begins in content.upper():
                return content[content.upper().index(begins) :]
    return None
