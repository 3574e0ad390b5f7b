"""The outlets' state for Prometheus, in its text format, for node_exporter's textfile collector.

https://prometheus.io/docs/instrumenting/exposition_formats/ (version 0.0.4): a collector reads the file when
it likes, so it is written beside and renamed, and its name must end in `.prom`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from pipelines.store import Health, OutletStatus

STATES = ("new", "well", "ill", "retired")


def exposition(found: Sequence[OutletStatus], states: Mapping[str, Health]) -> str:
    """Give the metrics of the outlets."""
    health = [states[each.outlet] for each in found if each.outlet in states]
    runs = [each.ended_at for each in found if each.ended_at]
    families: list[tuple[str, str, list[tuple[dict[str, str], float | None]]]] = [
        (
            "jarshy_outlet_state",
            "1 for the state that the outlet is in.",
            [
                ({"outlet": each.outlet, "state": state}, float(each.state == state))
                for each in health
                for state in STATES
            ],
        ),
        (
            "jarshy_outlet_last_success_timestamp_seconds",
            "End of its last crawl that did not fail.",
            [({"outlet": each.outlet}, _seconds(each.last_success)) for each in health],
        ),
        (
            "jarshy_outlet_failures",
            "Failed crawls in a row.",
            [({"outlet": each.outlet}, float(each.failures)) for each in health],
        ),
        (
            "jarshy_outlet_newest_article_timestamp_seconds",
            "Publication of its newest article.",
            [({"outlet": each.outlet}, _seconds(each.newest)) for each in found],
        ),
        (
            "jarshy_outlet_articles",
            "Articles held.",
            [({"outlet": each.outlet}, float(each.articles)) for each in found],
        ),
        (
            "jarshy_outlet_yield_articles",
            "New articles in its last day, or week where a day brings too few.",
            [({"outlet": each.outlet, "days": str(each.span_days)}, _number(each.found)) for each in health],
        ),
        (
            "jarshy_outlet_habit_articles",
            "What that usually is.",
            [({"outlet": each.outlet, "days": str(each.span_days)}, each.habit) for each in health],
        ),
        (
            "jarshy_last_crawl_timestamp_seconds",
            "End of the last crawl of any outlet.",
            [({}, _seconds(max(runs, default=None)))],
        ),
    ]
    lines = []
    for name, told, samples in families:
        known = [(labels, value) for labels, value in samples if value is not None]
        if known:
            lines += [f"# HELP {name} {told}", f"# TYPE {name} gauge"]
            lines += [f"{name}{_labels(labels)} {value!r}" for labels, value in known]
    return "".join(f"{line}\n" for line in lines)


def _labels(labels: Mapping[str, str]) -> str:
    told = ",".join(f'{name}="{_escaped(value)}"' for name, value in labels.items())
    return f"{{{told}}}" if told else ""


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def _seconds(moment: datetime | None) -> float | None:
    return None if moment is None else moment.timestamp()


def _number(count: int | None) -> float | None:
    return None if count is None else float(count)
