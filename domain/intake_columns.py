"""The columns of a staff list and of a case list, with every heading they are known by."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a list and the headings it is known by."""

    key: str
    heading: str
    """The heading we suggest, also accepted."""
    aliases: tuple[str, ...] = ()
    required: bool = False
    """Whether the file must have the column; single cells may still be empty."""


STAFF_FIELDS = (
    Field(
        "name",
        "Name",
        ("Full name", "Staff name", "Employee name", "Employee", "Display name", "Worker", "Worker name"),
        required=True,
    ),
    Field(
        "email",
        "E-mail",
        ("Email address", "Work e-mail", "Work email address", "Mail", "UPN", "User principal name"),
        required=True,
    ),
    Field(
        "directory_id",
        "Directory id",
        ("Object id", "Entra id", "Entra object id", "AAD id", "AAD object id", "Azure AD id"),
    ),
    Field(
        "posts",
        "Posts",
        ("Post", "Role", "Roles", "Job title", "Job titles", "Position", "Post title", "Job role"),
        required=True,
    ),
    Field("team", "Team", ("Team name", "Team(s)", "Work team"), required=True),
    Field("service", "Service", ("Service area", "Service name", "Area"), required=True),
    Field(
        "manager",
        "Manager",
        ("Line manager", "Manager e-mail", "Line manager e-mail", "Line manager email address", "Reports to",
         "Supervisor", "Manager name", "Line manager name", "Manager email address"),
    ),
    Field("auditor", "Auditor", ("Auditor yes/no", "Is auditor", "Audits", "In audit pool")),
    Field(
        "working_days",
        "Working days",
        ("Days worked", "Work days", "Working pattern", "Work pattern", "Days", "Pattern"),
    ),
    Field("leave", "Leave dates", ("Leave", "Annual leave", "Absence", "Away", "Days away", "Holiday")),
    Field(
        "cover",
        "Cover",
        ("Covered by", "Deputy", "Stand in", "Cover e-mail", "Cover person", "Cover name", "Cover by"),
    ),
)  # fmt: skip
"""The columns of a staff list."""

CASE_FIELDS = (
    Field(
        "reference",
        "Reference",
        ("Case reference", "Case ref", "Ref", "Case id", "Case number", "Case no", "Record number",
         "System id", "Child reference", "Case system reference"),
        required=True,
    ),
    Field("team", "Team", ("Team name", "Allocated team", "Case team", "Responsible team"), required=True),
    Field(
        "practitioner",
        "Lead practitioner",
        ("Practitioner", "Lead worker", "Worker", "Allocated worker", "Allocated social worker",
         "Social worker", "Key worker", "Case worker", "Case holder", "Lead practitioner e-mail",
         "Practitioner e-mail", "Allocated worker e-mail", "Worker e-mail", "Lead practitioner name"),
        required=True,
    ),
    Field(
        "supervisor",
        "Supervising manager",
        ("Supervisor", "Manager", "Team manager", "Supervising manager e-mail", "Case supervisor",
         "Worker's manager", "Manager e-mail"),
    ),
    Field(
        "chair",
        "Chair or reviewing officer",
        ("Chair", "IRO", "Reviewing officer", "Independent reviewing officer", "Conference chair", "CP chair",
         "Chair / IRO", "IRO or chair", "Chair or IRO", "Child protection chair", "Chair e-mail"),
    ),
    Field("plan_type", "Plan type", ("Plan", "Case type", "Case status", "Current plan", "Status"),
          required=True),
    Field("gender", "Gender", ("Sex",), required=True),
    Field("birth_date", "Date of birth", ("DOB", "D.O.B.", "Birth date", "Born", "Born on", "Birthdate",
                                          "Date of birth or due date", "DOB or EDD")),
    Field("age", "Age", ("Age in years", "Current age", "Age (years)", "Child age")),
    Field("ethnicity", "Ethnicity", ("Ethnic origin", "Ethnic group", "Ethnic category", "Ethnic background"),
          required=True),
    Field("opened_on", "Opened on", ("Opened", "Open date", "Date opened", "Start date", "Case opened",
                                     "Episode start", "Episode start date", "Referral date"), required=True),
    Field("contact_on", "Opening contact on", ("Opening contact", "Contact date", "Date of contact",
                                               "Opening contact date", "Initial contact", "First contact")),
    Field("closed_on", "Closed on", ("Closed", "Close date", "Date closed", "End date", "Closure date",
                                     "Case closed", "Episode end", "Episode end date")),
)  # fmt: skip
"""The columns of a case list. Date of birth and age are two ways of giving the age band."""
