"""What says who a child is, is found; what merely has capitals or figures is left alone.

Every name here is made up, and the numbers are those set aside for examples.
"""

import pytest

from domain.identifiers import Kind, person_like, refused_heading, refused_reference

HARMLESS = (
    "Planning is effective because the social worker visits weekly, so the child feels safe.",
    "Signs of Safety scaling was used and the Danger Statement is clear.",
    "Child Protection Plan reviewed at the Initial Child Protection Conference on 3 May 2026.",
    "The Early Help worker and Brambles agreed the next step with Conifers and Here4U.",
    "In May and on Monday the IRO chaired a Child in Care Review.",
    "Mother told the social worker that home feels calmer. Father said he felt heard.",
    "The mother, Early Help and CAMHS met at the Family Group Conference.",
    "Supervision on 12/03/2026, 09/04/2026 and 7 May 2026 shows reflection.",
    "Strategy Discussion held with Thames Valley Police and Royal Berkshire Hospital.",
    "The child attends St Mary's School and Oakfield Primary School.",
    "A disclosure under Clare's Law was made. The child is Black Caribbean and Muslim.",
    "The Social Worker completed a Graded Care Profile with Mum and Dad.",
    "The Independent Reviewing Officer raised drift; the Team Manager responded within five working days.",
    "Parents' views: Mum said the plan helps. Dad: not reached despite three calls.",
    "GL-P7 and CA-06 apply; section 47 enquiries and S17 support continued for 10 weeks.",
    "Working Together to Safeguard Children asks for timely review. West Berkshire Council leads.",
    "Good Practice Standards were met. Practitioner used Three Houses and Words and Pictures.",
    "This audit covers 1 November 2025 to 1 May 2026. Case 1234567 has 12 visits.",
    "The Youth Justice Service, Adopt Thames Valley and the Multi-Agency Safeguarding Hub shared facts.",
    "Requires Improvement, as the chronology stops in March. It could be Good once the plan is SMART.",
    "The Children's Guardian agreed. The Court ordered an Interim Care Order on 02/02/2026.",
    "A Child and Family Assessment was finished within 45 days; the Public Law Outline began.",
    "- Visits were regular\n- Recording is timely",
    "She (the child) uses Makaton and loves Lego.",
    "The father, Polish by birth, has an interpreter; Ofsted said the service had improved.",
    "The health visitor and Key Stage 2 teacher were consulted. Reference BR-20417 refers.",
    "Impact on child: Visits helped. The worker: Good relationship.",
    "The S47 1st visit and the S17 3rd visit were on time.",
    "The Registration took place; the child Participation worker attended.",
    "See the plan of 03-05-2026 10:30 and the note of 04.05.2026.",
    "Everyone said the plan helps. Mr K and Ms B took part.",
    "The child 7Mostly 2 visits. Section 47Enquiry helped the worker Zx4Uplan.",
    "She met staff of Adopt Larchdale Zyrek, then of Larches Wing House and Firs Copse School.",
    "They read Larches Firs Copse Wing Oaken together.",
    "Everything said there helps. Nothing told us more.",
    "At Saint Kelly's and St Thomas' Primary, as in James Street, and under Sarah's Law.",
    "Parents’ group; the mother's Fortnightly visits; a visit to Oakham’s farm.",
    "At Kelly’s House, at Kelly's House and at Thomas’ House; under Sarah’s Law.",
    "Dr said so. Miss 7 visits. The MISS form and the Dr on call.",
    "A child Participation plan, child Adaptations, child Attunement, child Endearments, child Kindness.",
    "A child Companionship, child Hardships, child Criminology and child Abilities.",
    "The worker TM rang; mum SW and mum’s Fortnightly plan.",
    "The Deputy Head rang, then a Consultant Paediatrician and the Drug Counsellor.",
    "He has Autism Spectrum Disorder; Foetal Alcohol Syndrome was ruled out by a Child Psychologist.",
    "Plans for Staying Put follow the Golden Thread; they used Brighter Futures well.",
    "They moved to Rose Cottage near Whitley Wood, then to Summer Lane.",
    "Will the plan hold? It will. Hope is high. May it last. Grace is needed.",
    "From March to May the plan held; review moved to April 2026. By Summer told again.",
    "May 2026 saw May half term; on 3 May said mum. In May told staff. Visits in April and May lived on.",
    "The Polish family was visited, then the Ruritanian family and the Early Help family.",
    "Landlords told the worker. The neighbour told us. Everybody told the school. Teacher told us.",
    "Progress was seen at home. English was spoken at home. Everyone was seen alone.",
    "Visits to Swindon were paid. She spoke to CAMHS and Kooth, spoke with Barnardo's, met Larch Outreach.",
    "Siblings and Teachers say it helps. Parents and Carers feel heard. Contact with Father is weekly.",
    "The worker moved to Larchdale and works with Zyrek.",
    "Faith Groups met. Hope House offers respite. Amber Larchdale Protocol applies. Rose Cottage is let.",
    "Will Larchdale take him? Chase Larchdale for the report. Mark Larchdale as done. Storm Zyra shut it.",
    "Summer Larchdale was hard. May Larchdale began. April Zyrek is due. Grace is needed.",
    "A TIA was ruled out; Dad went to Frankie's Respect and the Royal Albert Hall.",
    "Amber Rating given. Amber Alert sent. Crystal Palace won. Honey Bee Project met.",
    "Joy Larches grew. Ivy Lane is near. Pearl Larchings were sold.",
    "",
)


