"""Methods about files: an upload in two steps, and what is known of a file."""

from bot.local_slack.errors import SlackError, refuse
from bot.local_slack.web_api.call import Call
from bot.local_slack.wire.events import tell_message
from bot.local_slack.workspace.people import People
from bot.local_slack.workspace.rendering import file_payload
from bot.local_slack.workspace.state import File, Json, Workspace

#: A picture may be described in so many characters.
_ALT_LIMIT = 1000


def begin(call: Call) -> Json:
    if not call.text("filename") or not call.number("length", 0):
        raise SlackError("invalid_arguments", "[ERROR] missing required field: filename or length [json-pointer:/]")
    refuse("alt_txt_too_large", when=len(call.text("alt_txt")) > _ALT_LIMIT)
    file = People(call.workspace).upload(call.workspace.bot, call.text("filename"), b"")
    file.alt = call.text("alt_txt")
    return {"upload_url": f"{call.workspace.url}/upload/{file.id}", "file_id": file.id}


def complete(call: Call) -> Json:
    told = call.objects("files")
    files = [Call(call.workspace, each).one_of(call.workspace.files, "id", "file_not_found") for each in told]
    refuse("file_not_found", when=any(file.is_deleted for file in files))
    for file, each in zip(files, told, strict=True):
        file.title = str(each.get("title") or file.name)
    for channel_id in [*call.names("channels"), *call.names("channel_id")]:
        channel = Call(call.workspace, {"channel": channel_id}).channel()
        refuse("not_in_channel", when=call.workspace.bot.id not in channel.members)
        message = call.workspace.bots_message(call.text("initial_comment"), [], call.text("thread_ts"))
        message.subtype, message.files = "file_share", [file.id for file in files]
        call.workspace.keep(channel, message)
        for file in files:
            file.share(channel.id, message.ts)
        tell_message(call.workspace, channel, message)
    return {"files": [{"id": file.id, "title": file.title} for file in files]}


def info(call: Call) -> Json:
    return {"file": file_payload(call.workspace, _seen(call))}


def delete(call: Call) -> Json:
    """Delete a file of the bot's own; where it was shown, a stone is left.

    https://docs.slack.dev/reference/methods/files.delete
    """
    file = _seen(call)
    refuse("cant_delete_file", when=file.user != call.workspace.app.bot_user_id)
    file.is_deleted, file.content = True, b""
    return {}


def _seen(call: Call) -> File:
    file = call.one_of(call.workspace.files, "file", "file_not_found")
    refuse("file_not_found", when=not may_see(call.workspace, file))
    refuse("file_deleted", when=file.is_deleted)
    return file


def may_see(workspace: Workspace, file: File) -> bool:
    """Tell whether the bot may have a file: its own, one given to it in a form, or one of its channels."""
    bot, shared = workspace.app.bot_user_id, [workspace.channels[each] for each in file.channels]
    return not shared or file.user == bot or any(bot in each.members for each in shared)
