"""The buttons that lead from one feature into another; who opens a door names it here, and so does who leads to it."""

#: Opens a data request: "purpose:…", "decision:ID", "feedback:ID" or "change:NOTICE:PERSON" as its value, or nothing.
ASK_FOR_DATA = "data_request_new"
LOG_DECISION = "decision_log"
EDIT_COMPONENT = "owner_edit"
#: Says who owns what of a component; its id is the value.
OPEN_COMPONENT = "owner_component_open"
#: Opens the form in which it is said when a component retires; its id is the value.
RETIRE_COMPONENT = "owner_retire"
#: Opens the form that settles a person's open duties of a component at once; its id is the value.
DUTIES_REVIEW = "duties_review"
#: Opens the card of a component; its id is the value.
OPEN_CARD = "card_open"
#: Opens one aspect of a card; "COMPONENT:ASPECT" is the value.
FILL_IN_ASPECT = "card_fill_in"
#: Opens the form that suggests an owner for a duty; "COMPONENT:DUTY" is the value.
SUGGEST_OWNER = "owner_suggest"
#: Shows a data request; its id is the value.
OPEN_REQUEST = "data_request_open"
#: What somebody says of a change that concerns them; "NOTICE:PERSON" is the value.
CHANGE_FINE = "change_fine"
CHANGE_NEEDS_WORK = "change_needs_work"
CHANGE_BLOCKED = "change_blocked"
REMINDER_SETTINGS = "nudge_settings"
REMINDERS_FOR_ALL = "nudge_for_all"
#: Lists the several things of one topic that need somebody; the topic's key is the value.
REVIEW_NEEDS = "nudge_review"
SUMMARY_SETTINGS = "summary_settings"
#: Says what needs who presses, and what of theirs changed this week.
SUMMARY_MINE = "summary_mine"
#: Opens the form in which a channel and a time are chosen for the weekly summary.
SUMMARY_OF_CHANNEL = "summary_of_channel"
WORKSPACE_SETTINGS = "workspace_open_settings"
#: Shows to all in a thread what answered somebody's mention to them alone; the value is the delivery's id, and where.
SHARE_ANSWER = "answer_share"
#: Asks in plain words what is its value, as a command would be asked by the same person in the same place.
ASK = "ask_in_words"
#: Opens the form in which anything can be asked so; the form has the same name.
FIND = "find"
ADD_WORD = "glossary_add"
