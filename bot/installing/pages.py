"""What is shown in a browser on the way to Slack and back."""

from html import escape

from aiohttp import web

_PAGE = """\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>
body {{ font: 1.1rem/1.5 system-ui, sans-serif; max-width: 34rem; margin: 15vh auto; padding: 0 1rem; color: #1d1c1d }}
h1 {{ font-size: 1.4rem }}
a {{ color: #1f4e5f }}
</style>
<h1>{title}</h1>
<p>{told}</p>
{link}
"""
_LINK = '<p><a href="{url}">{name}</a></p>\n'
#: Nobody may put the page into their own, load anything by it, or learn from where it was left what its address was.
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def page(status: int, title: str, told: str, link: tuple[str, str] = ("", "")) -> web.Response:
    """Return a page that says one thing, with a ``link``: an address, and what it is called."""
    url, name = link
    linked = _LINK.format(url=escape(url), name=escape(name)) if url.startswith(("https://", "http://", "/")) else ""
    text = _PAGE.format(title=escape(title), told=escape(told), link=linked)
    return web.Response(status=status, text=text, content_type="text/html", headers=_HEADERS)


def leading(url: str) -> web.Response:
    """Return what leads a browser elsewhere."""
    return web.Response(status=302, headers={**_HEADERS, "Location": url})
