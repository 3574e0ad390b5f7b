"""The verbs that are filters: which room works on the lines. See `pipelines.jsonl`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from pipelines.jsonl import Line, filtered, text_field


def run(name: str, lines: Iterable[bytes], out: BinaryIO) -> bool:
    """Work on lines of JSON and write the answers, each as soon as it is known.

    Args:
        name: attribute, extract, fold or sanitise.
        lines: as they come.
        out: for the answers.

    Returns:
        True where every line was a good one.
    """
    well = True
    for answer, good in _answers(name, lines):
        out.write(answer)
        out.flush()
        well = well and good
    return well


def _answers(name: str, lines: Iterable[bytes]) -> Iterable[tuple[bytes, bool]]:
    """Import no more than the one filter needs."""
    if name == "attribute":
        from pipelines.jsonl import attribute_line

        return filtered(lines, attribute_line)
    if name == "extract":
        from pipelines.jsonl import extract_line, outlet_hosts
        from pipelines.runner import outlets

        hosts = outlet_hosts(outlets().values())
        return filtered(lines, lambda line: extract_line(line, hosts))
    if name == "fold":
        from pipelines.jsonl import fold_lines

        return fold_lines(lines)
    from feeds.sanitise import sanitise

    def sanitise_line(line: Line) -> dict[str, str]:
        return {"html": sanitise(text_field(line, "html"), text_field(line, "base", default=""))}

    return filtered(lines, sanitise_line)
