"""A Slack on this machine: a workspace with people and channels that an app can be connected to, unchanged.

It plays Slack for trying an app and for testing it: the Web API, Socket Mode, signed HTTP, events, commands, shortcuts,
buttons, forms, the Home and files, with Slack's error codes, limits and deadlines. It imports nothing of the app that
it serves.

Known to differ from Slack: it knows one app, installed in one workspace, and no OAuth. Of the Web API it knows the
methods in ``web_api``, and of Block Kit what is in ``block_kit.yaml``; it refuses the rest, as ``unknown_method`` and
``unsupported type``. What people type has no ``blocks`` of its own, and a join leaves no message. Attachments are
taken and not shown; any name is an emoji, few are drawn; a ``markdown`` block is shown as it is written, and a pie as
a list. A select of conversations ignores its ``filter`` and its default, and ``response_url_enabled``. A rate limit
counts a sliding minute, where Slack allows bursts that it does not document. JSON is taken by every method. Open
forms survive a reload and show in every window of a person. What Slack's own client says beside a field is its sense,
not its exact words.
"""
