"""What people find in all that is kept at once, and that others' private records change nothing of it."""

from bot.trial.run import Trial
from tests.playing import play

FIND = "ben in #general: /common-ground find"


async def log(trial: Trial, title: str, where: str = "#general", who: str = "ana") -> str:
    return await play(
        trial, f"{who} in {where}: /decision {title} because berths change", f"{who} submits", f"{who} closes"
    )


async def test_records_are_found_by_other_forms_of_their_words(running: Trial) -> None:
    await log(running, "retrain monthly")
    told = await play(running, f"{FIND} did we decide anything on retraining?")
    assert "D-1 · " in told
    assert "etrain monthly" in told
    assert "Decision, " in told


async def test_a_definition_stands_first_and_records_below(running: Trial) -> None:
    await log(running, "measure latency weekly")
    told = await play(running, f"{FIND} latency")
    assert told.index("*latency*") < told.index("D-1 · ")


async def test_what_somebody_has_is_no_definition(running: Trial) -> None:
    assert "*weight*" in await play(running, f"{FIND} the weight")
    assert "*weight*" not in await play(running, f"{FIND} his weight is going up")


async def test_a_word_that_is_not_defined_is_offered_as_everywhere(running: Trial) -> None:
    told = await play(running, f"{FIND} benchmrak")
    assert "Did you mean:" in told
    assert "[benchmark]" in told
    assert "“dredging permits” isn't defined yet." in await play(running, f"{FIND} dredging permits")


async def test_what_has_most_of_the_words_is_offered_and_not_shown_as_found(running: Trial) -> None:
    await log(running, "drop the weather feed")
    told = await play(running, f"{FIND} weather feed licence")
    assert "Nothing has all of “weather feed licence”. Nearest:" in told
    assert "D-1 · " in told
    assert "D-1" not in await play(running, f"{FIND} did we decide on the christmas party")


async def test_whom_to_ask_is_said_where_nobody_wrote_it_down(running: Trial) -> None:
    entered = ['"What is it?": model', '"Who leads it?": chloe']
    lines = [f"chloe enters {each}" for each in entered]
    await play(running, "chloe in #general: /owner add churn model", *lines, "chloe submits", "chloe closes")
    told = await play(running, f"{FIND} did we decide on churn fees")
    assert "I found nothing on “churn fees”. Ask Chloe Martin, who leads churn model." in told
    await play(running, "chloe in #general: /owner add weather map", *lines, "chloe submits", "chloe closes")
    told = await play(running, f"{FIND} weather chart")
    assert "Ask the team" in told
    assert "who leads" not in told


async def test_a_component_with_a_slip_in_its_name_is_offered(running: Trial) -> None:
    await add(running, "weather map")
    told = await play(running, f"{FIND} weather maap")
    assert told.index("Nothing has all of “weather maap”. Nearest:") < told.index("weather map\n")


async def test_no_word_is_found_by_a_part_of_the_name_of_a_component(running: Trial) -> None:
    assert "*drift*" in await play(running, f"{FIND} drift model")
    await add(running, "drift model")
    told = await play(running, f"{FIND} drift model")
    assert "*drift*" not in told
    assert "drift model\n" in told


async def test_duties_are_found_with_their_owners(running: Trial) -> None:
    entered = ['"What is it?": model', '"Who leads it?": chloe']
    lines = [f"chloe enters {each}" for each in entered]
    await play(running, "chloe in #general: /owner add churn model", *lines, "chloe submits", "chloe closes")
    told = await play(running, f"{FIND} owner of labelling churn model")
    assert "labelling and label quality of churn model" in told
    assert "Duty, has no owner" in told


async def test_private_records_change_nothing_of_what_others_find(running: Trial) -> None:
    await log(running, "retrain monthly")
    await log(running, "retrain in summer")
    asked = [f"{FIND} {each}" for each in ("retraining", "summer retraining licence", "falcon", "retrain falcon")]
    before = [await play(running, each) for each in asked]
    for number in range(8):
        await log(running, f"retrain falcon in summer licence {number}", "#secret-launch")
    assert [await play(running, each) for each in asked] == before
    assert "falcon" in await play(running, "ana in #secret-launch: /common-ground find falcon")


async def test_a_redacted_record_is_found_no_more(running: Trial) -> None:
    await log(running, "drop the weather feed")
    await play(running, "ana in #general: /common-ground redact D-1", 'ana presses "Redact D-1"', "ana submits")
    assert "D-1" not in await play(running, f"{FIND} weather")


async def test_who_looks_for_nothing_is_told_how(running: Trial) -> None:
    assert "Type `/common-ground find weather`" in await play(running, FIND)


async def test_a_bare_name_in_a_mention_that_is_no_word_is_looked_for_in_records(running: Trial) -> None:
    await log(running, "keep the weather feed")
    told = await play(running, "ben in #general: @Common Ground weather feed")
    assert "D-1 · " in told
    assert "isn't defined yet" not in told
    told = await play(running, "ben in #general: @Common Ground unicorn")
    assert "“unicorn” isn't defined yet." in told
    assert "[Ask the team]" in told


