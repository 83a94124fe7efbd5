"""How people ask for the meaning of words, in British, American and Indian English: the sentences, as patterns.

Each is searched in one sentence or question; its group ``t`` is what is asked for, with whatever stands round it.
"""

import re

_FLAGS = re.IGNORECASE
_WHAT = r"(?:what|whats|wat|wats|wot|wut|wth|wtf)"
_IS = r"(?:['’]?s|['’]?re| is| are| r)"
_ONE = r"(?P<t>.+?)"
_REST = r"(?P<t>.+)"
_WHO = r"(?:you|u|ya|we|they|he|she|people|everyone|everybody|[a-z]+)(?: (?:all|guys|both|folks))?"
_OATH = r"(?: (?:exactly|actually|even|really|on earth|the (?:heck|hell)|in the world|precisely|all))*"
_MEANS = r"(?:means?|meant|stands? for|refers? to|signif(?:y|ies)|denotes?)"
_MEANING = (
    r"(?:meaning|definition|def|full form|expansion|explanation|gist|sense|interpretation|translation|one[- ]liner|"
    r"short description|simple words|acronym)s?"
)
_EXPLAIN = (
    r"(?:define|gloss|explain|clarify|describe|unpack|demystify|decipher|decode|spell out|expand|elaborate(?: "
    r"on)?|break down)"
)

#: Whoever asks why everybody says that something does a thing doesn't know that: "the canteen is noisy" they know.
_ALL_SAY = (
    r"(?:everybody|everyone|people|folks|they|the \w+ (?:folks|people|team)) (?:all |always |now )?"
    r"(?:keeps? (?:on )?saying|says?|claims?)\b(?!.*\b(?:is|are|was|were|has|have|had|so|too)\b)"
)
WHY_SAID = re.compile(rf"why (?:do|does) {_ALL_SAY}\b", _FLAGS)

