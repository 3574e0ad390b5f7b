"""Why no answer came, in one line that a person can act on: Scrapy and Twisted wrap errors in errors."""

from __future__ import annotations

from OpenSSL import SSL
from scrapy import exceptions as scrapy_errors
from twisted.internet import error as twisted_errors
from twisted.python.failure import Failure
from twisted.web.client import ResponseFailed

from spiders.support.guard import NotPublic
from spiders.support.heads import HeadTooLong

MOST = 300  # characters


def reason_of(error: BaseException | None) -> str:
    """Say why a request gave no answer.

    Args:
        error: as a spider's errback finds it.
    """
    return " ".join(_said(error).split())[:MOST]


def _said(error: BaseException | None) -> str:
    match error:
        case scrapy_errors.IgnoreRequest():
            return str(error) or "refused"
        case scrapy_errors.DownloadTimeoutError():
            return "it took too long"
        case scrapy_errors.ResponseDataLossError():
            return "the answer is cut short, or its parts do not fit together"
        case scrapy_errors.DownloadCancelledError():
            return "larger than an answer may be"
        case scrapy_errors.DownloadConnectionRefusedError():
            return "the connection was refused"
        case scrapy_errors.CannotResolveHostError():
            refused = isinstance(error.__cause__, NotPublic)
            return f"not asked: {error}" if refused else f"the host's name does not resolve: {error}"
        case scrapy_errors.DownloadFailedError(__cause__=ResponseFailed() as cause):
            return "; ".join(dict.fromkeys(_part(each) for each in cause.reasons)) or "the answer failed"
    return f"{type(error).__name__}: {error}"


def _part(failure: Failure) -> str:
    match failure.value:
        case HeadTooLong():
            return str(failure.value)
        case SSL.Error(args=((*_, (*_, what)),)):
            return f"TLS: {what}"
        case twisted_errors.ConnectionClosed() | twisted_errors.ConnectionAborted():
            return "the connection was closed before the answer came"
        case twisted_errors.ConnectError() | OSError():
            return f"the connection failed: {failure.value}"
    return "what came is no HTTP"
