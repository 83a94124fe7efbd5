"""Words that tell nothing of what a sentence is about: those that hold it together, and those of asking."""

_FUNCTION_WORDS = (
    "a an the this that these those some any no all both each every my our your their his her its it i me we us you u "
    "he him she they them who whom whose whos who's what whats what's which when where why how "
    "is are was were be been being am isn't aren't "
    "do does did done doing don't didn't doesn't has have had having can could may might must shall should will would "
    "to of in on at by for from with about into over under as than then there here and or but if so not nor yet just "
    "only also too very really please pls thanks thank cheers hey hi hello ok okay well anything something nothing "
    "everything anyone anybody someone somebody everyone everybody one ones again already ever still even much many "
    "more most we'd we're we've i'd i'm it's that's let lets let's tell know show find got get getting gonna "
    "going re regarding up out"
)
_FUNCTIONS = frozenset(_FUNCTION_WORDS.split())
#: What people do with records, in a question: it says nothing of what they are about.
_RECORD_WORDS = (
    "agree agreed agreement decide decided decision decisions settle settled report reported ask asked request "
    "requested requests status say said says mention mentioned know known tell told think discuss discussed find "
    "promise promised found search need want wanted end happened happening update news long often going"
)
_OF_RECORDS = frozenset(_RECORD_WORDS.split())
#: What people say when they talk about words, and prepositions that no name begins or ends with.
_WORD_WORDS = """
    telling regarding concerning picture imagine mean means meant meaning meanings define defines defined defining
    definition definitions explain explains explained explaining explanation describe term terms word words acronym
    abbreviation thing things stuff business jargon concept concepts idea notion stand stands standing refer refers
    referring understand understands understood difference differences different differ differs differently
    differing distinction distinguish compare compares compared comparing same similar alike apart synonym
    synonyms interchangeable versus vs confuse confuses confusing confused mix mixes mixed mixing say says said
    saying call called calls ask asks asking hear hears heard talk talks talking use uses used using keep keeps
    kept put puts need needs want wants wanted look looking help happen happens clue eli5 english please good whole
    entire letters everyone whats im ive dont doesnt isnt arent wasnt didnt cant exactly literally basically simply
    somewhere anywhere always never anyways through between without within during after before against per via
    while because since upon among across translate translated glossary entry example examples lookup nutshell tldr
    brief briefly elaborate struggling struggle understanding qualifies qualify counts considered classified
    technically officially remember common matter matters handy gist dummies normal two three
    n diff btw b/w whats better worse first come comes came write writes writing wrote read reads reading begin begins
    end ends start starts make makes made take takes took give gives gave walk go goes went think thinks thought call
    nowadays anymore lately rather neither respect see sees seen saw told animals beasts wondering wonder mentioned
    mentions stop stops curious supposed actual proper meanwhile aside sorry huh eh
    pardon either
"""
#: What people say besides when they ask: it names nothing, though a sentence may be about it.
_TALK_WORDS = """
    yesterday today tomorrow tonight recently monday tuesday wednesday thursday friday week month ours yours theirs
    mine tho though y'all yall mate innit wtf wth omg lol tbh idk dunno gimme lemme forget forgets forgot forgotten
    forgetting remembers remembered interpret clarify clarifies clarified decode unpack chance answer answers google
    googled googling interpretation def defn one-liner oneliner liner clueless unclear unsure grasp dare dared nod
    nodded nodding buzzword buzzwords lingo parlance slang short long bit sort kind wonder wondered asap plz
    tarnation light throw ten fam bro dude hmm hm xd confused ment behind sense day days new puzzle puzzles puzzled
    check run lowdown skinny essence lies lie lost bad care worry worried important importance hell coming describe
    describes described mystery unfamiliar stuck baffled baffles skip trouble bothers question questions wise speak
    speaks slightly totally completely minute second moment nobody ages weeks months years ears eyes head brain mind
    topic topics hmu haz oops typo correction next plus wrt re wheres there's theres follow followed following daft
    thick stupid embarrassed ashamed familiar heard knows spelled spelt spell learn learns learned learnt learning
    study studied studying teach teaches taught educate educated revise revising comprehend comprehension grok
    grokked grokking grasped grasping absorb digest memory memorise memorize wrap wrapped wrapping figure figured
    clear clearer clarity clarification clarifications clarifying vague obscure cryptic greek gibberish gobbledygook
    mumbo jumbo explainer enlighten enlightened enlightenment illuminate elucidate illustrate simplify simplified
    simpler simplest easy easier layperson layman layman's laymen noob noobs newbie newbies newcomer newcomers
    beginner beginners idiot idiots shed sheds refresher refresh refreshed primer crash overview intro introduction
    rundown recap sum sums summed summarise summarize summarised summarized outline cheat cheatsheet time times
    hearing listened overheard overhear ran runs stumble stumbled stumbling tripped encounter encountered met
    spotted found discovered pop popped pops popping crop cropped crops cropping thrown throwing throws tossed
    bandied floating circulating blank blanked zoned ideas detail details documentation documented background
    context expression expressions phrase phrases wording abbreviations initialism acronyms technical non-technical
    nontechnical techie non-techie whatever whichever dis dat wym wat wut wot waht bruh bruv ayo sup wassup cuz coz
    bc cos thru rn ngl imo imho afaik iirc ofc smh ffs f fk flipping freaking bloody damn bot dictionary 5yo 101
    year-old old child kid kids grandma gran granny nan grandmother mum mom mother dad father wife husband earlier
    previously morning afternoon evening afraid scared shy embarrassing awkward silly dumb foolish ignorant
    apologies apologise forgive bother bothering bothered disturb hurts spinning lots loads bunch plenty often
    frequently constantly sometimes usually normally generally typically practice theory company firm organisation
    organization org office workplace joined joining joiner joiners started assume assuming presume guess guessing
    suspect reckon suppose believe thought thinking imagining confirm confirming searched searching wikipedia
    chatgpt interested interesting intrigued fuss hype pronounce pronounced earth heaven heavens heck reading skim
    skimmed skimming reply respond replying line lines sentence sentences paragraph paragraphs page pages chapter
    section appendix bullet bullets bringing brought brings lovely nice great amazing weird strange odd funny clever
    fancy wee wondrous honestly few version versions trying tried plain anyway search names part once twice thrice
    jog around across towards onto
    like lot remind reminds reminded reminding reminder recognise recognize present presents presenting
"""
_OF_TALK = frozenset(_TALK_WORDS.split())
_OF_WORDS = frozenset(_WORD_WORDS.split())


