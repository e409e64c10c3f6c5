"""What the Newcastle files say: the published slides in their order, and the same day in tables."""

from datetime import date, time

TITLE = "Data and Digital Masterclass"
PLACE = "Newcastle"
DATE = "7th February 2020"
ON = date(2020, 2, 7)

PURPOSE = [
    "This event is for elected members who are working on, and keen to maximise, the opportunities of digital "
    "approaches and data exploitation in their authorities.",
    "A sequence of speakers from local authorities will talk about their own experiences as a reference point for "
    "questions and a discussion within the group.",
]
ITEMS = [
    ("Now", "Intros and Discussion", ""),
    ("1115", "How digital is helping councils", "Newcastle guest speakers"),
    ("1200", "Deriving benefits from data", "Sunderland guest speakers"),
    ("1245", "Lunch", ""),
    ("1330", "Reflections", ""),
    ("1345", "Culture, Mindset and Choices", ""),
    ("1415", "Councillors creating the conditions", "Durham guest speaker"),
    ("1515", "Summary", ""),
    ("1530", "Close", ""),
]
SPEAKERS = {
    "How digital is helping councils": [
        "Cllr Joyce McCarty, Deputy leader and Cabinet Member for Resources",
        "Jenny Nelson, Programme Director, Digital Newcastle",
    ],
    "Deriving benefits from data": [
        "Cllr Michael Mordey, Deputy leader, Sunderland CC",
        "Fiona Brown, Exec Director, Neighbourhoods",
    ],
    "Culture, Mindset and Choices": ["Jonathan Flowers"],
    "Councillors creating the conditions": [
        "Cllr Joy Allen, Cabinet member for Transformation, Culture and Tourism",
    ],
}
THE_3FS = ["Fire", "Facilities", "Fones"]
GROUND_RULES = [
    "Confidentiality, to stimulate open sharing",
    "Acknowledgement that we're at different points on the journey and have different contexts",
    "Learning from each other as much as from the speakers",
    "Facilitator's role to move on",
]
LOOKING_BACK = [
    "What new thoughts or questions do you have?",
    "What was relevant to your context?",
    "What wasn't?",
]
QUESTIONS = {
    "How digital is helping councils": [
        "What are you pleased with so far?",
        "What difficulties have you encountered? How are you dealing with them?",
    ],
    "Deriving benefits from data": [
        "What data issues have you experienced? What solutions have you come up with so far?",
        "How are you using data and evidence to change what you do and how you make decisions?",
    ],
    "Lunch": LOOKING_BACK,
    "Reflections": LOOKING_BACK,
    "Culture, Mindset and Choices": [
        "What is the member role in digital development?",
        "How big a part of the solution do we make this?",
        "What digital/data “ideology”?",
    ],
    "Councillors creating the conditions": [
        "What are the key points for councilor engagement/levers you can pull?",
        "What successes have you had?",
        "What remains difficult?",
    ],
    "Summary": [
        "What connections do you want to make?",
        "What insights have you got?",
        "What questions are you taking back with you?",
        "What do you want to do, now?",
    ],
}
LGA = "https://www.local.gov.uk/"
EXCHANGE = f"{LGA}our-support/efficiency-and-income-generation/transformation-and-innovation-exchange"
TRANSPARENCY = f"{LGA}our-support/guidance-and-resources/data-and-transparency"
CYBER = f"{LGA}our-support/efficiency-and-income-generation/cyber-security"
CASES = f"{LGA}case-studies"
LINKS = [
    ("Transformation and Innovation Exchange", EXCHANGE),
    ("Data and transparency", TRANSPARENCY),
    ("Cyber security", CYBER),
    ("Case studies", CASES),
]

