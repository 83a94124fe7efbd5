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
    differing distinction distinguish compare compares compared comparing contrast same similar alike apart synonym
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
    pardon
"""
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