async def test_a_word_that_a_question_surely_names_is_explained_where_no_record_has_it_all(running: Trial) -> None:
    told = await play(running, f"{FIND} the intern keeps writing feature store in the tickets")
    assert "*feature store*" in told
    assert "I found nothing" not in told
    assert "*train*" not in await play(running, f"{FIND} when is the train to Leeds leaving")


async def test_a_word_is_explained_beside_others_and_offered_through_a_slip_where_nothing_is_on_record(
    running: Trial,
) -> None:
    assert "*learning rate*" in await play(running, f"{FIND} is a high learning rate good or bad")
    assert "[multicollinearity]" in await play(running, f"{FIND} multicolinearity keeps coming up in reviews")
    assert "[multicollinearity]" in await play(running, f"{FIND} do we monitor for collinearity here")


async def test_a_name_with_a_slip_is_offered_wherever_it_stands_in_a_sentence(running: Trial) -> None:
    ask = "ben in #general: @Common Ground"
    assert "[confusion matrix]" in await play(
        running, f"{ask} chloe keeps showing a confusion matirx, how do i read it"
    )
    assert "[regularisation]" in await play(running, f"{ask} is regularizaton on by default")
    told = await play(running, f"{ask} plz explain idempotancy, i have to write it in the API docs")
    assert "[idempotency]" in told
    assert "*API*" not in told
    told = await play(running, f"{ask} explain idempotancy in our API")
    assert "[idempotency]" in told
    assert "*API*" not in told
    told = await play(running, f"{ask} false postives vs false negatves, i mix them up every time")
    assert "[false positives]" in told
    assert "[false negatives]" in told


async def test_a_slip_in_a_name_stands_before_a_record_that_has_one_of_the_words(running: Trial) -> None:
    await log(running, "serve the churn model in batch")
    told = await play(running, "ben in #general: @Common Ground is batch size a hyperparamter or not")
    assert "[hyperparameter]" in told
    assert "D-1 · " not in told


async def test_what_is_said_of_a_thing_is_meant_where_nothing_else_in_the_sentence_stands_apart(
    running: Trial,
) -> None:
    told = await play(
        running, "ben in #general: @Common Ground Dev says the classifier overfits all the time. What's that?"
    )
    assert "*overfitting*" in told


async def test_what_is_done_to_a_thing_is_explained_where_it_is_asked_for(running: Trial) -> None:
    ask = "ben in #general: @Common Ground"
    told = await play(running, f"{ask} our checkout code was refactored in spring, what would that have involved?")
    assert "*refactored*, from *refactoring*" in told
    assert "*calibrated*, from *calibration*" in await play(running, f"{ask} calibrated scores?")
    told = await play(running, f"{ask} how's a unit test not just a small integration test")
    assert "*integration test*" in told


async def test_of_a_sentence_that_is_pointed_at_no_word_is_said_to_be_unknown(running: Trial) -> None:
    told = await play(
        running, "ben in #general: @Common Ground Dev says wobble makes the scores jump around. What is it?"
    )
    assert "“around”" not in told


async def test_few_records_with_two_words_of_a_long_question_are_offered(running: Trial) -> None:
    await log(running, "keep fishing boats and motor yachts out of the arrivals")
    for other in ("fishing nets", "fishing harbours", "fishing seasons"):
        await log(running, f"count {other} apart")
    told = await play(
        running,
        "ben in #general: @Common Ground my cousin spends nights fishing and wonders whether arrivals list her dinghy",
    )
    assert "Nearest:" in told
    assert "D-1 · " in told


async def test_a_word_and_a_record_that_may_be_meant_are_offered_together(running: Trial) -> None:
    await log(running, "retrain the berth model monthly")
    told = await play(running, "ben in #general: @Common Ground retrain monthly or weekly?")
    assert "[retraining]" in told
    assert "D-1 · " in told


async def test_who_is_lost_in_a_thread_asks_about_what_it_says(running: Trial) -> None:
    for lost in ("I'm lost", "no clue, help", "Explain please, I am new."):
        told = await play(
            running,
            "ana in #general: The load balancer took the slow node out",
            f"ana in thread: @Common Ground {lost}",
        )
        assert "*load balancer*" in told, lost


async def test_what_begins_as_a_command_does_may_be_a_word(running: Trial) -> None:
    assert "*decision boundary*" in await play(running, "ben in #general: @Common Ground decision boundary?")
    assert "*feedback loop*" in await play(running, "ben in #general: @Common Ground feedback loop, what is that")
    told = await play(running, "ben in #general: @Common Ground decision weather feed")
    assert "Press to log a decision" in told


