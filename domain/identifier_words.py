"""Word lists for telling a person's name from the capitals of our trade. Data, in lower case.

The lists keep false alarms low; they need not be complete. A name that nobody listed is still found by
where it stands (after "mum", before "said"), which matters because names come from everywhere.
"""


def words(text: str) -> frozenset[str]:
    """The words of this text, parted by blanks."""
    return frozenset(text.split())


TITLES = words("mr mrs miss ms mx dr prof professor sir lady rev reverend")

FAMILY = words(
    """child children baby infant toddler boy girl son daughter twin sibling siblings brother sister half-
    brother half-sister stepbrother stepsister mother father mum mom mam mummy mommy dad daddy
    parent parents stepmother stepfather step-mother step-father stepmum stepdad step-mum step-dad
    birth-mother grandmother grandfather grandma grandpa grandad granddad gran granny nan nana nanna
    nanny grandparent grandparents aunt aunty auntie uncle cousin niece nephew carer carers guardian
    partner ex-partner husband wife boyfriend girlfriend fiance fiancé friend neighbour teenager
    adolescent youngster grandson granddaughter grandchild grandchildren stepson stepdaughter"""
)
"""Roles in a family; a capitalised word right behind one is most likely its bearer's name."""

STAFF = words(
    """worker practitioner manager supervisor officer visitor nurse teacher chair auditor consultant
    psychologist therapist midwife headteacher advocate mentor tutor coach"""
)
"""Roles at work, treated alike: a role says enough."""

CALLED = words("called named")
"""Words that announce a name: "a boy called"."""

SAYING = words(
    """said says told tells feels felt wants wanted wishes cried disclosed enjoys loves likes misses
    attends lives lived"""
)
"""What people do and institutions seldom do; a capitalised word before one is most likely a person."""

DOING_TOGETHER = words(
    """live lived attend attended feel felt say said tell told want wanted wish like love enjoy miss share
    shared stay stayed play played"""
)
"""What two people do: "… and … live with nan"."""

MEETING = words("saw sees met")
"""What a worker does with a person; a capitalised word right behind is most likely a name."""

TOWARDS = words("to with")
"""Stand between what is done with a person and the person: "visits to", "spoke with"."""

TALKING = words(
    """spoke spoken speak speaks speaking talked talk talks talking listened listen listens listening visit
    visits visited chat chats chatted chatting played plays sat stay stays stayed staying live lives lived
    living met time contact conversation conversations session sessions relationship bond"""
)
"""What is done to or with a person."""

HOUSEHOLD = words("family household siblings twins brothers sisters")
"""What goes by a family name: "the … family"."""

AMBIGUOUS = words(
    """rose will grace summer hope april may june august autumn faith joy dawn mark bill amber angel robin
    jordan max miles hunter chase crystal ivy hazel heather violet olive pearl melody destiny precious
    blessing honey carter parker cooper sky storm phoenix chelsea"""
)
"""Given names that are everyday words as well; what stands around one tells which it is."""

SAID_FIRST = words("will chase mark hope bill storm")
"""Those that open a sentence as a verb, or as what a gale is called by: "Will Oakfield take him?"."""

ON_S = words(
    """adams andrews bates brooks burgess burns collins cross davies davis edwards ellis evans francis gibbs
    griffiths harris hayes hughes humphries hutchins jacobs jenkins jones lewis lucas matthews mills morris
    myers nicholas owens parsons perkins peters phillips powers reeves reynolds richards roberts rogers ross
    simmons simms stephens stevens sykes thomas walters watkins watts webb wells williams woods yates"""
)
"""Family names that end as plain nouns in the plural do."""

DATED = words("april may june august summer autumn")
"""Those that are times of the year."""

BEFORE_A_TIME = words(
    """in since by from until till during of and or last this next early late mid end before after for
    between through throughout over"""
)
"""Before one of those it is a time."""

CALENDAR = words(
    """monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun
    january february march april may june july august september october november december jan feb
    mar apr jun jul aug sep sept oct nov dec christmas easter eid diwali ramadan hanukkah passover
    vaisakhi boxing bank spring summer autumn winter"""
)

