"""An e-mail draft with a document attached. sptool sends nothing: an officer opens, addresses and sends it."""

from __future__ import annotations

from collections.abc import Sequence
from email.message import EmailMessage
from email.policy import SMTP
from hashlib import sha256

from sptool.documents.formats.about import About, Format

MEDIA: dict[Format, tuple[str, str]] = {
    "md": ("text", "markdown"),
    "docx": ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "pdf": ("application", "pdf"),
    "html": ("text", "html"),
}


def subject_of(about: About) -> str:
    """The subject: the reference only, for a subject is read by whoever passes the message on."""
    return f"Our reference {about.reference}" if about.reference else "A document from the partnership"


def text_of(about: About, file_name: str, reader: str, salutation: str = "Dear colleague") -> str:
    """What the message says, which is also written beside it as plain text.

    Args:
        reader: whom it is for, by role or agency.
        salutation: how it begins, without the comma.
    """
    under = f" under our reference {about.reference}" if about.reference else ""
    return (
        f"For {reader}\n\n{salutation},\n\nA document{under} is attached.\n\n"
        "It is confidential and meant only for the person or team that this message is addressed to. "
        "If it reached you by mistake, please tell us and delete it.\n\n"
        "Please quote our reference in your answer, and put no names in its subject.\n\n"
        f"Yours sincerely,\n\nThe partnership team\n{about.partnership}\n\nAttached: {file_name}\n"
    )


def as_draft(
    about: About,
    text: str,
    file_name: str,
    content: bytes,
    of: Format,
    also: Sequence[tuple[str, bytes, Format]] = (),
) -> bytes:
    """An e-mail that opens as a draft in Outlook (`X-Unsent`), addressed to nobody yet.

    Args:
        file_name: what the attached file is called; it identifies nobody.
        also: further files, such as a form to answer on: name, content and format of each.
    """
    message = EmailMessage(policy=SMTP)
    message["X-Unsent"] = "1"
    message["Subject"] = subject_of(about)
    message.set_content(text, cte="quoted-printable")
    for name, attached, to in ((file_name, content, of), *also):
        media, kind = MEDIA[to]
        message.add_attachment(attached, maintype=media, subtype=kind, filename=name)
    message.set_boundary(f"=_{sha256(content).hexdigest()[:32]}")
    return message.as_bytes()