#: Sentences that ask for a meaning for sure.
SURE = [
    re.compile(each, _FLAGS)
    for each in (
        r"\b(?:word|term|name|expression|acronym) with \W*(?P<t>[\w-]+(?: [\w-]+)?) in (?:it|the name|there)\b.*",
        r"^(?:an? )?(?P<t>[\w-]+(?: [\w-]+)?) of what(?:,.*)?$",
        r"^(?P<t>[\w-]+ing) what$",
        r"^an? (?P<t>[\w-]+(?: [\w-]+){0,2}), (?:is|was|isn['’]t|wasn['’]t) (?:it|that|this)\b(?! [\w-]+ing\b).*",
        (
            rf"\b{_WHAT} (?:does|do|did|would|could|might|is|are){_OATH} (?P<t>(?!(?:it|that|this|they|he|she|you|"
            rf"we)\b).+?) (?:(?:actually|really|even|supposed to|exactly) )*{_MEANS}\b(?! by\b| with\b| when \w+ "
            rf"says?\b(?! (?:it|that|this)\b))(?P<after>.*)"
        ),
        rf"\b{_WHAT}{_OATH}{_IS}{_OATH} (?:it )?(?:meant|understood) (?:by|with) {_REST}",
        rf"\b{_WHAT}{_IS} (?P<t>.+?) supposed to mean\b.*",
        rf"\b{_WHAT}{_IS} (?P<t>.+?) (?:called|known as) in (?:german|french|dutch|spanish|hindi|english|plain)\b.*",
        (
            r"\b(?:asked|asks|wants to know|wanted to know|talk(?:ed|s|ing)?|spoke|chatt?(?:ed|ing)|heard|going on) "
            r"(?:me |us )?(?:a lot )?(?:about|for) (?P<t>.+?),? (?:(?:and |but )?what (?:do|should|can|shall|would) "
            r"(?:i|we) (?:say|tell|answer|reply)|(?:and|but|though) (?:i|we) (?:did|do|could|can|was|am|were|are|got|"
            r"have|had|lost|nodded|only|just|still|never)\b).*"
        ),
        (
            r"^(?:an? |the )?(?P<t>[\w-]+(?: [\w-]+){0,2}?) (?:is|are) (?:meant|used|good|there|needed|useful) for "
            r"(?:what|wat)\b.*"
        ),
        (
            r"\b(?:having|have|got) (?:an? |one |some |small |little )*(?:doubt|confusion|query|trouble)s? "
            r"(?:in|on|with|about|regarding|over|around) (?P<t>[^,]+)"
        ),
        (
            r"^(?:is|are) (?P<t>(?!(?:that|this|it|there|these|those|the|he|she|they|we|you|i|my|our|your)\b)[\w-]+(?: "
            r"[\w-]+){0,2}?) (?:an? |the |some )?[\w -]+? or (?:what|something|anything|just|rather|an?|the|some)\b.*"
        ),
        (
            rf"\b(?:{_WHAT} (?:does|do|did|would) {_WHO}{_OATH} (?:mean|understand|refer to|have in mind)|wdym) "
            rf"(?:by|with|under|when (?:{_WHO}) says?)? ?{_REST}"
        ),
        rf"\b{_WHAT} (?:does|do|did) {_WHO} mean[,:–-]+ ?{_REST}",
        r"^(?:is|are) (?:this|that|it|these|those) (?:an? |the )?(?P<t>[\w-]+(?: [\w-]+)?) (?:as|like) in\b.*",
        (
            rf"\b{_WHAT} (?:does|do|did|would) (?:[\w'’]+ ){{1,5}}?(?:mean|understand|have in mind) "
            rf"(?:by|with|under) {_REST}"
        ),
        rf"\b{_WHAT} (?:do|does|are|is) {_WHO} call(?:ing)? {_REST}",
        rf"\b(?:{_WHAT}|who)(?: \w+ly)? (?:counts?|qualif(?:y|ies)) as {_REST}",
        (
            rf"\b{_WHAT} (?:do|does|would|did) (?P<t>.+?) (?:\w+ly )?(?:involve|entail|consist of|boil down to|"
            rf"come down to|amount to)\b.*"
        ),
        (
            r"^(?:an? |the )?(?P<t>(?!(?:that|this|it|what|which|who|how|where|when|why|here|there|he|she|they|we|"
            r"you)\b)"
            r"[\w-]+(?: [\w-]+){0,2}) (?:(?:is|are|was|were|means?)(?: (?:what|wat|wot|wut))?|stands for)$"
        ),
        r"\b(?:thing|things|stuff|something|word) called (?:an? |the )?(?P<t>.+)",
        r"^(?:\w+, )*(?:and |but |so )?(?P<t>[\w-]+(?: [\w-]+){0,2}) (?:is|are|means?) (?:what|wat)\b,.*",
        r"^(?:the )?same (?:question |thing )?for (?P<t>.+)",
        r"^how (?:do|does|did) (?P<t>.+?) (?:actually |really |even )?works?\b(?: (?:here|exactly|in practice))?$",
        rf"\b{_WHAT} happens (?:in|during|with) (?P<t>an? .+)",
        (
            r"^(?:in|with|under|from) (?:an? |the |our )?[\w' -]{2,30} (?:sense|meaning|terms|speak|lingo|parlance|"
            r"view)[:,] (?P<t>[^,]+)$"
        ),
        rf"^why .*\bcall(?:s|ed)? (?:something|anything|it|that|this|them|an? [\w-]+) {_REST}",
        rf"\b{_WHAT} would {_ONE} (?:even |actually |really |exactly )?be\b(?P<after>.*)",
        rf"\b{_WHAT} (?:makes?|turns?) (?:something|anything|a thing|it|[\w-]+) (?:into )?an? {_REST}",
        rf"\b{_WHAT} (?:kind|sort|type) of (?:thing|animal|beast|concept|word){_IS} {_REST}",
        rf"^(?:{_WHAT}|how) about {_REST}",
        r"\b(?:on|talking|going on|banging on|fuss|hype) about (?P<t>.+)",
        rf"\b{_WHAT} all (?:comes?|falls?|is|are) (?:under|in|within|part of) {_REST}",
        (
            rf"\b{_WHAT}{_IS}{_OATH} (?:up|the (?:deal|story|point|idea|thing|purpose|use|role)) "
            rf"(?:with|of|behind|about) {_REST}"
        ),
        rf"\b{_MEANING} (?:of|for|behind) {_REST}",
        (
            rf"^(?:{_WHAT}{_IS} |{_WHAT}{_IS} the )?(?P<t>[\w-]+(?: [\w-]+){{0,3}}?)['’]s? "
            rf"(?:{_MEANING}|purpose)\b.*"
        ),
        (
            rf"\b{_EXPLAIN}\b(?! to\b)[:,]? (?:pls |plz |please )?(?:to (?:me|us) )?(?:what )?"
            rf"(?:by |on (?!call\b))?{_REST}"
        ),
        (
            r"\b(?:tell (?:me|us)|clue (?:me|us) in|fill (?:me|us) in|enlighten (?:me|us)|teach (?:me|us)|educate "
            r"(?:me|us)) (?:more |a bit |something )?(?:about|on) (?:what )?(?P<t>.+)"
        ),
        (
            rf"\b(?:(?:do|does|did|can|could)(?:n['’]t| not)|never|not sure (?:i|we)|haven['’]t) (?:really |quite |"
            rf"fully |yet |i |we )*(?:understand|understood|get|got|know|grasp|follow|familiar with)\b:? (?:what "
            rf")?(?:the )?{_REST}"
        ),
        rf"\b(?:how|way) (?:do|does|would|should|can|to) (?:{_WHO} )?(?:say|define|describe|explain|put) {_REST}",
        (
            r"^(?:is|are|was|were) (?P<t>(?!(?:that|this|it|there|these|those)\b).+?) (?:even |really |still )?"
            r"(?:the |an? )?(?:right |correct |proper |good |official |usual |better )?(?:word|term|expression)\b.*"
        ),
        (
            r"^(?:is|are) (?P<t>.+?) (?:something|anything|defined|in (?:the|our) glossary|"
            r"explained)\b.*"
        ),
        (
            r"^(?P<t>.+?)(?:[ ,:–-]+|(?==))(?:(?:meaning|definition|means what|as in|what does (?:it|that) mean|"
            r"(?:what|"
            r"what['’]s|whats) (?:is )?(?:it|that|this|those|they)|in (?:what|which) sense|which sense)\b.*|= "
            r"?(?:what|\?)?(?: (?:here|there|now))?|=)[ ?!.]*$"
        ),
        r"\b(?:in )?(?:which|what) (?:sense|meaning) (?:of|for) (?P<t>.+)",
        r"^in (?:which|what) (?:sense|way|meaning)[ ,]+(?:an? |the )?(?P<t>[\w-]+(?: [\w-]+)?)$",
        r"^which (?P<t>[\w-]+(?: [\w-]+)?) (?:is|are|was|were) (?:that|this|those|it|meant)(?: here)?$",
        rf"\b{_WHAT}{_IS}? (?:that|this|the) (?:word|term|acronym|thing)[,:–-]+ ?{_REST}",
    )
]
#: "what pipeline do they mean", whatever was quoted before.
WHICH = re.compile(
    rf"\b(?:{_WHAT}|which) ['‘\"“]?(?P<t>(?!(?:do|does|did|else|exactly|the|thing|word|one|time|day|date|"
    rf"room|name|kind|sort|type|place|price)\b)[\w-]+(?: [\w-]+)?)['’\"”]? "
    rf"(?:(?:do|does|did) {_WHO} mean|(?:is|was) (?:this|that|meant))\b[\w ,]*$",
    _FLAGS,
)
#: "what a confounder is", "what AUC stands for": the question stands in another sentence.
INDIRECT = re.compile(
    rf"\b{_WHAT}(?: (?:exactly|actually|the term|the word))* "
    r"(?!(?:is|are|does|do|did|has|have|was|should|would|could|can|will|must)\b)"
    rf"(?P<t>(?:(?!\bwhat\b).)+?) (?:actually |really |even )?(?:(?:is|are|{_MEANS})\b(?P<after>(?: (?:here|for|to us|"
    rf"about|in|when|at|and|because|since|cos|as|so)\b.*|,.*)?)|(?:does|do|measures?)(?: (?:here|for us))?|"
    r"(?:involves?|entails?|contains?|covers?|consists? of|comprises?)"
    r"(?: (?:here|for us|and|when|as|so|because)\b.*)?)$",
    _FLAGS,
)
#: "has anybody written down what usability means" asks for that rather than whether.
WRITTEN = re.compile(r"(?!who).*\bwhat .+ means?$|(?!who).*\bdefinition of\b", _FLAGS)
#: "what is drift": asks for a meaning where what follows can be a word.
PLAIN = re.compile(rf"\b(?P<q>{_WHAT}{_OATH}{_IS}){_OATH} {_REST}", _FLAGS)
#: What can't be a word after "what is": "for lunch", "going on", "the status of …", "your plan".
NO_WORD = re.compile(
    r"(?:for|meant|up|next|happening|going|on|in|at|with|left|new|wrong|missing|your|my|his|her|their|(?:it|that|this|"
    r"they|those|these)(?= (?:about|for|on|in|with|at|to)\b|$)|there|to|not|being|"
    r"done|decided|agreed|settled|needed|required|planned|due|open|best|better|holding|taking|blocking|you|we|i|"
    r"he|she|if|about|like|"
    r"the (?:call|verdict|outcome|position|stance|status|state|plan|time|best|weather|problem|issue|matter|reason|"
    r"latest|progress|next|date|day|deadline|"
    r"decision|owner|name|number|link|url|password|address|price|cost|eta|score|value|(?:agreed|required|"
    r"current|maximum|minimum|target)|(?:\w+ )?(?:differences?|diff|distinction)$))\b"
    r"(?! (?:word|term|\w+(?: \w+)? (?:thing|stuff|business|jargon)))",
    _FLAGS,
)
#: "the draught of the Maria": asks for a property of a thing, and for no meaning.
PROPERTY = re.compile(
    r"(?:the|our) (?:[\w-]+ ){1,3}(?:of|for|on|from|at|in) (?:the|our|my|your|this|that|these|its|his|her|[A-Z])\b"
)
#: "what does it mean to regularise a model": the deed comes before what it is done to.
DOING = re.compile(
    rf"\b{_WHAT} (?:does|do|did|would) (?:it|that) (?:\w+ly )?(?:mean|take) (?:for .+? )?to "
    r"(?P<t>(?!(?:be|have|use|make|write|build|get|do|need|see|run|keep|set|put|give|take|call|add|own|go|create)\b)"
    r"[\w-]+(?: (?:back|out|up|down|in|off|over))?) "
    r"(?:an?|the|our|your|my|their|some|all|this|that|these|one['’]s)\b",
    _FLAGS,
)
#: "what does it mean that the model hallucinated": the word is what is said of something.
TELLING = [
    re.compile(each, _FLAGS)
    for each in (
        rf"^why (?:do|does) {_ALL_SAY} (?:that )?{_REST}",
        r"\b(?:is|are|was|were) (?:said|claimed|supposed|meant) to be (?P<t>[\w-]+(?: [\w-]+)?),? (?=.*\bwhat\b).*",
        (
            rf"\b{_WHAT} (?:does|do|did) (?:it|that|this|you|we|they|he|she) (?:really |actually )?mean (?:that|if|"
            rf"when|by saying)\b ?(?:{_WHO} (?:says?|said) )?(?:that )?{_REST}"
        ),
        (
            rf"\b{_WHAT}{_IS} (?:it )?(?:meant|understood|implied) (?:if|when|by saying) (?:{_WHO} (?:says?|said) "
            rf")?(?:that )?{_REST}"
        ),
        rf"\b{_WHAT} (?:does|do|did) {_WHO} mean when {_WHO} says? (?!(?:it|that|this)$)(?:that )?{_REST}",
        (
            rf"\b{_WHAT} (?:does|do|did|would) (?:it|that) (?:(?:really |actually )?mean|"
            rf"take) (?:for .+? )?to (?:be )?{_REST}"
        ),
        (
            rf"\b(?:when|if|that|as|because)? ?(?:{_WHO}) (?:says?|said|wrote|writes|mentions?|mentioned|keeps? "
            rf"saying) (?:that )?(?P<t>.+?),? (?:{_WHAT} (?:does|do|did) .*mean\b|(?:in )?(?:which|what) (?:sense|"
            rf"meaning|way)\b).*"
        ),
        rf"\b(?:in )?(?:which|what) (?:sense|way) (?:did|does|do|is|are|was|were|has|have|had) {_REST}",
    )
]
ASKS = re.compile(
    r"\b(?:what\w*|how (?:do|does|should|would|can) \w+ (?:read|interpret|parse|take)|"
    r"wat|mean\w*|defin\w+|explain\w*|understand|clue|term|word|sense|wdym|one-liner|describe)\b|[?=]|"
    r"[\"'”’`»] (?:thing|thingy|stuff|business|bit|part|malarkey)\b",
    _FLAGS,
)

