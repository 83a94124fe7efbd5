"""A Slack on this machine: a workspace with people and channels that an app can be connected to, unchanged.

It plays Slack for trying an app and for testing it: the Web API, Socket Mode, signed HTTP, events, commands, shortcuts,
buttons, forms, the Home, files, custom steps of workflows and the installation, with Slack's error codes, limits and
deadlines. It imports nothing of the app that it serves.

Known to differ from Slack: it knows one app, which is installed from the start, and whoever is asked to allow it has
done so at once, in the workspace or the organisation that ``team`` names; each has its own address for all but the Web
API. There are no tokens of people. Where an organisation has let the app in, an interaction names no team, which
Slack's own does at times. Of the Web API it knows the methods in ``web_api``, and of Block Kit what is in
``block_kit.yaml``; it refuses the rest, as ``unknown_method`` and ``unsupported type``. Every method takes JSON.
Nothing here can end in ``block_mismatch``, ``edit_window_closed``, ``streaming_state_conflict``, ``restricted_action``,
``channel_is_limited_access`` or ``user_not_visible``. Events of what it does not have (Work Objects, an agent's view)
are told only where a test calls ``events.tell``, and custom steps run where it calls ``web_api.functions.run_step``;
nobody counts events, so none is dropped as ``app_rate_limited`` and none switched off after failures. A token that
rotates takes the place of the one before at once. What people type has no ``blocks`` of its own, a command is not shown
above its answer for all, and ``app_home_opened`` has no ``context``. Attachments are taken and not shown; any name is
an emoji, few are drawn; a ``markdown`` block is shown as it is written, a pie as a list, and ``{ago}`` in a date as its
name. A select of conversations ignores its ``filter`` and its default, and ``response_url_enabled``. A rate limit
counts a sliding minute, where Slack allows bursts that it does not document, and history is read as often as an
internal app may. Open forms survive a reload and show in every window of a person. Slack's own ``/invite`` and ``/me``
are there, its other commands are not. What Slack's own client says beside a field, and what it says of a wrong type in
a block, is its sense, not its exact words.
"""