@pytest.mark.rule("SG-01")
@pytest.mark.parametrize("text", HARMLESS)
def test_the_words_of_the_trade_raise_no_alarm(text: str) -> None:
    assert person_like(text) == ()


@pytest.mark.rule("SG-01")
@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Kelly Smith was seen alone.", "Kelly Smith"),
        ("The child, Kelly, was seen alone.", "Kelly"),
        ("Mum Kelly feels better.", "Kelly"),
        ("Sees mum kelly and Kelly's brother.", "Kelly"),
        ("The mother (Zyra) agreed.", "Zyra"),
        ("His brother – Zyrek – moved out.", "Zyrek"),
        ("Mrs Okonquo was visited.", "Mrs Okonquo"),
        ("Dr. Patelson wrote.", "Dr. Patelson"),
        ("MISS OKONQUO rang.", "MISS OKONQUO"),
        ("We saw Zyra Okonquo at home.", "Zyra Okonquo"),
        ("We saw Zyra Bo Okonquo at home.", "Zyra Bo Okonquo"),
        ("When Zyra Okonquo came, it helped.", "Zyra Okonquo"),
        ("When Zyra said she was afraid, the worker acted.", "Zyra"),
        ("Zyra's mum came.", "Zyra"),
        ("A boy called Tadeusz is in the same class.", "Tadeusz"),
        ("Zyra Okonquo said that it helps.", "Zyra Okonquo"),
        ("The father O'Neilan left.", "O'Neilan"),
        ("KELLY SMITH attended.", "KELLY SMITH"),
        ("Kelly SMITH attended.", "Kelly SMITH"),
        ("The social worker Zyra Okonquo-Brown visits.", "Zyra Okonquo-Brown"),
        ("The baby Zoë is well.", "Zoë"),
        ("The step-father Łukaszek moved out.", "Łukaszek"),
        ("Early Help Worker Zyra visits.", "Zyra"),
        ("The plan (Kelly) works.", "Kelly"),
        ("Kelly SW rang.", "Kelly"),
        ("Kelly AB rang.", "Kelly"),
        ("Kelly ABE rang.", "Kelly ABE"),
        ("Kelly, Zyrek's plan", "Kelly"),
        ("Mr ABE rang.", "Mr ABE"),
        ("Ms Ng rang.", "Ms Ng"),
        ("Ms Ng ABE rang.", "Ms Ng ABE"),
        ("it was Kelly", "Kelly"),
        ("We saw Zyra Okonquo’s home.", "Zyra Okonquo"),
        ("At home Zyra told us.", "Zyra"),
        ("At home Zyra, told us.", ""),
        ("At home Zyra’s aunt told us.", "Zyra"),
        ("At home Zyra’s plan told us.", ""),
        ("Her mother's Zyra doll.", ""),
        ("A dog named Zyra helps.", "Zyra"),
        ("Then, Larch Zyra Okonquo came.", "Larch Zyra Okonquo"),
        ("in Early Zyra Okonquo", ""),
        ("in Early, Zyra Okonquo", "Zyra Okonquo"),
        ("Rose told the worker she was scared.", "Rose"),
        ("Will told the worker he was scared.", "Will"),
        ("Hope told the worker.", "Hope"),
        ("May wants to stay.", "May"),
        ("Then Will said no.", "Will"),
        ("The worker saw Grace at school.", "Grace"),
        ("The worker met May at school.", "May"),
        ("She saw Rose, who was well.", "Rose"),
        ("She lives with Hope.", "Hope"),
        ("We gave it to Will.", "Will"),
        ("Visits to Summer stopped.", "Summer"),
        ("Grace was seen alone.", "Grace"),
        ("Summer's mum came.", "Summer"),
        ("Summer's plan came.", ""),
        ("Her nan Summer helped.", ""),
        ("Her nan Will helped.", "Will"),
        ("We heard Will Okonquo at home.", "Will Okonquo"),
        ("Jack Okonquo waited for months.", "Jack Okonquo"),
        ("Jack waited for months.", "Jack"),
        ("Rose Okonquo hid under the table.", "Rose Okonquo"),
        ("It helped. Grace Okonquo-Brown drew a picture.", "Grace Okonquo-Brown"),
        ("Faith Bo Okonquo drew.", "Faith Bo Okonquo"),
        ("Amber Jones waited.", "Amber Jones"),
        ("Rose Okonquo’s plan drifted.", "Rose Okonquo"),
        ("Will Okonquo said he waited.", "Will Okonquo"),
        ("Zyrek was seen alone.", "Zyrek"),
        ("Zyrek was not seen on his own.", "Zyrek"),
        ("Zyrek was spoken to.", "Zyrek"),
        ("Zyrek told the worker.", "Zyrek"),
        ("The worker spoke with Zyrek at home.", "Zyrek"),
        ("The worker saw Zyrek at home.", "Zyrek"),
        ("Visits to Zyrek were weekly.", "Zyrek"),
        ("Visits to Zyrek's home were weekly.", "Zyrek"),
        ("Mum and Zyrek live with nan.", "Zyrek"),
        ("The Okonquo family moved.", "Okonquo"),
        ("The Okonquo Family Centre moved.", ""),
        ("the Okonquo siblings moved.", "Okonquo"),
        ("Early Zyra Okonquo", "Zyra Okonquo"),
    ],
)
def test_a_name_is_told_by_where_it_stands_wherever_it_comes_from(text: str, name: str) -> None:
    findings = person_like(text)

    assert [(f.kind, f.excerpt) for f in findings] == ([(Kind.NAME, name)] if name else [])
    assert all("role" in f.advice for f in findings)


