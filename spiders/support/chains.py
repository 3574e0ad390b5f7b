"""Certificates that a server should send and does not: brought as a file, trusted no more than sent ones.

A server that leaves out the certificate between its own and the root's cannot be verified by who has only the
roots. The missing link may then come from a file. It is no root: a chain must still end in one of the system.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cryptography import x509
from OpenSSL import SSL, crypto
from scrapy.crawler import Crawler
from twisted.internet._sslverify import IOpenSSLTrustRoot
from twisted.internet.ssl import optionsForClientTLS, platformTrust
from twisted.web.client import BrowserLikePolicyForHTTPS
from zope.interface import implementer  # type: ignore[import-untyped]

FOLDER = Path(__file__).parents[1] / "certs"
MAX_LINKS = 5  # certificates in a file


class BadChain(ValueError):  # noqa: N818 - what the file is
    """A file that holds no intermediate certificates; the message names it and says why."""


def read_links(path: Path) -> list[x509.Certificate]:
    """Read a file of intermediate certificates (PEM, RFC 7468).

    Raises:
        BadChain: it cannot be read, holds none or too many, or one that is a root or no authority's. A root
            in here would be trusted: that is the system's to decide.
    """
    try:
        found = x509.load_pem_x509_certificates(path.read_bytes())
    except (OSError, ValueError) as error:
        raise BadChain(f"{path}: {error}") from error
    if not 0 < len(found) <= MAX_LINKS:
        raise BadChain(f"{path}: {len(found)} certificates; expected 1 to {MAX_LINKS}")
    for each in found:
        name = each.subject.rfc4514_string()
        if each.subject == each.issuer:
            raise BadChain(f"{path}: {name} is a root; only what lies between belongs here")
        if not _is_authority(each):
            raise BadChain(f"{path}: {name} is no certificate authority's (RFC 5280, 4.2.1.9)")
    return found


def _is_authority(certificate: x509.Certificate) -> bool:
    try:
        return certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except (x509.ExtensionNotFound, ValueError):
        return False


@implementer(IOpenSSLTrustRoot)
class _RootsAndLinks:
    """The system's roots, with links that lead to them."""

    def __init__(self, links: list[x509.Certificate]) -> None:
        self._links = links

    def _addCACertsToContext(self, context: SSL.Context) -> None:  # noqa: N802 - Twisted's
        platformTrust()._addCACertsToContext(context)  # type: ignore[no-untyped-call] # noqa: SLF001
        store = context.get_cert_store()
        assert store is not None  # noqa: S101 - a context has one
        for each in self._links:
            # OpenSSL takes an intermediate in its store for a link and not for an end, as long as nobody sets
            # X509_V_FLAG_PARTIAL_CHAIN; a test holds that.
            store.add_cert(crypto.X509.from_cryptography(each))


def policy(crawler: Crawler, usual: Any) -> Any:
    """Give the policy for TLS of an outlet's crawl: the usual one, or with the links the outlet brings.

    Args:
        crawler: of a spider that may declare `chain`, the name of a file in `spiders/certs/`.
        usual: Scrapy's policy, which verifies (`DOWNLOAD_VERIFY_CERTIFICATES`).

    Raises:
        BadChain: the file is none of its kind.
    """
    name = getattr(crawler.spidercls, "chain", "")
    return LinkedPolicy(usual, read_links(FOLDER / name)) if name else usual


class LinkedPolicy(BrowserLikePolicyForHTTPS):
    """Verifies as Scrapy's policy does, with further links at hand."""

    def __init__(self, usual: Any, links: list[x509.Certificate]) -> None:
        super().__init__(trustRoot=_RootsAndLinks(links))  # type: ignore[no-untyped-call]
        self._usual = usual

    def creatorForNetloc(self, hostname: bytes, port: int) -> Any:  # noqa: N802, ARG002 - Twisted's
        """Give what makes a connection to a host."""
        return optionsForClientTLS(
            hostname=hostname.decode("ascii"),
            trustRoot=self._trustRoot,
            extraCertificateOptions=self._usual._get_cert_options_kwargs(),  # noqa: SLF001
        )
