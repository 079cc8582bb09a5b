"""Files: the card that asks whether somebody wants one, and the mail that brings one past a closed chat."""

from cards.mails import file_mail
from domain.errors import RuleBroken
from scheduler.drawing import Drawing, DrawnFile, Needless, Written
from scheduler.ports import Attachment
from storage.offers import FileOffer
from workflows.offer_kinds import KINDS, OfferKind

BY_MAIL = "file_by_mail"
"""The kind of mail that brings a file; its subject is the offer."""


def offer(drawing: Drawing) -> DrawnFile | Needless:
    """The question, while it is open and the person may have the file."""
    found = _open_offer(drawing)
    if isinstance(found, Needless):
        return found
    asked, kind, name = found
    return DrawnFile(name, kind.says, kind.about_bytes, asked.token, "A file for you")


def by_mail(drawing: Drawing) -> Written | Needless:
    """The file itself; only of kinds that hold nothing of a case."""
    found = _open_offer(drawing)
    if isinstance(found, Needless):
        return found
    asked, kind, name = found
    if kind.make is None or not kind.mailable:
        return Needless("such files do not go by mail")
    content = kind.make(drawing.view, drawing.council, drawing.person, asked.subject_id, drawing.now)
    subject, body = file_mail(council_name=drawing.council.house.name)
    return Written(subject, body, (Attachment(name, kind.content_type, content),))


def goes_by_mail(kind: str) -> bool:
    """Whether a file of this kind is mailed to whoever Teams cannot reach."""
    return kind in KINDS and KINDS[kind].mailable


def _open_offer(drawing: Drawing) -> tuple[FileOffer, OfferKind, str] | Needless:
    asked = drawing.view.offers.get(drawing.notice.subject_id)
    if asked is None or asked.state != "offered" or asked.kind not in KINDS:
        return Needless("the file is no longer on offer")
    kind = KINDS[asked.kind]
    try:
        kind.may(drawing.view, drawing.council, drawing.person, asked.subject_id, drawing.now)
        return asked, kind, kind.name(drawing.view, asked.subject_id)
    except RuleBroken:
        return Needless("they may no longer have the file")