@pytest.mark.rule("SG-01")
@pytest.mark.parametrize(
    ("text", "kind", "excerpt"),
    [
        ("DOB 03/05/2015 noted", Kind.BIRTH_DATE, "DOB 03/05/2015"),
        ("D.O.B.: 3 May 2015 noted", Kind.BIRTH_DATE, "D.O.B.: 3 May 2015"),
        ("born on 3rd May 2015 at home", Kind.BIRTH_DATE, "born on 3rd May 2015"),
        ("Date of birth is 2015-05-03.", Kind.BIRTH_DATE, "Date of birth is 2015-05-03"),
        ("her birthday, 3 May", None, ""),
        ("NHS 943 476 5919 was used", Kind.NHS_NUMBER, "943 476 5919"),
        ("number 9434765919 was used", Kind.NHS_NUMBER, "9434765919"),
        ("number 943-476-5919 was used", Kind.NHS_NUMBER, "943-476-5919"),
        ("number 9434765080 was used", Kind.NHS_NUMBER, "9434765080"),
        ("number 9434765918 was used", None, ""),
        ("number 99434765919 was used", None, ""),
        ("number 4444444444 was used", None, ""),
        ("UPN H801200001001 held", Kind.PUPIL_NUMBER, "H801200001001"),
        ("UPN h80120000100a held", Kind.PUPIL_NUMBER, "h80120000100a"),
        ("reference I801200001001 held", None, ""),
        ("number QQ 12 34 56 C held", None, ""),
        ("number AB 12 34 56 C held", Kind.NATIONAL_INSURANCE, "AB 12 34 56 C"),
        ("number AB123456D held", Kind.NATIONAL_INSURANCE, "AB123456D"),
        ("number BG123456D held", None, ""),
        ("number AB123456E held", None, ""),
        ("rang 07700 900123 twice", Kind.PHONE, "07700 900123"),
        ("rang 07700900123 twice", Kind.PHONE, "07700900123"),
        ("rang 020 7946 0018 twice", Kind.PHONE, "020 7946 0018"),
        ("rang +44 7700 900123 twice", Kind.PHONE, "+44 7700 900123"),
        ("rang (01632) 960 001 twice", Kind.PHONE, "(01632) 960 001"),
        ("rang 01632 960001 twice", Kind.PHONE, "01632 960001"),
        ("rang 01632 96001 twice", Kind.PHONE, "01632 96001"),
        ("rang 01632 9600 twice", None, ""),
        ("rang 01632 9600012 twice", None, ""),
        ("rang +44 (0)7700 900123 twice", Kind.PHONE, "+44 (0)7700 900123"),
        ("rang +44 7700 9001234 twice", None, ""),
        ("wrote to a.b@example.org twice", Kind.EMAIL, "a.b@example.org"),
        ("wrote to zyra.okonquo@mail.example.org twice", Kind.EMAIL, "zyra.okonquo@mail.example.org"),
        ("lives at SW1A 1AA now", Kind.POSTCODE, "SW1A 1AA"),
        ("lives at rg14 5ld now", Kind.POSTCODE, "rg14 5ld"),
        ("lives at M11AE now", Kind.POSTCODE, "M11AE"),
        ("lives at 14 Oakfield Road now", Kind.ADDRESS, "14 Oakfield Road"),
        ("lives at 14a, Old Larch Close now", Kind.ADDRESS, "14a, Old Larch Close"),
        ("lives at 7 High Street.", Kind.ADDRESS, "7 High Street"),
        ("lives at 128 Larch street, we hear", Kind.ADDRESS, "128 Larch street"),
        ("lives at 1280 Larch Street", None, ""),
        ("a walk of 14 minutes down the road", None, ""),
        ("on 12 May Court was told", None, ""),
        ("in 3 Family Court hearings", None, ""),
        ("in 2 Crown Court trials", None, ""),
        ("14 Oakfield Road Surgery rang", None, ""),
    ],
)
def test_numbers_and_addresses_are_found(text: str, kind: Kind | None, excerpt: str) -> None:
    findings = person_like(text)

    assert [(f.kind, f.excerpt) for f in findings] == ([] if kind is None else [(kind, excerpt)])


