"""Texts from outside made fit for a line of a log or a terminal. The standard library alone."""

from __future__ import annotations


def visible(text: str) -> str:
    r"""Give a text with everything that is not printed as itself written as JSON's escapes: `\u001b`.

    That is control characters, line separators, marks that turn the direction of writing, lone surrogates:
    whatever begins a line of its own, speaks to a terminal, or cannot be encoded.
    """
    if text.isprintable():
        return text
    return "".join(each if each.isprintable() else _escaped(each) for each in text)


def quoted(text: str) -> str:
    """Give a text in double quotes, as JSON has it, with no character that is not printed."""
    return '"' + visible(text.replace("\\", "\\\\").replace('"', '\\"')) + '"'


def _escaped(character: str) -> str:
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))