async def test_records_of_the_kind_asked_for_stand_before_others_with_all_words(running: Trial) -> None:
    await log(running, "drop the weather feed")
    assert "D-1 · " in await play(running, f"{FIND} what was the argument against the weather feed of May")


async def test_a_word_beside_words_of_something_else_is_only_offered(running: Trial) -> None:
    told = await play(running, f"{FIND} his motorbike has a sidecar now")
    assert "That sounds like" in told
    assert "[sidecar]" in told
    assert "That sounds like" not in await play(running, f"{FIND} the sidecar of the service restarts the container")


async def test_a_word_that_a_question_for_records_names_is_told_where_nothing_is_on_record(running: Trial) -> None:
    told = await play(
        running, "ben in #general: @Common Ground My boss asked for an SLO and I nodded. What did I agree to?"
    )
    assert told.count("*SLO*") == 1
    told = await play(running, "ben in #general: @Common Ground did we decide to wait for the train")
    assert "*train*" not in told


async def test_who_asked_for_something_is_on_record_and_no_duty(running: Trial) -> None:
    await log(running, "buy customs declarations")
    told = await play(running, "ben in #general: @Common Ground who did ask for customs declarations, and why")
    assert "D-1 · " in told


async def add(trial: Trial, name: str, who: str = "chloe", where: str = "#general") -> None:
    entered = [f"{who} enters {each}" for each in ('"What is it?": model', f'"Who leads it?": {who}')]
    await play(trial, f"{who} in {where}: /owner add {name}", *entered, f"{who} submits", f"{who} closes")


async def test_where_one_feature_knows_nothing_for_sure_another_that_does_answers(running: Trial) -> None:
    await add(running, "churn model")
    told = await play(running, "ben in #general: @Common Ground boosting came up in the review, who can help")
    assert "*boosting*" in told
    assert "No component is called" not in told
    told = await play(running, "ben in #general: @Common Ground tokens: what are they, who pays for them")
    assert "*token*" in told
    told = await play(running, "ben in #general: @Common Ground what sort of boundary do models have")
    assert "decision boundary\n" in told
    assert "Whose card?" not in told


async def test_where_nobody_knows_anything_the_nearest_is_offered(running: Trial) -> None:
    await add(running, "churn model")
    told = await play(running, "ben in #general: @Common Ground who monitors the lighthouse model?")
    assert "No component is called “lighthouse”. Other components have:" in told
    assert "*Production monitoring and drift*" not in told
    assert "[boosting]" not in await play(
        running, "ben in #general: @Common Ground who boosted the speakers in the hall"
    )
    assert "I don't know “lighthouse”. Whose card?" in await play(
        running, "ben in #general: @Common Ground show me the card of the lighthouse"
    )


async def test_below_a_word_that_is_not_defined_stands_what_is_named_so(running: Trial) -> None:
    await log(running, "drop the weather feed")
    await add(running, "weather model")
    for asked in ("/define weather feed", "@Common Ground what does weather feed mean?"):
        told = await play(running, f"ben in #general: {asked}")
        assert told.index("“weather feed” isn't defined yet.") < told.index("Nearest:") < told.index("D-1 · ")
    assert "weather model\n" in await play(running, "ben in #general: /define the weather model")
    assert "Nearest:" not in await play(running, "ben in #general: /define weather forecasts")


async def test_what_others_keep_to_themselves_is_offered_below_no_word(running: Trial) -> None:
    await log(running, "falcon flies", "#secret-launch")
    assert "Nearest:" not in await play(running, "ben in #general: /define falcon flight")
    assert "Falcon flies" in await play(running, "ana in #secret-launch: /define falcon flies")


async def test_a_question_typed_after_another_command_is_answered_where_that_is_sure(running: Trial) -> None:
    await add(running, "churn model")
    assert "*Model deployment of churn model* has no owner." in await play(
        running, "ben in #general: /define who deploys the churn model"
    )
    assert "*Rollback and incident response of churn model* has no owner" in await play(
        running, f"{FIND} who do we call when the churn model is down"
    )
    told = await play(running, "ben in #general: /define who brings the cake")
    assert "Did you mean /owner brings the cake?" in told


async def test_a_record_in_other_words_is_offered_and_not_shown_as_found(running: Trial) -> None:
    await log(running, "use RabbitMQ for events")
    told = await play(running, f"{FIND} what did we settle on for the message broker, i was on leave")
    assert "Nothing has all of “message broker leave”. Nearest:" in told
    assert "D-1 · " in told


async def test_a_record_is_offered_for_a_slip_and_a_private_one_changes_nothing_of_it(running: Trial) -> None:
    await log(running, "buy turbine vibrations", where="#secret-launch")
    asked = "find turbnie vibratoins decision"
    assert "turbine" not in await play(running, f"ben in #general: /common-ground {asked}")
    told = await play(running, f"ana in #secret-launch: /common-ground {asked}")
    assert "Nearest:" in told
    assert "Buy turbine vibrations" in told