@pytest.mark.rule("SG-01")
@pytest.mark.parametrize(
    "text",
    ["Zyrek and Zyra live with nan.", "Zyrek and Kelly live with nan.", "Rose and Zyra attend school."],
)
def test_two_who_do_something_together_are_both_found(text: str) -> None:
    first, _, second, *_ = text.split()

    assert [f.excerpt for f in person_like(text)] == [first, second]


def test_a_finding_points_at_its_place_in_the_text() -> None:
    text = "Seen with Mrs Okonquo on 3 May; rang 07700 900123."

    findings = person_like(text)

    assert [f.kind for f in findings] == [Kind.NAME, Kind.PHONE]
    assert all(text[f.start : f.end] == f.excerpt for f in findings)


def test_a_number_is_reported_once() -> None:
    findings = person_like("zyra.okonquo@07700900123.example.org")

    assert [f.kind for f in findings] == [Kind.EMAIL]


def test_every_kind_says_what_to_write_instead() -> None:
    texts = {
        Kind.NAME: "mum Zyra",
        Kind.BIRTH_DATE: "born 03/05/2015",
        Kind.NHS_NUMBER: "9434765919",
        Kind.PUPIL_NUMBER: "H801200001001",
        Kind.NATIONAL_INSURANCE: "AB123456C",
        Kind.PHONE: "07700 900123",
        Kind.EMAIL: "a.b@example.org",
        Kind.POSTCODE: "SW1A 1AA",
        Kind.ADDRESS: "14 Larch Road",
    }

    advice = {kind: person_like(text)[0].advice for kind, text in texts.items()}

    assert set(advice) == set(Kind)
    assert len(set(advice.values())) == len(Kind)