#: "in operations, what is a threshold": whose word it is stands before the question.
FOR_WHOM = re.compile(
    r"^(?:in(?! (?:which|what)\b)|for|to|among(?:st)?|from|as|within|with|speaking) [\w'’ -]{2,40}, (?=\w)", _FLAGS
)
#: What stands in quotes is a sentence, of which the end is asked for.
SENTENCE = re.compile(
    r"(?:the|our|my|your|its|it|we|they|this|that|he|she|i|all) (?:\S+ )+\S+$|"
    r"(?:\S+ ){1,4}(?:is|are|was|were|has|have|had|got|gets|does|did|will|must|should|need|needs|says?) (?:\S+ )*\S+$",
    _FLAGS,
)
#: Says something of something: "the scores are calibrated", "we saw heavy drift".
CLAUSE = re.compile(
    r"(?:we|they|it|i|he|she) \S+ \S|(?:the|our|your|my|their|his|her|its|all|every\w*|these|those) (?:\S+ ){0,4}"
    r"(?:is|are|was|were|got|gets|(?:has|have|had) been) (?!(?:what|which|who|how)\b)\S",
    _FLAGS,
)
#: "Model is now quantised"
BARE_CLAUSE = re.compile(r"[\w-]+ (?:is|are|was|were|got|has been|have been) (?!(?:what|which|who|how)\b)\S+", _FLAGS)
#: "what does that last word mean"
LAST = re.compile(r"\blast (?:word|bit|part|one|thing|term)\b", _FLAGS)
#: "explain the words above"
ALL = re.compile(r"\b(?:words|terms|jargon|acronyms|abbreviations|buzzwords)\b", _FLAGS)
#: "filling in missing values by a rule" describes another word than it names.
DESCRIBES = re.compile(
    r"(?!.*(?:[?\"'`“]|\b(?:what|which|how|who|i|we|me|my)\b))(?:[a-z]+ing|an?|something|somebody|someone) (?:\S+ ){3}",
    _FLAGS,
)
#: These ask for people, reasons and decisions, whatever they say of words.
OTHER = re.compile(
    r"(?:who['’]?s|who(?!\W+(?:can|could|would|will) (?:explain|tell|define)|\W+knows? what .* means?\b|"
    r"(?: \w+ly)? (?:counts|qualifies) as)|"
    r"whose|how (?:bad|long|often|many|much|far|big|soon|old|good)|(?:why(?!.* calls? )|when|where) "
    r"(?:did|do|does|is|are|was|were|will|have|has|should|don['’]t)|(?:did|didn['’]?t|have|haven['’]?t|has|had) (?:we|"
    r"you|they|any\w+|some\w+))\b",
    _FLAGS,
)


def describes(text: str) -> bool:
    """Tell whether a text describes what it names no word for."""
    return DESCRIBES.match(text) is not None and not CLAUSE.match(text)
