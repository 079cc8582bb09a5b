"""Column headings of a spreadsheet that would bring a child's or family's identity with them.

A heading is read by the role it speaks of (child, family or staff) and by what it promises about that role
(a name, a way to reach them, a number from health or education). Source: SG-01.
"""

import re

from domain.identifier_words import words

_FAMILY = words(
    """child childs children childrens baby pupil student client clients subject patient mother mothers mum
    mums father fathers dad dads parent parents carer carers guardian guardians sibling siblings brother
    brothers sister sisters son sons daughter daughters grandparent grandparents grandmother grandfather
    grandma grandpa gran nan grandad granddad grandson granddaughter stepmum stepdad stepson
    stepdaughter aunt auntie uncle cousin niece nephew husband wife spouse boyfriend girlfriend family
    families household genogram kin"""
)
_BEFORE_A_ROLE = words(
    """step birth foster adoptive adopted god half grand great kinship connected respite main primary
    natural biological"""
)
_STAFF = words(
    """worker workers practitioner manager supervisor supervising auditor chair chairs iro officer staff team
    service lead allocated keyworker caseworker consultant sw tm atm sm psw employee reviewing qa"""
)
_NAME = words(
    """name names forename forenames surname surnames firstname lastname fullname initials alias aliases aka
    nickname familyname givenname"""
)
_REACH = words(
    """phone telephone tel mobile mob landline email emails address addresses addr postcode postcodes pcode
    street town city village uprn usrn"""
)
_DWELLINGS = words("house flat")
_OF_A_DWELLING = words("number no")
_NUMBERS = {"nhs": "health", "chi": "health", "upn": "education", "uln": "education"}
_PLACES = {
    **dict.fromkeys(("gp", "dentist", "surgery", "hospital"), "health"),
    **dict.fromkeys(("school", "schools", "nursery", "college", "academy"), "education"),
}
_NOT_A_PERSON = words("plan type category status file system legal area region ward")
_BESIDE_A_ROLE = words("the and of in details members next other") | _BEFORE_A_ROLE

# In these the word "child" or "family" names a kind of work and not a person.
_KINDS_OF_WORK = re.compile(
    r"child(?:ren)? (?:protection|in need|in care|looked after)|looked after child(?:ren)?"
    r"|childrens? (?:services?|social care|team)|children with disabilities"
    r"|family (?:group|safeguarding|help)"
)
_SAME_AS_CHILD = re.compile(r"young (?:persons?|people)|service users?")
_LONG_NUMBERS = re.compile(
    r"(nhsn|national health|\bhealth (?:n|id\b|ref))"
    r"|(unique ?pupil|unique ?learner|pupil (?:n|id\b|ref)|student (?:no\b|number|id\b|ref)|ulnn|upnn)"
)

# Ends by which words run together are parted: "childname", "homeaddress". Short roles such as "son" are not
# among them, for the sake of "reason", "season" and "person".
_ENDINGS = tuple(
    sorted(
        words(
            """name names forename forenames surname surnames address addresses postcode postcodes phone
            telephone mobile email emails number ref child children pupil student client patient mother father
            parent parents carer carers guardian sibling siblings brother sister worker practitioner manager
            officer supervisor"""
        ),
        key=len,
        reverse=True,
    )
)
_WHOLE = _NAME | _REACH | _FAMILY | _STAFF | words("username usernames rename")
_PARTED_WORDS = (
    ("e mail", "email"),
    ("post code", "postcode"),
    ("zip code", "postcode"),
    ("sur name", "surname"),
)

_TAKE_OUT = "Please take this column out and import again: cases are known by their reference alone."
_SAY_STAFF = "If it is about a member of staff, say so in the heading, for example"


