"""Tells whoever is to know that outlets changed their state: a webhook, a command, or both."""

from __future__ import annotations

import json
import os
import shlex
import signal
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC
from urllib.parse import urlsplit

from feeds.outward import post, within
from pipelines.store import Change
from spiders.support.visible import visible

SECONDS = 10.0  # for either to take it


def message(changes: Sequence[Change]) -> str:
    """Give the changes as text for people, a line each, the oldest first."""
    return "\n".join(
        visible(f"{each.outlet}: {each.before} -> {each.state}{': ' if each.why else ''}{each.why}")
        for each in reversed(changes)
    )


def tell_webhook(
    url: str, changes: Sequence[Change], *, private: bool = False, seconds: float = SECONDS
) -> str:
    """POST the changes as JSON: `text` for chat programs, `changes` for others; gives what went wrong, or "".

    The address is never named whole: it may be a secret. No redirect is followed: it would leave with it.

    Args:
        url: the operator's own; where it may lead, `feeds.outward.post` says.
        changes: the newest first.
        private: whether it may be inside a network.
        seconds: for the other side to take it, from the first to the last byte.
    """
    host = _host(url)
    if not host:
        return "the webhook is no http(s) address"
    told = {
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
    body = json.dumps(told, ensure_ascii=False).encode()
    kind = {"Content-Type": "application/json; charset=utf-8"}
    wrong = within(seconds, lambda: post(url, body, kind, timeout=seconds, private=private))
    return f"the webhook at {host}: {wrong}" if wrong else ""


def tell_command(command: str, changes: Sequence[Change], *, seconds: float = SECONDS) -> str:
    """Give the changes to a command on its standard input, without a shell; gives what went wrong, or "".

    What it prints is not read. When its `seconds` are over, it ends with all that it started.
    """
    try:
        words = shlex.split(command)
        with subprocess.Popen(  # noqa: S603 - the operator's own command
            words,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        ) as process:
            try:
                process.communicate(f"{message(changes)}\n".encode(), timeout=seconds)
            except subprocess.TimeoutExpired:
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                return f"the command was not done within {seconds:.0f} s"
    except (OSError, ValueError, IndexError, subprocess.SubprocessError) as error:
        return f"the command: {type(error).__name__}: {error}"
    return f"the command ended with {process.returncode}" if process.returncode else ""


def _host(url: str) -> str:
    """The host of an http(s) address, else nothing."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return parts.hostname or "" if parts.scheme in ("http", "https") else ""