def test_names_the_caller_knows_are_found_alone() -> None:
    text = "It helped that Tadeusz came."

    assert person_like(text) == ()
    assert [f.excerpt for f in person_like(text, frozenset({"tadeusz"}))] == ["Tadeusz"]


def test_words_the_caller_knows_to_be_harmless_are_left_alone() -> None:
    text = "The work of Larches Wing is steady."

    assert [f.excerpt for f in person_like(text)] == ["Larches Wing"]
    assert person_like(text, ordinary_words=frozenset({"larches", "wing"})) == ()


@pytest.mark.rule("SG-01")
@pytest.mark.parametrize(
    ("heading", "told"),
    [
        ("NHS number", "from health."),
        ("NHSNumber", "from health."),
        ("nhs_no", "from health."),
        ("GP", "from health."),
        ("GP practice", "from health."),
        ("Hospital", "from health."),
        ("Dentist", "from health."),
        ("Surgery name", "from health."),
        ("National Health number", "from health."),
        ("Schools", "from education."),
        ("Nursery", "from education."),
        ("College", "from education."),
        ("Academy", "from education."),
        ("Pupil number", "from education."),
        ("ULN no", "from education."),
        ("ulnno", "from education."),
        ("UPN", "from education."),
        ("ULN", "from education."),
        ("Unique Pupil Number", "from education."),
        ("UniqueLearnerNo", "from education."),
        ("School", "from education."),
        ("School name", "from education."),
        ("Name of nursery", "from education."),
        ("Child name", "name of a child"),
        ("Child's name", "name of a child"),
        ("ChildName", "name of a child"),
        ("child_surname", "name of a child"),
        ("Forename", "name of a child"),
        ("First name", "name of a child"),
        ("SURNAME", "name of a child"),
        ("Family name", "name of a child"),
        ("Known as", "name of a child"),
        ("Name", "name of a child"),
        ("Case name", "name of a child"),
        ("Young person's name", "name of a child"),
        ("Service user name", "name of a child"),
        ("Mother's name", "name of a child"),
        ("Mother", "name of a child"),
        ("Parent 1", "name of a child"),
        ("Father / carer", "name of a child"),
        ("Siblings", "name of a child"),
        ("Next of kin", "name of a child"),
        ("Family members", "name of a child"),
        ("Worker and child name", "name of a child"),
        ("Address", "address or contact"),
        ("Home address", "address or contact"),
        ("Postcode", "address or contact"),
        ("Parent e-mail", "address or contact"),
        ("Phone", "address or contact"),
        ("Mobile number", "address or contact"),
        ("Contact number", "address or contact"),
        ("Emergency contact", "address or contact"),
        ("Contact no.", "address or contact"),
        ("Contact details", "address or contact"),
        ("Carer's telephone", "address or contact"),
        ("N.H.S. No", "from health."),
        ("N H S number", "from health."),
        ("nhsnumber", "from health."),
        ("CHI number", "from health."),
        ("Health number", "from health."),
        ("health_id", "from health."),
        ("HealthRef", "from health."),
        ("GPname", "from health."),
        ("U.P.N.", "from education."),
        ("upnnumber", "from education."),
        ("UPNNo", "from education."),
        ("Pupil ref", "from education."),
        ("PupilID", "from education."),
        ("Student number", "from education."),
        ("schoolname", "from education."),
        ("Surname1", "name of a child"),
        ("Forename1", "name of a child"),
        ("Child_Forename1", "name of a child"),
        ("Firstname1", "name of a child"),
        ("childname", "name of a child"),
        ("CHILDNAME", "name of a child"),
        ("clientname", "name of a child"),
        ("fathersname", "name of a child"),
        ("Childs name", "name of a child"),
        ("Child`s name", "name of a child"),
        ("Sur Name", "name of a child"),
        ("Foster carer", "name of a child"),
        ("FosterCarer", "name of a child"),
        ("Kinship carer 2", "name of a child"),
        ("Stepfather", "name of a child"),
        ("step mother", "name of a child"),
        ("Birth mother", "name of a child"),
        ("Grandmother", "name of a child"),
        ("Grandson", "name of a child"),
        ("Son", "name of a child"),
        ("Daughter", "name of a child"),
        ("Sons", "name of a child"),
        ("Aunt", "name of a child"),
        ("Parent1", "name of a child"),
        ("Post Code", "address or contact"),
        ("PostCode", "address or contact"),
        ("POSTCODE1", "address or contact"),
        ("Address1", "address or contact"),
        ("ADDRESS_LINE_1", "address or contact"),
        ("homeaddress", "address or contact"),
        ("Telephone1", "address or contact"),
        ("homephone", "address or contact"),
        ("E Mail", "address or contact"),
        ("Town", "address or contact"),
        ("City", "address or contact"),
        ("House number", "address or contact"),
        ("House No.", "address or contact"),
        ("HouseNumber1", "address or contact"),
        ("House", "address or contact"),
        ("Flat", "address or contact"),
        ("UPRN", "address or contact"),
    ],
)
def test_a_column_about_child_or_family_is_refused_in_a_case_list(heading: str, told: str) -> None:
    reason = refused_heading(heading, "cases")

    assert reason is not None
    assert told in reason
    assert heading in reason
    assert "take this column out" in reason