def is_function(word: str) -> bool:
    """Tell whether a word only holds a sentence together, as in "of the"."""
    return word.casefold().replace("’", "'").strip("?!.,") in _FUNCTIONS


def is_of_words(word: str) -> bool:
    """Tell whether a word is one with which people talk about words, as in "the meaning of"."""
    return word.casefold().replace("’", "'").strip("?!.,") in _OF_WORDS


def is_of_records(word: str) -> bool:
    """Tell whether a word is one for what people do with records, as in "what did we decide"."""
    return word.casefold() in _OF_RECORDS


def is_of_talk(word: str) -> bool:
    """Tell whether a word is one that people say besides when they ask, as in "my head hurts, what is drift"."""
    return word.casefold().replace("’", "'").strip("?!.,").removesuffix("'s") in _OF_TALK


#: Where and from whom people hear words.
_SCENE_WORDS = """
    meeting meetings call calls standup stand-up stand-ups retro retrospective sprint planning refinement slide
    slides deck decks wiki confluence jira ticket tickets pr prs doc docs document documents email emails mail mails
    thread threads channel channels chat message messages slack board whiteboard manager boss lead colleague
    colleagues customer customers client clients intern notes minutes agenda presentation talk workshop demo
    newsletter article blog paper readme spec title footnote header comment comments commit diagram chart screenshot
    dashboard interview training course pm po dev devs engineer engineers scientist scientists analyst analysts
    folks people guys team teams onboarding consultant consultants vendor vendors supplier suppliers guy lady person
    ops stakeholders users user invite calendar backlog roadmap summary log logs report reports review reviews
    auditor auditors audit regulator regulators lawyer lawyers legal compliance marketing finance hr qa ceo cto cfo
    exec execs executive executives director directors friend friends teacher professor student students mentor
    buddy candidate webinar podcast video lecture exam homework book books website site faq pdf form letter code
    codebase repo notebook
"""
_OF_SCENES = frozenset(_SCENE_WORDS.split())


def is_of_scene(word: str) -> bool:
    """Tell whether a word is one for where, or from whom, a word was heard, as in "in the meeting"."""
    return word.casefold().replace("’", "'") in _OF_SCENES
