"""Which spellings of a verb's forms are right: retraining, not retrainning; overfitting, not overfiting."""

import pytest

from storage.glossary.doubling import is_british, may_double, may_stay
from storage.glossary.forms import derived, exact, inflected
from storage.glossary.glossary import look_up_key

RIGHT = """
overfitting overfit; overfitted overfit; underfitting underfit; refitting refit; planned plan; replanning replan
unplugged unplug; outfitted outfit; preset presetting; debugging debug; logged log; logging log; tagged tag
retagging retag; mapping map; remapped remap; bootstrapping bootstrap; bootstrapped bootstrap; snapshotted snapshot
roadmapping roadmap; backlogged backlog; unwrapped unwrap; zipped zip; unzipping unzip; binning bin
dropped drop; dropping drop; skipped skip; trimmed trim; clipping clip; splitting split; stopping stop; batching batch
retraining retrain; retrained retrain; streaming stream; streamed stream; failing fail; failed fail; repeated repeat
sampling sample; scaling scale; autoscaling autoscale; autoscaled autoscale; rescaling rescale; scaled scale
labelling label; labeling label; labelled label; labeled label; modelled model; modeling model; relabelled relabel
cancelled cancel; canceled cancel; travelling travel; funnelled funnel; channeled channel; signalled signal
signaling signal; totalled total; totaled total; dialled dial; equalled equal; initialled initial; subtotaled subtotal
detailed detail; revealing reveal; dealing deal; feeling feel; healing heal; calling call; called call; recalled recall
installed install; stalled stall; compelled compel; excelled excel; controlled control; controlling control
submitted submit; committing commit; transmitted transmit; permitted permit; inferred infer; inferring infer
referred refer; occurring occur; deferred defer; transferred transfer; preferred prefer; formatted format
formatting format; programming program; programmed program; monitored monitor; monitoring monitor; rendered render
rendering render; filtered filter; filtering filter; clustered cluster; clustering cluster; targeted target
targeting target; budgeted budget; benefited benefit; edited edit; editing edit; audited audit; piloted pilot
limited limit; limiting limit; developed develop; developing develop; offered offer; answered answer; opened open
ordered order; entered enter; numbered number; registered register; delivered deliver; recovered recover
reasoned reason; happening happen; visited visit; deposited deposit; inherited inherit; inhibited inhibit; debited debit
indexing index; indexed index; mixing mix; fixed fix; taxed tax; boxing box; showing show; allowed allow; drawing draw
playing play; deployed deploy; queried query; querying query; classified classify; applied apply; copied copy
copying copy; queued queue; queueing queue; agreeing agree; seeing see; canoeing canoe; syncing sync; synced sync
hashing hash; caching cache; cached cache; merging merge; merged merge; pruning prune; tuning tune; testing test
deduping dedupe; typed type; typing type; writing write; written write; equipped equip
quitting quit; quizzed quiz; acquitted acquit; worshipped worship; drifting drift; trending trend; blended blend
boosting boost; bagging bag; embedding embed; embedded embed; nesting nest; padded pad
added adding; recalling recall; install installing
hopping hop; hoping hope
planning plan; planed plane; rated rate; batted bat; pinged ping; trekked trek; revving rev; bugged bug; jammed jam
features feature; boxes box; batches batch; caches cache; epochs epoch; losses loss; hashes hash; queries query
deploys deploy; keys key; echoes echo; analyses analysis; biases bias; vetoes veto; suffixes suffix; buses bus
"""
WRONG = """
overfiting overfit; overfited overfit; retrainning retrain; retrainned retrain; autoscalling autoscaling
autoscalled autoscale; autoscalling autoscale; scalling scaling; scalled scale; sampleing sample; planing plan
stoping stop; droped drop; maping map; taged tag; loging log; debuging debug; debuged debug; bootstraping bootstrap
bootstraped bootstrap; spliting split; controled control; controling control; commited commit; commiting commit
submited submit; transmited transmit; permited permit; infered infer; inferering infer; refered refer; occured occur
prefered prefer; defering defer; streamming stream; streammed stream; repeatted repeat; monitorring monitor
monitorred monitor; filterring filter; filterred filter; clusterring cluster; clusterred cluster; targetted target
targetting target; rendderring render; renderred render; developped develop; developping develop; offerred offer
openned open; editted edit; editting edit; auditted audit; limitting limit; limitted limit; deliverred deliver
batchs batch; losss loss; hashs hash; driftes drift; featurees feature; querys query; policys policy; deploies deploy
deployes deploy; deploied deploy; keies key; detailled detail; revealling reveal; dealling deal; healling heal
recaled recall; instaled install; stalling stale; compeled compel; exceled excel; feelling feel; trainning train
trainned train; annotateing annotate; validateing validate; mergeing merge; pruneing prune; tunning tune;
typeing type; boostting boost; testting test; driftting drift; hashhing hash; indexxing index; showwing show
cacheing cache; labbelling label; samplling sample; clustring clusters; batchhing batch; embeding embed; embeded embed
equiped equip; padded pade; remaped remap; overfitt overfitting; labell labelling; retrainn retraining
unziping unzip; refiting refit; underfiting underfit; noize noise
supervized supervise; raized raise; precize precise; promized promise; exercized exercise; resise resize
"""


def pairs(listed: str) -> list[tuple[str, str]]:
    read = [each.split() for each in listed.replace("\n", ";").split(";") if each.strip()]
    return [(first, second) for first, second in read]


def known_by(word: str) -> set[str]:
    return {*exact(word), *derived(word), *inflected(look_up_key(word))}


@pytest.mark.parametrize(("form", "word"), pairs(RIGHT))
def test_a_form_that_is_spelt_right_is_one(form: str, word: str) -> None:
    assert look_up_key(word) in known_by(form)


@pytest.mark.parametrize(("form", "word"), pairs(WRONG))
def test_a_misspelt_form_is_none(form: str, word: str) -> None:
    assert look_up_key(word) not in known_by(form)


@pytest.mark.parametrize("verb", ["plan", "overfit", "commit", "bootstrap", "control", "refer"])
def test_one_vowel_and_one_consonant_double_where_the_end_is_stressed(verb: str) -> None:
    assert (may_double(verb), may_stay(verb)) == (True, False)


@pytest.mark.parametrize("verb", ["train", "retrain", "monitor", "render", "develop", "test", "show", "fix", "debit"])
def test_others_do_not(verb: str) -> None:
    assert (may_double(verb), may_stay(verb)) == (False, True)


@pytest.mark.parametrize("verb", ["label", "model", "signal", "total"])
def test_a_last_l_doubles_in_british_english(verb: str) -> None:
    assert (may_double(verb), may_stay(verb), is_british(verb)) == (True, True, True)