@pytest.mark.rule("SG-01")
@pytest.mark.parametrize(
    "heading",
    [
        "Reference",
        "Case reference",
        "Case ID",
        "Child ID",
        "Client number",
        "Mosaic ID",
        "Team",
        "Team name",
        "Service name",
        "Lead practitioner",
        "Lead practitioner email",
        "Social worker name",
        "Child's social worker",
        "Child's social worker name",
        "Allocated worker e-mail address",
        "Manager name",
        "Supervising manager",
        "CP chair",
        "Child Protection chair name",
        "IRO name",
        "Reviewing officer phone",
        "School social worker",
        "Plan type",
        "Plan name",
        "Legal status",
        "Child in Need",
        "Family group conference on",
        "Date of birth",
        "DOB",
        "Age",
        "Gender",
        "Child gender",
        "Ethnicity",
        "Opened on",
        "Opening contact on",
        "Contact date",
        "Number of children",
        "Closed on",
        "Notes",
        "Known issues",
        "As agreed",
        "Contact",
        "File name",
        "Hospital social worker",
        "School liaison officer",
        "Season",
        "Reason",
        "Reason for referral",
        "Person",
        "Person responsible",
        "Lesson learned",
        "Team name 1",
        "teamname",
        "servicename",
        "socialworkername",
        "socialworker1",
        "managername",
        "filename",
        "Username",
        "casenumber",
        "caseref",
        "clientnumber",
        "Child ref",
        "Contact 1",
        "Partner agency",
        "Foster placement",
        "Fostering team",
        "Parenting assessment",
        "Carer assessment on",
        "Household size",
        "Housing officer",
        "City team",
        "Town team",
        "Building",
        "Locality",
        "Health visitor involved",
        "Health assessment on",
        "Pupil premium",
        "Section 47 date",
        "S17",
        "D.O.B.",
        "I.R.O.",
        "Social worker e mail",
        "Number of sons",
        "A B C",
        "",
    ],
)
def test_what_a_case_list_needs_or_merely_carries_is_let_in(heading: str) -> None:
    assert refused_heading(heading, "cases") is None


