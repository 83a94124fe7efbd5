"""Which keys are the same word, which are of the same family, and which only look alike."""

import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import product

import pytest

from storage.glossary.forms import derived, exact, stem
from storage.glossary.glossary import look_up_key

SAME = """
features feature; feature features; classes class; biases bias; policies policy; losses loss; matrices matrix
indices index; index indices; hypotheses hypothesis; analyses analysis; criteria criterion; vertices vertex
schemata schema; corpora corpus; latencies latency; batches batch; caches cache; services service; queries query
normalization normalisation; normalisation normalization; tokenizers tokeniser; catalogs catalogue
catalogue catalog; behavior behaviour; behaviours behavior; labelled labeled; labeling labelling; modelling modeling
centre center; centers centre; licence license; artefacts artifact; judgment judgement; analyze analyse
colour-map colormap; confusion matrices, confusion matrix; roll-backs rollback; labeled data, labelled data
false positives, false positive; principal component analyses, principal component analysis; datasets, data set
data catalogs, data catalogue; APIs API; Feature-Stores featurestore; behavioral model, behavioural model; LLMs LLM
people person
"""
FAMILY = """
fine-tunes fine-tuning; idempotently idempotency; stochastically stochastic; linearly linear; recalibrated calibration
revalidating validation; renormalised normalization; confounded confounder; confounding confounder
regressed regression; regressing regression; regresses regression; regress regression; regression regress
monitored monitoring; monitors monitoring; monitoring monitor; labelled label; labeled label; labeling label
drifted drift; drifting drift; biased bias; biasing bias; retrained retraining; retrains retraining
retraining retrain; deployed deploy; deploying deployment; deployable deploy; deployment deploy; imputed imputation
impute imputation; calibrated calibration; calibration calibrate; annotated annotation; annotator annotation
clustered clustering; classify classification; classifiers classification; classifying classification
correlated correlation; generalizes generalisation; generalise generalization; regularised regularization
normalizing normalisation; hallucinates hallucination; validated validation; inferred inference; infer inference
refactored refactoring; overfit overfitting; overfits overfitting; overfitted overfitting; overfitting overfit
cached cache; batching batch; fine-tuned fine-tuning; finetune fine-tuning; fine tuned, fine-tuning; sampled sample
weighted weight; churned churn; idempotence idempotency; idempotent idempotency; reproducible reproducibility
scalable scalability; usable usability; explainable explainability; observable observability; noisy noise
ablated ablation; cross-validated cross-validation; A/B testing, A/B test
rolled back, rollback; rolling back, rollback; robust robustness; fair fairness; accurate accuracy
available availability; consistent consistency; transparent transparency; ran run; running run; built build
chosen choose; chose choice; forecasting forecast; rebuilt rebuild; overrode override; predicted prediction
detected detection; detector detection; compressed compression; encrypted encryption; adopted adoption
aligned alignment; assessed assessment; converged convergence; performs performance; maintained maintenance
described description; retrieved retrieval; resolved resolution; converting conversion; tokenised tokenization
serialized serialisation; orchestrated orchestration; moored mooring; computed computation; permitted permission
optimiser optimisation; data drifted, data drift; labels drifting, label drift; quantized quantization
containerised container; containerisation container; jailbroken jailbreak
distilled distillation; distilling distillation; adapted adaptation
synchronised synchronisation; parallelised parallelization; rescaling rescale; thresholded threshold; modelled model
"""
APART = """
university universe; universe university; organ organisation; organisation organ; general generalisation
generalisation general; seedling seed; personnel personal; observatory observability; driftwood drift; bat batch
reproduction reproducibility; inferior inference; inferno inference; scheme schema; perimeter parameter
variant variance; lossless loss; cachet cache; cash cache; testament test; promptly prompt; tokenism token
encoding encoder
classy class; fairway fairness; fairly fairness; contain container; container contain; contained container
transformed transformer; transformer transformation; transformation transformer; product production
produced production; production product; contraction contract; contractor contract; latent latency; current currency
agent agency; precise precision; cloudy cloud; station state; nation national; ration rate; ratio ration
rational ration; statement state; department depart; means mean; meaning mean; logistics logistic; news new
need nee; speed spe; bed be; king k; stage staging; bag bagging; predictor prediction; predictable prediction
discriminator discrimination; objection object; projection project; action actionable; actionable action
unlabelled label; inaccurate accuracy; unbiased bias; invalid validation; underfitting overfitting
unsupervised supervised; imbalance balance; abnormal normalisation; normal normalisation; regular regularisation
valid validation; server serving; user use; number numb; layer lay; folder fold; header head; business busy
harness har; witness wit; defection defect; environs environment; dependent dependency; robot robustness
capable cap; notable note; portable port; quest question; direction direct; operator operation; position positive
relative relation; sensitive sensitivity; objective objection; hash hashish; rated rat; planed plan; hoping hop
"""


