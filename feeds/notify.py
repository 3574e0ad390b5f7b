"""Tells whoever is to know that outlets changed their state: a webhook, a command, or both."""

from __future__ import annotations

import json
import shlex
import subprocess
import urllib.error
import urllib.request
from collections.abc import Sequence
from datetime import UTC
from urllib.parse import urlsplit

from pipelines.store import Change
from spiders.support.visible import visible

SECONDS = 10.0  # for either to take it


def message(changes: Sequence[Change]) -> str:
    """Give the changes as text for people, a line each, the oldest first."""
    return "\n".join(
        visible(f"{each.outlet}: {each.before} -> {each.state}{': ' if each.why else ''}{each.why}")
        for each in reversed(changes)
    )


def tell_webhook(url: str, changes: Sequence[Change]) -> str:
    """POST the changes as JSON: `text` for chat programs, `changes` for others; gives what went wrong, or "".

    The address is the operator's own, so it may lead inside the network. It is never named whole: it may be
    a secret.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return "the webhook is no http(s) address"
    body = {
        "text": message(changes),
        "changes": [
            {
                "id": each.guid,
                "outlet": each.outlet,
                "title": each.title,
                "at": each.at.astimezone(UTC).isoformat(),
                "before": each.before,
                "state": each.state,
                "why": each.why,
            }
            for each in reversed(changes)
        ],
    }
    request = urllib.request.Request(  # noqa: S310 - http(s), by the check above
        url,
        data=json.dumps(body, ensure_ascii=False).encode(),
        headers={"Content-Type": "application/json; charset=utf-8", "User-Agent": "Jarshy/0.1"},
        method="POST",
    )
    try:
        with urllib.request.urlopen(request, timeout=SECONDS):  # noqa: S310 - likewise
            return ""
    except (OSError, ValueError) as error:  # an HTTP status is an OSError too
        return f"the webhook at {parts.hostname}: {type(error).__name__}: {error}"


def tell_command(command: str, changes: Sequence[Change]) -> str:
    """Give the changes to a command on its standard input, without a shell; gives what went wrong, or ""."""
    try:
        words = shlex.split(command)
        done = subprocess.run(  # noqa: S603 - the operator's own command
            words, input=message(changes) + "\n", text=True, capture_output=True, timeout=SECONDS, check=False
        )
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        return f"the command: {type(error).__name__}: {error}"
    return f"the command ended with {done.returncode}" if done.returncode else ""
