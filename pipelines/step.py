"""How a step of the road treats a page: the one place where an unexpected error costs a step, not a page."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace

from items import Article, Page, Problem

logger = logging.getLogger(__name__)


def apply(page: Page, step: str, change: Callable[[Article], Article]) -> Page:
    """Give the page with its article changed.

    The steps promise not to raise. Should one, the article stays as it was, the page carries a problem with
    the error's class, and the crawl goes on.

    Args:
        page: left alone where it has no article.
        step: the problem's field: "normalise".
        change: the step.
    """
    if page.article is None:
        return page
    try:
        return replace(page, article=change(page.article))
    except Exception as error:  # a page that breaks a rule must not take the others with it
        logger.exception("event=step_error step=%s url=%r", step, page.fetch.url)
        problem = Problem(
            outlet=page.fetch.outlet,
            url=page.fetch.url,
            field=step,
            why=f"{type(error).__name__} in this step",
        )
        return replace(page, problems=(*page.problems, problem))
