"""Which words people of a discipline use and others seldom do: what a sentence is about, told by its other words."""

import re
from collections import defaultdict
from collections.abc import Mapping

from storage.glossary.forms import stem

#: Whole words, in the singular; a word that several disciplines use speaks for each of them.
_WORDS = {
    "data science": """
        accuracy algorithm annotate annotator AUC augmentation baseline batch bias bootstrap classifier classify cluster
        coefficient column convergence converge correlation covariate dataset dimension distribution embedding
        ensemble estimate estimator F1 fit fold forecast generalise gradient histogram hyperparameter imbalance impute
        inference iteration label layer leak likelihood LLM loss mean median metric minority ML model neural
        normalise notebook outlier overfit parameter percentile precision predict predictor prior probability random
        recall regression regularise residual RMSE ROC sample sampling significance skew softmax
        sparse statistic subset supervised target
        test-set train tree tune underfit unsupervised validate validation variable variance weight
    """,
    "software engineering": """
        abstraction API app assert async attribute authenticate authorisation backend boolean branch browser bug build
        bytecode cache CI class client code commit compile compiler concurrency config configuration constructor core
        CPU crash database DB debug declare dependency deploy endpoint enum exception field framework frontend function
        git header HTTP IDE image inherit instance integer interface iterate JSON JWT keyword library lint linter
        localhost login loop main memory merge method microservice migration millisecond module ms mutex null object
        package parse parser password patch pointer port process programme programmer protocol pull query queue
        refactor release repo repository request response retry rollback runtime schema script SDK secret server
        session singleton socket SQL stack string subclass syntax table Terraform test thread timestamp timezone type
        unit-test URL UTC variable virtual YAML Linux Unix Windows Docker Java Python npm
    """,
    "product": """
        acquisition adoption analytics audience backlog budget buyer campaign churn competitor consumer contract
        conversion cost customer deal demo discount engagement feedback forecast funnel goal growth interview invoice
        KPI launch lead market marketing milestone onboard onboarding persona pitch plan price pricing priority
        prioritise profit purchase quarter refund renewal research retention retail revenue roadmap sale satisfaction
        segment sell shop signup stakeholder store strategy subscriber subscription supplier survey team trial upsell
        usability user vendor workshop sales support
    """,
    "operations": """
        alarm alert availability backup capacity cluster cron dashboard datacentre datacenter disk downtime escalate
        failover host incident infrastructure Kubernetes latency load log maintenance monitor network node oncall
        on-call outage job overnight page pager patch pod postmortem provision quota reboot recovery region reliability
        replica restart restore rollout runbook saturation schedule Prometheus Grafana server shift SLA SLO throughput
        ticket traffic uptime
    """,
    "domain": """
        acoustic altitude anchor angle atmosphere axis bearing blood boat cargo centimetre certificate cm compass
        crane crew current
        degree depth device diameter dock electrode engine equipment float freight fuel gauge gram gyro harbour heading
        height humidity instrument kg kilo kilogram kilometre km knot laboratory latitude length lift litre load
        longitude
        machine material mechanic metre mm motor needle ocean officer patient pier pilot port pressure probe pump quay
        river sail scale sea sensor ship shore speed steel surface tank temperature thermometer tide tissue tonne
        truck tug
        valve vessel vibration voltage volume wave weather weigh weight wind
    """,
}


def _by_stem() -> Mapping[str, frozenset[str]]:
    found = defaultdict[str, set[str]](set)
    for discipline, words in _WORDS.items():
        for word in words.split():
            found[stem(word)].add(discipline)
    return {each: frozenset(disciplines) for each, disciplines in found.items()}


#: The disciplines for which a word speaks, by its stem.
SPEAKS_FOR = _by_stem()

#: By what else people name a discipline, and those who work in it; a name in capitals is written so.
_CALLED = {
    "data science": (
        "data scientists?|data people|data folks|DS|ML|machine learning|modell?ers?|statistics|statisticians?|stats"
    ),
    "software engineering": (
        "software|(?<!data )(?<!ML )engineers?|(?<!data )(?<!feature )engineering|developers?|devs|dev team|SWEs?|"
        "programmers?|programming|coders?|coding|backend|frontend"
    ),
    "product": (
        "PMs?|POs?|business|sales|marketing|support people|support folks|support staff|support team|support desk|"
        "support person"
    ),
    "operations": "ops|DevOps|SREs?|on[- ]call|admins?|sysadmins?|infra|platform team|data engineers?",
    "domain": "domain experts?|practitioners?",
}
_NAMED = {
    discipline: re.compile(
        "|".join(
            rf"\b{each}\b" if each[:2].isupper() else rf"(?i:\b{each}\b)" for each in (discipline, *called.split("|"))
        )
    )
    for discipline, called in _CALLED.items()
}


