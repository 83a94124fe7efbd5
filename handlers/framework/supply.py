"""Hands each handler what its signature names: services, the workspace, who is asking, and what they may see."""

import inspect
import time
from collections.abc import Callable, Mapping

from handlers.access.permissions import Acting, is_admin
from handlers.access.visibility import viewpoint
from handlers.framework.routing import Handler, Means
from handlers.framework.services import Services
from handlers.slack.interactions import Gesture
from storage.workspaces.workspaces import Workspace, known_workspace, stewards_of

_SETTINGS_KEPT_SECONDS = 1.0
_SERVICES: Mapping[str, Callable[[Services], object]] = {
    "store": lambda services: services.store,
    "reader": lambda services: services.store.reader,
    "directory": lambda services: services.directory,
    "routes": lambda services: services.routes,
    "now": lambda services: services.now(),
    "command_prefix": lambda services: services.command_prefix,
    "team_url": lambda services: services.team_url,
}
_GESTURES = ("ask", "press", "submission", "shortcut", "happening")
_KNOWN = {*_SERVICES, *_GESTURES, "acting", "is_admin", "means", "viewpoint", "workspace"}


class Supply:
    """Knows what every handler wants; a name that it does not have is found when the bot starts."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._settings: dict[str, tuple[float, Workspace]] = {}
        self._wanted = {handler: _names_of(handler) for handler in services.routes.handlers()}

    async def given(self, gesture: Gesture, handler: Handler) -> dict[str, object] | None:
        """Return what a handler is called with; None where Slack does not say who is asking."""
        workspace = self._workspace(gesture.team_id)
        given: dict[str, object] = {}
        for name in self._wanted.get(handler) or _names_of(handler):
            if name in _GESTURES:
                given[name] = gesture
            elif name == "workspace":
                given[name] = workspace
            elif name in ("acting", "is_admin"):
                acting = await self._acting(gesture)
                given[name] = acting if name == "acting" else acting.is_admin
            elif name == "means":
                services = self._services
                store, directory = services.store, services.directory
                given[name] = Means(gesture.team_id, services.now(), store, directory, services.routes, services.admins)
            elif name == "viewpoint":
                given[name] = seen = await viewpoint(gesture, self._services.directory, workspace)
                if seen is None:
                    return None
            else:
                given[name] = _SERVICES[name](self._services)
        return given

    def forget_settings(self, team_id: str | None = None) -> None:
        """Read the settings of a workspace, or of all, anew at the next gesture."""
        if team_id is None:
            self._settings.clear()
        else:
            self._settings.pop(team_id, None)

    def _workspace(self, team_id: str) -> Workspace:
        """Return the workspace's settings; what another process changes in them is seen a second later."""
        kept = self._settings.get(team_id)
        if kept is not None and kept[0] > time.monotonic():
            return kept[1]
        found = known_workspace(self._services.store.reader, team_id)
        self._settings[team_id] = (time.monotonic() + _SETTINGS_KEPT_SECONDS, found)
        return found

    async def _acting(self, gesture: Gesture) -> Acting:
        services = self._services
        person = await services.directory.person(gesture.team_id, gesture.user_id)
        return Acting(
            gesture.team_id,
            gesture.user_id,
            is_admin(person, services.admins),
            stewards_of(services.store.reader, gesture.team_id),
            services.admins,
            services.directory,
        )


def _names_of(handler: Handler) -> tuple[str, ...]:
    names = tuple(inspect.signature(handler).parameters)
    if unknown := [name for name in names if name not in _KNOWN]:
        message = (
            f"{handler.__module__}.{handler.__qualname__} asks for {unknown[0]!r}, which the boundary does not have"
        )
        raise TypeError(message)
    return names