PLACES = words(
    """school primary academy college nursery hospital road street lane avenue close drive court house home
    lodge centre center surgery church park hall team service services ward unit clinic university
    police council trust infirmary hostel hotel way square crescent gardens county borough valley
    project foundation law cottage cottages farm villa manor grange barn grove terrace mews parade copse
    library station playground"""
)
"""What follows a name that belongs to a place, an office or an act of law and not to a person."""

_TRADE = words(
    """abuse academy accommodation act action adolescent adopt adoption advisory advocacy agency aim alert
    allegation allocated allocation analysis annual appreciative approach area assessment assistant
    attachment audit authority basis behaviour best board body borough bridge brief bright brook
    bulletin bureau care career case cases castle centre ceremony challenge championship change
    charge chart check childcare children's chronology church circle circles city class clear clinic
    clinical close closure club coaching coercive college commissioner committee common community
    company complaint complex concern concerns conference confirmed consent contact contextual
    contingency control conversation core corporate corporation council councils counselling county
    court courts crescent criminal crown culture current daily danger data date day decision
    decisions dental department deprivation designated development diary direct director disability
    disabilities disabled disclosure discussion district diversity division doctor document domestic
    door drift drive duty early east eastern edge education educational effective elective emergency
    emotional employment engagement england english enquiries enquiry entry episode equality
    escalation evaluation evidence exploitation external family families federation feedback female
    file first floor form forms forum foster fostering foundation framework friendly front
    functional full fund further general genogram goal goals good graded great green grade group
    growing guardian guidance guide hall harm health heath hearing help high hill history hold home
    homes honour hospital hostel house houses housing hub human identity impact improvement
    inadequate inclusion independence independent induction infant information infirmary initial
    initiative in-house inquiry inspection inspectorate institute integrated intensive intervention
    interview joint journey judgement junior justice key kinship lane large law lead leader
    leadership league learner learning leave leaver leavers leaving legal lesson letter level
    liaison liberty life limited link list listening living local london looked looking love lower
    magistrates main male managers management map mapping matter matters maternity measure mediation
    medical meeting mental mentoring method metropolitan mid milestone mind mission mobile model
    modern monthly moving multi-agency museum national need needs neglect network neurodevelopmental
    new next nhs north northern note notes notice number nursery nursing objective observation
    observations of offer offender office offending older one online open operational order orders
    organisation other outcome outcomes outline outreach outstanding oversight own paediatric panel
    parental parenting park partners partnership pathway pathways patient peer people performance
    permanence permanency person personal physical pictures placement plan planning plans play
    pledge plus point police policy post practice pre-birth pre-proceedings pregnancy premier
    preparation prevention primary princess prince principal private probation problem procedure
    proceedings process professional professionals profile programme progress project protection
    protocol provider provision public pupil quality quarterly queen question questionnaire
    questions quick record recording records recovery referral referrals reflection reflective
    refuge region regional register regulation relate remand report reporting requires resource
    respite response responsibilities responsibility restorative retreat return returning review
    reviewing reviews right rights risk river road room royal rule rural safe safeguarding safer
    safety saint sample scale scaling scheme school schools scores screening secondary section secure self
    senior separated series serious service services session sessions settlement sexual share short
    sign signs single site sixth skills slavery small social society solution south southern special
    specialist staff stage stages standard standards star start statement statutory stay step story
    strategic strategy street strength strengths strong stronger structured studies study substance
    summary supervised supervision supported support supporting survey sure surgery swimming
    systemic systems table target targeted task team teams technology terms thames the thematic
    theme theory therapeutic therapy things three threshold thresholds tier time timeline tool
    toolkit tools touch town toxic traffic trafficking training transition transport trauma trauma-
    informed travel treatment tree tribunal trio trust two unborn unit united universal university
    updates upper urgent valley value values victim video view village violence virtual visit
    visiting visits voice voices voluntary volunteer vulnerable warning watch water way wellbeing
    well-being west western what wishes women word words work workers working works workshop world
    worries worry written year years young younger youth zone"""
)