def refused_heading(heading: str, kind: str) -> str | None:
    """Why a column of this heading may not be in the file; None when it may.

    `kind` is "cases" or "staff". A staff file is about staff, so their names and addresses belong there;
    a case list may name staff but nobody else. Raises ValueError for another kind. Source: SG-01.
    """
    if kind not in ("cases", "staff"):
        raise ValueError(f"There is no kind of file called {kind!r}.")
    told = _told(heading)
    about_family = _speaks_of_family(told, kind)
    shown = f"“{heading.strip()}”"
    if origin := _outside_origin(told, about_family=about_family and kind == "cases"):
        return f"{shown} looks like a child's number or place from {origin}. {_TAKE_OUT}"
    if about_family and _is_contact(set(told)):
        return (
            f"{shown} looks like a child's or family's address or contact. {_TAKE_OUT} "
            f"{_SAY_STAFF} “Social worker email”."
        )
    if about_family and (_is_name(set(told)) or _is_bare_role(set(told))):
        return (
            f"{shown} looks like the name of a child or of someone in the family. {_TAKE_OUT} "
            f"{_SAY_STAFF} “Social worker name”."
        )
    return None


def _told(heading: str) -> list[str]:
    """The words of the heading, whether written "Child's Name", "child_name", "ChildName1" or "childname"."""
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", heading.strip())
    plain = re.sub(r"['’`]", "", re.sub(r"['’`]s\b", "", parted.lower())).replace("e-mail", "email")
    # Letters and digits apart: "Address1" is an address. Single letters together: "N.H.S." is one word.
    line = " ".join(re.findall(r"[a-z]+|[0-9]+", plain))
    line = re.sub(r"\b[a-z](?: [a-z]\b)+", lambda found: found[0].replace(" ", ""), line)
    for apart, together in _PARTED_WORDS:
        line = re.sub(rf"\b{apart}", together, line)
    line = " ".join(part for word in line.split() for part in _run_together(word))
    return _SAME_AS_CHILD.sub("child", _KINDS_OF_WORK.sub(" ", line)).split()


def _run_together(word: str) -> list[str]:
    """The word, parted by its endings: "socialworkername" is social, worker and name."""
    if word in _WHOLE:
        return [word]
    for ending in _ENDINGS:
        front = word.removesuffix(ending)
        if len(front) > 1 and front != word:
            return [*_run_together(front), ending]
    return [word]


def _outside_origin(told: list[str], *, about_family: bool) -> str | None:
    """Whether the heading speaks of a number or place from "health" or "education"."""
    origins = _NUMBERS | _PLACES if about_family else _NUMBERS
    for word in told:
        if word in origins:
            return origins[word]
    found = _LONG_NUMBERS.search(" ".join(told))
    if found is None:
        return None
    return "health" if found[1] else "education"


def _speaks_of_family(told: list[str], kind: str) -> bool:
    """Whether the last role the heading mentions is a child's or family's: "Child's social worker" is not."""
    for word in reversed(told):
        if word in _STAFF:
            return False
        if word in _FAMILY:
            return True
    # Nobody is mentioned: in each file such a column is about those whom the file lists.
    return kind == "cases"


def _is_contact(told: set[str]) -> bool:
    # "Opening contact on" is the date of a referral and wanted; "Contact number" is not.
    if "contact" in told and told & {"number", "no", "details", "emergency"}:
        return True
    words_alone = {word for word in told if not word.isdigit()}
    dwelling = bool(told & _DWELLINGS) and words_alone <= _DWELLINGS | _OF_A_DWELLING
    return dwelling or bool(told & _REACH)


def _is_name(told: set[str]) -> bool:
    named = bool(told & _NAME) or {"known", "as"} <= told
    return named and (not told & _NOT_A_PERSON or bool(told & _FAMILY))


def _is_bare_role(told: set[str]) -> bool:
    """Whether it is a column of people, most likely by name: "Mother", "Parent 1", "Next of kin"."""
    people = {word for word in told if not word.isdigit()}
    return bool(people & _FAMILY) and not people - _FAMILY - _BESIDE_A_ROLE