def pairs(listed: str) -> list[tuple[str, str]]:
    """Read "a b; c d, e f": a comma stands between names of several words."""
    read = [each.strip().split(", " if "," in each else " ") for line in listed.split("\n") for each in line.split(";")]
    return [(pair[0], pair[1]) for pair in read if len(pair) > 1]


@pytest.mark.parametrize(("asked", "known"), pairs(SAME))
def test_plural_and_spelling_make_no_other_word(asked: str, known: str) -> None:
    assert look_up_key(known) in exact(asked)


@pytest.mark.parametrize(("asked", "known"), pairs(FAMILY))
def test_a_form_leads_to_the_words_of_its_family(asked: str, known: str) -> None:
    assert set(exact(known)) & set(derived(asked))
    assert look_up_key(known) not in exact(asked)


@pytest.mark.parametrize(("asked", "known"), pairs(APART))
def test_what_only_looks_alike_leads_nowhere(asked: str, known: str) -> None:
    assert look_up_key(known) not in (*exact(asked), *derived(asked))


@pytest.mark.parametrize("word", ["class", "loss", "bias", "s", "es", "ed", "ing", "C++", "", "…"])
def test_the_word_itself_comes_first_and_no_key_twice(word: str) -> None:
    keys = [*exact(word), *derived(word)]
    assert keys[:1] == ([look_up_key(word)] if look_up_key(word) else [])
    assert len(keys) == len(set(keys))
    assert "" not in keys


@pytest.mark.parametrize(
    "family",
    [
        "retrained retraining retrain retrains",
        "regressed regression regressing",
        "normalise normalized normalisation normalization",
        "labelled labeled labels labelling",
        "analysis analyses analysed analyze",
        "chosen choose chose choice",
        "behaviour behaviors",
        "drifting drift drifted drifts",
        "imbalance imbalanced imbalances",
        "reference references referenced referencing",
    ],
)
def test_a_family_has_one_stem(family: str) -> None:
    assert len({stem(word) for word in family.split()}) == 1


@pytest.mark.parametrize("words", ["general generalise", "organ organise", "seed seedling", "drift driftwood"])
def test_words_that_look_alike_have_stems_of_their_own(words: str) -> None:
    assert len({stem(word) for word in words.split()}) == 2


def test_threads_that_stem_at_the_same_time_get_the_stems_of_their_own_words() -> None:
    named = ["".join(parts) for parts in product("bcdfghjklmnpqrst", "aeiou", "bdfglmnprstv", ("ational", "ability"))]
    stem.cache_clear()
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(2) as threads:
            at_the_same_time = [*threads.map(lambda words: [stem(word) for word in words], (named, named[::-1]))]
    finally:
        sys.setswitchinterval(before)
    stem.cache_clear()
    alone = [stem(word) for word in named]
    assert at_the_same_time == [alone, alone[::-1]]