_NAMED_THINGS = words(
    """rating flag palace garden light charity award week bee football news sports channel score index matrix
    card line
    plumbline ofsted cafcass camhs mosaic liquidlogic eclipse teams microsoft outlook word excel barnardo
    barnardo's barnardos nspcc childline kooth mencap relate shelter samaritans mind sure-start
    homestart home-start women's-aid brambles brambles' conifers conifers' here lifeline turning
    frankie's respect caring dads dads' freedom incredible triple solihull webster stratton makaton
    pecs tac taf maac marac mapp mappa mash covid lockdown zoom whatsapp facebook instagram snapchat
    tiktok youtube google roblox fortnite xbox playstation ritalin berkshire buckinghamshire
    oxfordshire hampshire surrey kent essex wales scotland ireland britain europe european africa
    african asia asian caribbean america american british white black mixed traveller roma romany
    gypsy irish scottish welsh english french german polish romanian bulgarian lithuanian latvian
    portuguese spanish italian turkish kurdish afghan iranian iraqi syrian sudanese eritrean
    ethiopian somali nigerian ghanaian kenyan congolese zimbabwean indian pakistani bangladeshi
    bengali urdu punjabi nepali nepalese chinese vietnamese albanian ukrainian russian hungarian
    slovak czech arabic farsi pashto dari tigrinya christian muslim islam islamic hindu hinduism
    sikh sikhism jewish judaism catholic protestant buddhist anglican evangelical bible quran
    asperger asperger's down's tourette's kawa lego duplo disney"""
)

_POSTS_AND_NEEDS = words(
    """administrator admin alcohol anxiety asthma attention audiologist autism autistic autumn barrister
    bipolar borderline bursar business caretaker cerebral chaplain chief clerk community compulsive conduct
    constable consultants coordinator co-ordinator counsellor counsellors cystic defiant deficit
    delay dental depression deputy detective developmental diabetes dietitian difficulties difficulty
    disorder disorders doctor drug drugs dyslexia dyspraxia eating epilepsy executive facilitator
    fetal fibrosis foetal global governor governors head heads hyperactivity inspector judge landlord
    language librarian matron mayor mutism obsessive occupational optician oppositional paediatrician
    paediatricians palsy paramedic pastoral personality physiotherapist processing psychiatrist
    psychologists receptionist registrar selective senco sendco sensory sergeant sickle solicitor
    specialists spectrum speech stress superintendent syndrome welfare"""
)

_PROGRAMMES = words(
    """bears better big blob book boost brighter bronze building butterflies butterfly bridges cards
    changing close daily double dream everybody everything first fresh future futures genie golden
    graduated great happier happy iceberg islands ladder little magic monster nothing nurture nurturing
    parenting past pebble pilot positive power present promise putting put rainbow rainbows ready
    regulation resilience resilient roots second silver smart something somebody sparks sparkle
    staying stepping stones strengthening strong sunflower sunshine support talking thermometer thread
    thrive thriving time together tolerance transforming triangle troubled wand welcome wheel whole window
    wizards worries zones"""
)

_PLACES_TOO = words(
    """bank bracknell birmingham bristol cardiff central common cross edinburgh end field fields forest gate
    glasgow green island lake leeds liverpool maidenhead manchester mead meadow meadows mill newbury newport
    oxford playgroup pool portsmouth reading row slough southampton spring swindon town towns village
    windsor wokingham wood woods
    afghanistan albania australia bangladesh brazil bulgaria canada china eritrea ethiopia france germany
    ghana hungary india iran iraq italy jamaica kenya latvia lithuania nepal nigeria pakistan philippines
    poland portugal romania russia slovakia somalia spain sudan syria thailand turkey ukraine vietnam
    zimbabwe"""
)

