"""A Slack on this machine: a workspace with people and channels that an app can be connected to, unchanged.

It plays Slack for trying an app and for testing it: the Web API, Socket Mode, signed HTTP, slash commands, mentions,
buttons and forms, with Slack's error codes, limits and deadlines. It imports nothing of the app that it serves.

Known to differ from Slack: it knows one app and one workspace; of the Web API it knows the methods in ``web_api``
and refuses others as ``unknown_method``; people can type, run commands, press buttons and submit forms, but not yet
use shortcuts, reactions, files or the Home; the page draws the blocks that the bot sends and names others by type.
"""