def is_named(discipline: str, text: str) -> bool:
    """Tell whether a text names a discipline, or the people who work in it."""
    named = _NAMED.get(discipline) or re.compile(rf"\b{re.escape(discipline)}\b", re.IGNORECASE)
    return named.search(text) is not None


def names_any(text: str) -> bool:
    """Tell whether a text names one of the disciplines that everybody knows, or people who work in one."""
    return any(named.search(text) for named in _NAMED.values())


#: Words that hardly anybody says of anything but software, data and models, whatever stands around them.
_ONLY_HERE = """
    ablation anonymisation API AUC autoencoder autoscaling autoscaler backfill backend backpropagation backtest
    Bayesian classifier clustering codebase codec collinearity compiler confounder containerise covariate
    crossvalidation cron CI CI/CD dataset datastore deduplication DevOps dimensionality downsample embedding ETL
    explainability F1 failover featurise finetuning frontend GPU gradient heteroscedasticity
    holdout hyperparameter hyperparam idempotency idempotent imputation interpretability JSON JWT k-fold Kafka
    Kubernetes LLM localhost logit microservice middleware MLOps multicollinearity MVP normalisation
    observability one-hot onehot ontology OOM overfitting PCA perplexity pretrain pseudonymisation p-value
    quantisation recommender refactoring refactor regularisation regulariser repo reproducibility retraining
    retrain RMSE ROC rollback runbook runtime scalability schema SDK serverless sharding sidecar SLA SLI SLO
    softmax SQL stakeholder stochastic subclass subnet telemetry throughput timeseries tokeniser tokenisation
    tokenise underfitting unsupervised upsample vectorise versioning webhook XAI YAML
"""
_JARGON = frozenset(stem(each) for each in _ONLY_HERE.split())


def is_jargon(word: str) -> bool:
    """Tell whether hardly anybody says a word of anything but our work: one that does asks about it."""
    return stem(word) in _JARGON


#: Words of glossaries that everybody says of something else, too, day by day.
_EVERYDAY = """
    account action agent agreement alarm alert application attention average bag bar batch bias bottom bridge bug
    build call canary card case category change channel charge check class clean client cloud code cold column
    command confidence confuse connection container contract core cost cover coverage current customer
    cut cycle dashboard data date deal decision defect degree delivery deploy depth design desk device direction
    document domain draft drift duty edge environment error event evidence example expert experiment factor fair
    fairness feature feed feedback field file filter finish fit flag flow form frame function gap gate goal graph
    group guide head health heat hit host image incident index influence input interest interface issue item job key
    label language layer lead leak lesson level library lift limit line link list load log loop loss lot machine map
    margin mark market master match matrix mean measure memory message meter method milestone mind mode model
    module moment monitor nest net network noise note notice number object offer office operation order output owner
    pack page parent park part partner party path pattern performance period person pilot pipeline place plan plant
    playbook point policy pool port position post power practice precision present press price problem process product
    production profile program project promise prompt purpose quality quarter query question queue race range rate
    reach reading recall record reference region regress release relief report request requirement response rest
    result return review reward right risk role room root route row rule run sale sample scale schedule score screen
    script search seat seed segment sense sensitivity sentence series serve service session set shadow shape share
    sheet shift ship shop side sign signal significance size skill slice slot source space speed split spot stage
    staging stake standard start state station step steward stock stop store story stream stress string structure
    style subject supply support survey switch system table tag target task team temperature term test threshold
    ticket tie time title token tool top topic total touch track trade traffic train trainer training transfer
    transformer transport travel tree trial trip trouble truth tune turn type unit update user valid value variety
    vector version view visit voice volume wait wall watch wave weather week weight wind window word work world
"""
_OF_EVERY_DAY = frozenset(stem(each) for each in _EVERYDAY.split())


def is_everyday(word: str) -> bool:
    """Tell whether everybody says a word of something else, too: standing in a sentence it hardly means our work."""
    return stem(word.casefold()) in _OF_EVERY_DAY


#: Words of our work that speak for no discipline.
_WORK_WORDS = "data value spreadsheet result number file system service feature field"
_OF_WORK = frozenset(map(stem, _WORK_WORDS.split()))


def is_of_work(word: str) -> bool:
    """Tell whether a word is one of our work: of systems, models and who uses them, if not of their domain."""
    return (
        is_jargon(word)
        or stem(word.casefold()) in _OF_WORK
        or bool(SPEAKS_FOR.get(stem(word.casefold()), frozenset()) - {"domain"})
    )