# Title and lines of each slide. A space moves a line in by one, " -> " gives it an address; "" is no title.
SLIDES: list[tuple[str, list[str]]] = [
    (TITLE, [PLACE, DATE, "www.local.gov.uk"]),
    ("Purpose of the day", PURPOSE),
    ("The shape of our day", [f"{at}: {title}. {who}." if who else f"{at}: {title}" for at, title, who in ITEMS]),
    ("The 3Fs", THE_3FS),
    ("Ground rules", GROUND_RULES),
    (
        "Introductions",
        [
            "Name",
            "Council",
            "Council role",
            "Other experience relevant to the day",
            "Your interest in this agenda",
            "Your key point from the survey/flipcharts, especially if it's an “ask” from others in the room",
        ],
    ),
    (
        "The Landscape we're travelling in (1)",
        [
            "Data and Digital are about more than technology – eg new ways of working and collaborating",
            "Financial challenges and yet raised resident expectations",
            "There are a whole host of “muck and bullets” issues that people are grappling with. eg",
            " Overcoming change resistance",
            " Staff",
            " Suppliers",
            " (Residents)",
            " Building a coalition within the group",
        ],
    ),
    (
        "The Landscape we're travelling in (2)",
        [
            "Political choices and philosophy",
            " Role and nature of the local state (eg “digital by default” choices, human-centred design)",
            " Working in the open; open data, open source",
            " Collaboration v commercialisation",
        ],
    ),
    (
        "How digital is Helping Councils",
        ["Please welcome:", *(f" {person}" for person in SPEAKERS["How digital is helping councils"])],
    ),
    (
        "Digital Newcastle – our journey",
        [
            "Cllr Joyce McCarty",
            "Deputy Leader of Newcastle Council",
            "Jenny Nelson - @JennyNCCDigital",
            "Digital Newcastle Programme Manager",
        ],
    ),
    ("", ["This is our Newcastle", "Smart City of the Year 2019"]),
    ("", ["2015.... our digital journey begins!"]),
    ("", ["Connectivity for all"]),
    ("", ["Get Online Newcastle", "This is our Newcastle"]),
    ("How Digital is helping Councils", QUESTIONS["How digital is helping councils"]),
    (
        "Maximising the Benefits of Data",
        ["Please welcome:", *(f" {person}" for person in SPEAKERS["Deriving benefits from data"])],
    ),
    ("LGA Data and Digital Masterclass", ["7th Feb 2020"]),
    (
        "Neighbourhood Plans",
        [
            "Ambition:",
            "To provide a solid evidence base to better target resources, determine the most appropriate actions and "
            "improve overall decision making to best serve the neighbourhoods.",
            "Challenge:",
            "Significant datasets across multiple systems; inability to view data in a meaningful way.",
        ],
    ),
    (
        "",
        [
            "Let's Talk Sunderland",
            "Q1. What do you like about the area where you live?",
            "Q3. What might help you to have a greater sense of involvement in your community?",
        ],
    ),
    ("An Elected Member perspective;", ["Councillor Michael Mordey, Deputy Leader,", "Sunderland City Council."]),
    ("Maximising the benefits of data", QUESTIONS["Deriving benefits from data"]),
    ("Lunch", ["We start again at 1330", *LOOKING_BACK]),
    ("Reflections", LOOKING_BACK),
    ("Culture, Mindset and Choices", ["Jonathan Flowers", "jon@thanflowers.com"]),
    (
        "Context",
        [
            "“We are taking 21st century problems and trying to solve them with 20th century tools and 19th century "
            "institutions”",
            " Madeleine Albright",
            "What does it mean to be applying 21st Century Tools and creating 21st Century Institutions?",
        ],
    ),
    (
        "Purpose of this session",
        [
            "Offer some thoughts from my work and my “lived experience” in this area from last 20 years",
            "Discuss the culture and mindset associated with “digital”",
            " Opportunities",
            " What to watch out for (blockers, risks)",
            "Identify some key member choices",
        ],
    ),
    (
        "People care about the tools they use...",
        [
            "benunsworth_buckscc Jan 31st at 8:44",
            "AM",
            "Responding to service / business plan documents that have been created in word...",
        ],
    ),
    (
        "What does “digital” mean...",
        [
            "Tom Loosemore",
            "@tomskitomski",
            "Digital: Applying the culture, practices, processes & technologies of the Internet-era to respond to "
            "people’s raised expectations.",
            "11:00 AM - 10 May 2016",
        ],
    ),
    (
        "Agile Working",
        [
            "A reaction against the 20th Century “waterfall” method",
            " Detailed specification, months/years of work, not useful",
            " Feels “baked in” to public procurement and business cases",
        ],
    ),
    ("Show and tell notes: 5 December", ["Nicholas Ward, 5 December 2018 - How we work, Show and tells"]),
    ("So What?", ["Different drumbeat and pace", "Demands different governance (inc scrutiny)"]),
    ("So What", ["Tool for members?", "Redefine member: officer boundary"]),
    (
        "Choices for members",
        [
            "Encourage new ways of working, with their challenges to governance approaches, or keep them lower down "
            "and arms-length?",
            *QUESTIONS["Culture, Mindset and Choices"],
            " Eg open source versus commercial?",
            " Eg role of evidence in informing decisions",
            " Eg Local Digital Declaration",
        ],
    ),
    (
        "A cultural reflection",
        [
            "Reflecting back to when many people were “learning their craft”, say 2004...",
            " e-Government, BVPI157",
            " FutureGov was 4 years off existing, GDS 7 years away",
        ],
    ),
    (
        "Creating the conditions, as councillors",
        ["Please welcome:", *(f" {person}" for person in SPEAKERS["Councillors creating the conditions"])],
    ),
    ("Creating the conditions, as councillors", QUESTIONS["Councillors creating the conditions"]),
    ("Further Support", [EXCHANGE, "Or Google “LGA Transformation and Innovation Exchange”"]),
    ("Further Support", [f"Data and transparency -> {TRANSPARENCY}", "Or Google “LGA Data and Transparency”"]),
    ("Further Support", [f"Cyber security -> {CYBER}", "Or Google “LGA Cybersecurity”"]),
    ("Further Support", [f"Case studies -> {CASES}"]),
    (
        "Summary",
        [
            "We've heard from three authorities and from each other",
            *QUESTIONS["Summary"],
            "(And please fill in the feedback form)",
        ],
    ),
    ("", ["Have a safe journey home!"]),
]


def clock(start: str) -> time | str:
    """The time that a cell of the workbook holds; words stay words."""
    return time(int(start[:2]), int(start[2:])) if start.isdecimal() else start
