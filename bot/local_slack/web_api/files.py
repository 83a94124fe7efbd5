"""Methods about files: an upload in two steps, and what is known of a file."""

from bot.local_slack.errors import SlackError
from bot.local_slack.web_api.call import Call
from bot.local_slack.wire.events import tell_message
from bot.local_slack.workspace.people import People
from bot.local_slack.workspace.rendering import file_payload
from bot.local_slack.workspace.state import File, Json, Workspace


def begin(call: Call) -> Json:
    if not call.text("filename") or not call.number("length", 0):
        raise SlackError("invalid_arguments", "[ERROR] missing required field: filename or length [json-pointer:/]")
    file = People(call.workspace).upload(call.workspace.bot, call.text("filename"), b"")
    return {"upload_url": f"{call.workspace.url}/upload/{file.id}", "file_id": file.id}


def complete(call: Call) -> Json:
    told = call.objects("files")
    files = [Call(call.workspace, each).one_of(call.workspace.files, "id", "file_not_found") for each in told]
    for file, each in zip(files, told, strict=True):
        file.title = str(each.get("title") or file.name)
    for channel_id in [*call.names("channels"), *call.names("channel_id")]:
        channel = Call(call.workspace, {"channel": channel_id}).channel()
        if call.workspace.bot.id not in channel.members:
            raise SlackError("not_in_channel")
        message = call.workspace.bots_message(call.text("initial_comment"), [], call.text("thread_ts"))
        message.subtype, message.files = "file_share", [file.id for file in files]
        call.workspace.keep(channel, message)
        for file in files:
            file.channels.append(channel.id)
        tell_message(call.workspace, channel, message)
    return {"files": [{"id": file.id, "title": file.title} for file in files]}


def info(call: Call) -> Json:
    file = call.one_of(call.workspace.files, "file", "file_not_found")
    if not may_see(call.workspace, file):
        raise SlackError("file_not_found")
    return {"file": file_payload(call.workspace, file)}


def may_see(workspace: Workspace, file: File) -> bool:
    """Tell whether the bot may have a file: its own, one given to it in a form, or one of its channels."""
    bot = workspace.app.bot_user_id
    return (
        not file.channels or file.user == bot or any(bot in workspace.channels[each].members for each in file.channels)
    )
