"""Words by which names are told from titles. Both lists are small: what is in neither is judged by its shape."""

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\S+", text))


# First names that are common in Britain and Ireland.
GIVEN = _words(
    """
    aaron abdul abigail adam adrian ahmed aidan aisha alan alana alasdair albert alex alexander alexandra alfred ali
    alice alison alistair amanda amelia amina amir amy andrea andrew angela angus anita ann anna anne annette
    anthony antonia antony april arthur asha ashley audrey barbara barry beatrice ben benjamin bernard bernie beth
    bethany betty beverley bill bob bobby bradley brenda brendan brian bridget bronwen bruce bryony callum cameron
    carl carla carmen carol caroline catherine cathy cecilia charles charlie charlotte cheryl chloe chris christian
    christina christine christopher claire clara clare claudia cliff clifford clive colin connor conor craig cynthia
    daisy damian dan daniel danielle darren dave david dawn dean debbie deborah debra declan deepa denis denise
    dennis derek diana diane dominic don donald donna dorothy doug douglas duncan ed eddie edith edward eileen
    elaine eleanor elena elizabeth ella ellen ellie emily emma eric erica erin ernest esther ethan eva eve evelyn
    fatima felicity felix fiona frances francis frank frankie fred freda freya gareth gary gavin gemma geoff
    geoffrey george georgia georgina gerald gerard giles gill gillian gina glenn gloria gordon grace graeme graham
    grant greg gregory guy gwen hannah harold harriet harry harvey hassan hazel heather heidi helen helena henry
    hilary holly howard hugh hussein ian imran ingrid iqbal irene iris isaac isabel isla ivan ivor jack jackie jacob
    jacqueline jade jake james jamie jan jane janet janice jasmine jason jayne jean jeff jeffrey jemma jennifer
    jenny jeremy jess jessica jill jim jo joan joanna joanne joe joel john johnny jon jonathan jordan jose joseph
    joshua joy joyce judith judy julia julian julie june justin karen karl kate katherine kathleen kathryn kathy
    katie kay keith kelly ken kenneth kerry kevin kim kirsten kirsty kumar kyle laura lauren laurence lawrence leah
    lee leo leon leonard lesley leslie lewis liam lily linda lindsay lisa liz lloyd logan lorna lorraine louis
    louise lucy luke lydia lynn lynne madeleine maggie malcolm mandy marc marcus margaret maria marian marie marilyn
    marion mark marta martha martin martyn mary mathew matt matthew maureen maurice max maxine megan mel melanie
    melissa mervyn mia michael michelle mick miguel mike miriam mohammad mohammed moira molly monica morag muhammad
    murdo muriel nadia nancy naomi natalie natasha nathan neil nicholas nick nicola nicole nigel nina noel nora
    norbert norman oliver olivia omar oscar owen pam pamela pat patricia patrick paul paula pauline pedro penny pete
    peter petra phil philip philippa phillip phoebe phyllis pippa poppy priya rachel rajesh ralph ravi ray raymond
    rebecca rhys richard rita rob robert roberta robin roger roland ron ronald rosa rosalind rose rosemary rosie
    ross rowan roy ruby rupert russell ruth ryan sally sam samantha samuel sandra sanjay sara sarah scott sean
    sebastian sergio shane shannon sharon shaun sheila shirley simon siobhan sofia sonia sophia sophie stacey stan
    stella stephanie stephen steve steven stuart sue sunita susan suzanne sylvia tamsin tanya tara ted terence
    teresa terry theo theresa thomas tim timothy tina toby todd tom tommy tony tracey tracy trevor tyler una ursula
    valerie vanessa vera veronica vicky victor victoria vijay vincent violet viv vivian vivien walter wayne wendy
    wilfred will william yasmin yusuf yvonne zara zoe
    """
)

# Words with a capital in the titles of agendas that are no part of a name.
NOT_NAMES = _words(
    """
    a about access action actions activities address adult afternoon agenda aims all an and annual any apologies
    approach april archaeologist area arrival arrivals assembly association atrium auditorium august authority award
    awards back background ballroom banquet bar better big bingo board boardroom book break breakfast breakout brief
    budget buffet building business cabinet cafe campus care carousel carriages case cases centre challenge
    challenges change chat check children chocolate choices city civic climate close closing coffee college comfort
    committee community competition conclusions conference council councillors councils county course court creative
    culture current dancers dancing data date day days december deep delegates demo democracy demos design
    development dialogue digital dinner director discussion discussions dive drinks early economic education elected
    election emerging end energy engagement engineer evening event every exercise exhibition facilitated facilities
    fair february feedback final finance fire first five floor focus food for forum four foyer friday from full
    funding future gallery game games garden general getting giving global goals good governance government governor
    group groups growth guest hall halls hands health heritage high history holistic home hot hotel house housing
    how human ice icebreaker ideas impact imperial in information innovation inspection institute interactive
    interest intro introduction introductions intros issues january july june key keynote knowledge land law leaders
    leadership learning lecture legal lessons library life lightning live local london long looking lounge lunch
    machine main making management map march market marquee master masterclass matters may meet meeting member
    members mental methods minute mixed model monday morning motion museum music national natural net network
    networking new next night no north notes november now october offer officer officers on one online open opening
    opportunities options other our outcomes outdoor overview own panel paper papers parallel parish park part party
    pavilion people performance photo pitch place plan planning plans plenary police policy political position
    posters power practical practice presentation presentations press prize problem procedure professional programme
    progress project projects public q questions quick quiz race raffle rates recap reception refreshment
    refreshments region registration remarks remote report reports research resources rest restaurant results review
    risk road role roles room round rules rural safe saturday school scotland scrutiny seminar seminars senior
    september service services session sessions setting shared short show site skills small smart snack social
    society south speaker speakers speech sport square staff stage standards start state statement stories story
    strategic strategy street strong structure students study suite summary summit sunday support survey system
    systems table tables taking talk talks tea team tech technical the theatre theme themes theory thinking three
    thursday time to tool tools tour town training transport treasury trust tuesday two union university update
    updates urban using value venue view village vision visit voluntary volunteer wales walk warm water ways
    wednesday week welcome wellbeing west what why with work working workshop workshops world wrap year york young
    your youth zoom
    """
)