_STARTERS = words(
    """a about above after again against all almost along already also although always am an and another
    any anyone are around as ask asked at away back be became because been before being below
    beneath between both but by can cannot clearly could despite did do does doing done down due
    during each either else even every everyone evidence except few following for found from given
    got had has have having he her here hers him his how however i if in indeed instead into is it
    its just last less let like made make many me meanwhile mine more moreover most much must my
    neither never no nobody none nor not nothing now off often on once only or others our ours out
    over overall perhaps please rather recent recently regular regularly same she should since so
    seen some someone sometimes soon still such than that their theirs them then there therefore these
    they this those though through throughout thus to today together tomorrow too towards under
    unless until up upon us use used using very via was we weekly were when where whereas whether
    which while who whole whom whose why will with within without would yes yesterday yet you your
    yours"""
)

ORDINARY = (
    _TRADE
    | _NAMED_THINGS
    | _POSTS_AND_NEEDS
    | _PROGRAMMES
    | _PLACES_TOO
    | _STARTERS
    | CALENDAR
    | FAMILY
    | STAFF
    | PLACES
)
"""Words that are not names, however they are capitalised."""

GIVEN_NAMES = words(
    """aaliyah aaron abdul abdullah abigail adam aditi adrian agnieszka ahmed aisha alan aleksandra alex
    alexander alexandra alfie alfred ali alice alicia alison amanda amelia amir amy ana andrea andrew
    andrzej angela anita anna anne annette anthony anya arabella archie arjun arthur asha aurora ava
    ayaan ayesha barbara beatrice ben benjamin beth bethany bonnie bradley brandon brenda brian bridget
    caleb callum cameron caroline catherine cerys charles charlie charlotte chloe chris christina
    christine christopher ciaran claire clare colin connor craig daniel danielle darcie darren dave
    david dawid debbie deborah declan delilah denise dennis derek diana diane dominic donna dorothy
    dylan eddie edward eleanor elena elijah eliza elizabeth ella ellen ellie elliot elliott ellis elsie
    emilia emily emma eric erin esme ethan eva evelyn evie ezra farah fatima fatimah felicity felix
    finley fiona freddie frederick freya gabriel gareth gary gavin gemma geoffrey george gillian gordon
    gracie graham grayson grzegorz gurpreet hallie hannah harley haroon harpreet harriet harrison harry
    harvey hassan hayley heidi helen henry hugo ian ibrahim ibtisam imogen imran irene isaac isabella
    isabelle isla ismail isobel jack jackson jacob jacqueline jake james jamie jane janet janice jason
    jasper jaxon jayden jennifer jenny jenson jeremy jesse jessica jill joan joanna joanne joe joel
    john jonathan joseph josh joshua joyce judith julia julie justin kai karen karl kate katherine
    kathleen katie kayleigh keith kelly kenneth kerry kevin khadija kieran kimberly kirsty krzysztof
    kyle laura lauren layla leah leanne leo leon lesley lewis liam linda lindsey lisa logan lola lottie
    louis louise luca lucas lucy luke luna lydia lynn lynne maisie malcolm malgorzata marek margaret
    maria marie martin mary maryam mateusz matilda matthew maureen maya megan mehmet mia michael
    michelle mila millie mohamed mohammad mohammed molly muhammad mustafa nadia nancy naomi natalie
    natasha nathan neil niamh nicholas nicola nicole nigel nina noah noor nora oliver olivia ollie omar
    orla oscar owen pamela patricia patrick paul paula pauline pawel penelope peter philip phillip
    phoebe piotr priya rachel rahul ralph rebecca reece reggie reuben rhys richard riley rita robert
    robyn roger rohan ronald ronnie rory rosie ruth ryan sadie saima salma sam samantha samir samuel
    sandra sanjay sara sarah scarlett sean sebastian shannon sharon shaun sheila shirley sienna siobhan
    sofia sonia sophia sophie stacey stella stephanie stephen steve steven stuart susan suzanne sylvia
    tanya teresa terry thea theo theodore theresa thomas timothy toby tom tomasz tommy tony tracey
    tracy trevor tyler vanessa vera veronica vikram vincent wendy wiktoria william yasmin yusuf yvonne
    zac zachary zahra zainab zara zoe zofia zoë"""
)
"""Given names that are no everyday words, so that one alone is telling; April, Grace or Will are not here."""
