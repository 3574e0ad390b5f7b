"""An article page from its bytes to what the store keeps: pure, so that it may be done in another process.

The page is decoded, extracted, and taken through the steps that `JARSHY_STEPS` names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from importlib import import_module

from items import Article, OutletFacts, Problem
from spiders.extract.encoding import decode
from spiders.extract.layout import Extraction, Hint, Layout
from spiders.extract.page import extract_page
from spiders.support.log import told

Step = Callable[[Article], Article]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The bytes of an article's page, and all that is to be known for reading them."""

    body: bytes
    url: str  # after redirects
    asked: str  # the address as asked
    declared: str | None  # the charset of the header, as written
    now: datetime  # when it came, aware
    outlet: OutletFacts
    layouts: tuple[Layout, ...]
    hint: Hint


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was read of a page."""

    extraction: Extraction | None = None  # its article has been through the steps; None: nothing was read
    problems: tuple[Problem, ...] = ()
    charset: str | None = None
    error: str | None = None  # why there is no whole article
    raised: str | None = None  # the class of an error that is a fault of ours
    faults: tuple[str, ...] = ()  # for the log, a line each

    @property
    def article(self) -> Article | None:
        """The article, where nothing that is required is missing."""
        return None if self.extraction is None or self.error else self.extraction.article


def steps_of(names: Iterable[str]) -> dict[str, Step]:
    """Load steps by name: "pipelines.normalise.normalise_article" is a function, and goes by "normalise"."""
    found: dict[str, Step] = {}
    for name in names:
        module, _, function = name.rpartition(".")
        found[module.rpartition(".")[2]] = getattr(import_module(module), function)
    return found


def read(answer: Answer, steps: Iterable[tuple[str, Step]] = ()) -> Reading:
    """Read a page. What the extraction room and the steps promise never to raise costs this page alone.

    A page without one of the required fields goes through no step.
    """
    charset: str | None = None
    try:
        decoded = decode(answer.body, declared=answer.declared)
        charset = decoded.charset
        extraction = extract_page(
            decoded.text,
            url=answer.url,
            now=answer.now,
            outlet=answer.outlet,
            layouts=answer.layouts,
            hint=answer.hint,
        )
    except Exception as error:  # noqa: BLE001 - whatever it is costs this page alone
        return lost(answer, type(error).__name__, told(error), charset=charset)
    problems = list(extraction.problems)
    if decoded.note:
        problems.append(_problem(answer, "charset", decoded.note))
    if extraction.missing:
        named = {problem.field for problem in problems}
        missing = [field for field in extraction.missing if field not in named]
        problems += [_problem(answer, field, "not found on the page") for field in missing]
        return Reading(
            extraction=extraction,
            problems=tuple(problems),
            charset=charset,
            error=f"no {', '.join(extraction.missing)}",
        )
    article, broken, faults = walk(extraction.article, steps, outlet=answer.outlet.name, asked=answer.asked)
    return Reading(
        extraction=replace(extraction, article=article),
        problems=(*problems, *broken),
        charset=charset,
        faults=faults,
    )


def walk(
    article: Article, steps: Iterable[tuple[str, Step]], *, outlet: str, asked: str
) -> tuple[Article, tuple[Problem, ...], tuple[str, ...]]:
    """Take an article through the steps.

    They promise not to raise. Should one, the article stays as it was: a step that fails takes no page with
    it.

    Returns:
        The article; a problem for each step that raised; for the log, a line of each.
    """
    problems, faults = [], []
    for name, step in steps:
        try:
            article = step(article)
        except Exception as error:  # noqa: BLE001 - as promised
            why = f"{type(error).__name__} in this step"
            problems.append(Problem(outlet=outlet, url=asked, field=name, why=why))
            faults.append(f"event=step_error step={name} url={asked!r} {told(error)}")
    return article, tuple(problems), tuple(faults)


def lost(answer: Answer, kind: str, why: str, *, charset: str | None = None) -> Reading:
    """Give the reading of a page that could not be read by a fault of ours.

    Args:
        answer: the page.
        kind: of the fault: an error's class, or how a process ended.
        why: for the log, as `key=value`.
        charset: the encoding it was read in, if it came so far.
    """
    error = f"{kind} while it was read"
    return Reading(
        problems=(_problem(answer, "extraction", error),),
        charset=charset,
        error=error,
        raised=kind,
        faults=(f"event=extraction_error url={answer.url!r} {why}",),
    )


def _problem(answer: Answer, field: str, why: str) -> Problem:
    return Problem(outlet=answer.outlet.name, url=answer.asked, field=field, why=why)
