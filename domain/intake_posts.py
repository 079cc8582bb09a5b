"""How posts are written in staff lists, and what each of them means.

Source: the framework's short forms and alias table; CA-02.
"""

import re

from domain.intake import shown
from domain.people import Post

_ALIASES: dict[Post, tuple[str, ...]] = {
    Post.PRACTITIONER: (
        "practitioner", "lead practitioner", "social worker", "sw", "senior social worker", "ssw", "nqsw",
        "newly qualified social worker", "asye", "asye social worker", "advanced practitioner", "ap",
        "senior practitioner", "early help practitioner", "early help worker", "family support worker", "fsw",
        "family worker", "family practitioner", "personal adviser", "personal advisor", "pa",
        "social work assistant", "children's practitioner", "key worker", "youth worker",
    ),
    Post.ATM: ("atm", "assistant team manager", "deputy team manager", "dtm"),
    Post.TM: ("tm", "team manager", "team leader"),
    Post.SM: ("sm", "service manager", "head of service", "hos"),
    Post.PSW: ("psw", "principal social worker"),
    Post.PC: ("pc", "practice consultant"),
    Post.CP_CHAIR: (
        "cp chair", "cpc", "cp conference chair", "child protection chair",
        "child protection conference chair", "conference chair", "chair",
    ),
    Post.IRO: ("iro", "independent reviewing officer", "reviewing officer"),
    Post.AD_QA: (
        "ad qa", "ad for qa", "ad quality assurance", "ad quality assurance and safeguarding",
        "ad quality assurance safeguarding and standards", "ad quality assurance and safeguarding standards",
        "assistant director quality assurance", "assistant director for quality assurance",
        "assistant director quality assurance and safeguarding", "assistant director qa",
    ),
    Post.AD_CARE: (
        "ad care", "ad social care", "ad social care and early help", "ad for children's social care",
        "ad children's social care", "assistant director social care and early help",
        "assistant director children's social care", "assistant director for children's social care",
    ),
    Post.DCS: (
        "dcs", "director of children's services", "director children's services", "corporate director",
    ),
    Post.QAO: ("qao", "qa officer", "quality assurance officer", "qa", "quality assurance"),
    Post.SM_QA: (
        "sm qa", "sm for qa", "sm quality assurance", "sm for quality assurance",
        "sm for qa and safeguarding", "sm qa and safeguarding", "service manager quality assurance",
        "service manager for quality assurance",
        "service manager qa and safeguarding", "service manager quality assurance and safeguarding",
        "service manager qa",
    ),
    Post.SM_IMPACT: (
        "sm impact", "sm impact and intelligence", "sm intelligence and impact",
        "service manager impact and intelligence", "service manager intelligence and impact",
    ),
    Post.PMPM: ("pmpm", "practice model project manager"),
    Post.PERFORMANCE: ("performance officer", "performance", "performance analyst"),
    Post.COMPLAINTS: ("complaints officer", "complaints", "complaints manager", "customer relations officer"),
    Post.LEARNING: (
        "learning and development lead", "learning development lead", "learning and development", "l&d lead",
        "l&d", "workforce development lead",
    ),
    Post.POLICY: ("policy officer", "policy"),
    Post.LEAD_MEMBER: (
        "lead member", "lead member for children", "lead member for children's services",
        "lead member for children and families",
        "lead councillor for children", "cabinet member for children",
        "cabinet member for children's services", "portfolio holder for children",
    ),
}  # fmt: skip


def _key(text: str) -> str:
    words = re.sub(r"[’'`]", "", text.casefold()).replace("&", " and ")
    return " ".join(re.findall(r"[^\W_]+", words))


_BY_ALIAS = {
    _key(name): post for post, aliases in _ALIASES.items() for name in (post.replace("_", " "), *aliases)
}


def read_posts(text: str) -> frozenset[Post]:
    """The posts named in the cell, parted by ; , or /.

    A whole cell that is one post's name is that post, so a comma inside a title does no harm. Raises
    ValueError naming the words that are no post.
    """
    whole = _BY_ALIAS.get(_key(text))
    if whole is not None:
        return frozenset({whole})
    parts = [part.strip() for part in re.split(r"[;,/\n]", text) if part.strip()]
    unknown = [shown(part) for part in parts if _key(part) not in _BY_ALIAS]
    if unknown or not parts:
        raise ValueError(
            (f"“{'”, “'.join(unknown)}” is not a post the framework knows. " if unknown else "")
            + f"Use one or several of: {', '.join(post_names())}."
        )
    return frozenset(_BY_ALIAS[_key(part)] for part in parts)


def post_names() -> tuple[str, ...]:
    """The plainest accepted name of every post, for messages and the guide."""
    return tuple(_PLAIN[post] for post in Post)


def post_name(post: Post) -> str:
    """The plainest accepted name of a post."""
    return _PLAIN[post]


def post_aliases(post: Post) -> tuple[str, ...]:
    """Every accepted name of the post, beside its plain one."""
    return _ALIASES[post]


_PLAIN = {
    Post.PRACTITIONER: "Social worker",
    Post.ATM: "Assistant team manager",
    Post.TM: "Team manager",
    Post.SM: "Service manager",
    Post.PSW: "Principal social worker",
    Post.PC: "Practice consultant",
    Post.CP_CHAIR: "Child protection chair",
    Post.IRO: "Independent reviewing officer",
    Post.AD_QA: "AD Quality Assurance",
    Post.AD_CARE: "AD Social Care and Early Help",
    Post.DCS: "Director of Children's Services",
    Post.QAO: "Quality assurance officer",
    Post.SM_QA: "SM Quality Assurance",
    Post.SM_IMPACT: "SM Impact and Intelligence",
    Post.PMPM: "Practice model project manager",
    Post.PERFORMANCE: "Performance officer",
    Post.COMPLAINTS: "Complaints officer",
    Post.LEARNING: "Learning and development lead",
    Post.POLICY: "Policy officer",
    Post.LEAD_MEMBER: "Lead Member for Children",
}