@pytest.mark.rule("SG-01")
@pytest.mark.parametrize(
    "heading",
    [
        "Name",
        "First name",
        "Surname",
        "Email",
        "Phone",
        "Team name",
        "Line manager name",
        "Hospital team",
        "Post",
        "Surname1",
        "Forename 1",
        "Address1",
        "PostCode",
        "Town",
        "House number",
        "workername",
    ],
)
def test_staff_may_be_named_in_a_staff_file(heading: str) -> None:
    assert refused_heading(heading, "staff") is None


@pytest.mark.rule("SG-01")
@pytest.mark.parametrize(
    "heading",
    [
        "Child name",
        "childname1",
        "Childs name",
        "Mother's phone",
        "Son",
        "Daughter 1",
        "N.H.S. No",
        "NHS number",
        "UPN",
        "Young person",
    ],
)
def test_a_child_may_not_be_named_in_a_staff_file(heading: str) -> None:
    assert refused_heading(heading, "staff") is not None


def test_a_heading_needs_its_kind_of_file() -> None:
    with pytest.raises(ValueError, match="invoices"):
        refused_heading("Name", "invoices")


@pytest.mark.rule("SG-01")
@pytest.mark.parametrize(
    ("reference", "told"),
    [
        ("943 476 5919", "NHS number"),
        ("9434765919", "NHS number"),
        ("H801200001001", "number or address"),
        ("07700 900123", "number or address"),
        ("zyra@example.org", "number or address"),
        ("03/05/2015", "date"),
        ("KS 03.05.2015", "date"),
        ("Kelly Smith", "name"),
        ("okonquo, zyra", "name"),
        ("Okonquo", "name"),
        ("Kelly 2015", "name"),
        ("Kelly Plan 2015", "name"),
        ("plan of zyra", "name"),
        ("Okonquo Zyra 12", "name"),
    ],
)
def test_a_reference_that_says_who_the_child_is_is_refused(reference: str, told: str) -> None:
    reason = refused_reference(reference)

    assert reason is not None
    assert told in reason


@pytest.mark.rule("SG-01")
@pytest.mark.parametrize(
    "reference",
    [
        "1234567",
        "BR-20417",
        "C/2024/00123",
        "EH 1234",
        "Case 1234",
        "CIN-2026-017",
        "P0012345",
        "9434765918",
        "Case Plan 12",
        "LARCH 12",
        "ABC DEFG 12",
        "ABCD EFG 12",
    ],
)
def test_a_reference_of_the_case_system_is_let_in(reference: str) -> None:
    assert refused_reference(reference) is None


def test_a_line_of_capitals_is_no_name() -> None:
    assert person_like("see Larches Firs Copse Wing Oaken Zyrek Okonquo Larch") == ()


def test_a_long_run_behind_a_known_name_ends_after_seven_words() -> None:
    found = person_like("Kelly " + "Larch " * 8)

    assert [f.excerpt for f in found] == ["Kelly" + " Larch" * 6]
