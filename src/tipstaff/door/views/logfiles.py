"""The public log's files (C2SP tlog-tiles): static for a day, the same for everybody, open to any reader."""

from django.http import HttpRequest, HttpResponse

from tipstaff.hatch import queries
from tipstaff.tlog import tiles


def log_file(request: HttpRequest, path: str) -> HttpResponse:
    """A checkpoint, a tile or an entry bundle; 404 for all that the public head does not cover yet."""
    content = queries.log_file(path)
    if content is None:
        return HttpResponse("not in the public log\n", status=404, content_type="text/plain; charset=utf-8")
    checkpoint = path == tiles.CHECKPOINT
    response = HttpResponse(
        content, content_type="text/plain; charset=utf-8" if checkpoint else "application/octet-stream"
    )
    fixed = not checkpoint and ".p/" not in path
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if fixed else "no-cache"
    # Anyone's verifier may read the log, also one that runs in a browser.
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
