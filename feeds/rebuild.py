"""A fragment of HTML rebuilt from tokens: few elements, properly nested, never deep.

What comes out follows the content models of the HTML standard (section 4): its parser closes and moves no
element of it, and reading and writing again changes nothing. `docs/feeds.md` lists what is kept.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from feeds import allowed
from feeds.markup import Start, Text, Token

_STRUCTURE = allowed.LISTS | allowed.SECTIONS | {"table", "tr"}  # hold elements of their own kind, never text

MAX_DEPTH = 24  # open elements; deeper ones lose their tags, not their text
MAX_REOPENED = 8  # paragraphs that one inline element may run through
MAX_RUN = 60_000  # characters of text without a tag: nh3 takes quadratic time over a longer run

Attributes = dict[str, str]
Links = Callable[[str], str | None]
Pictures = Callable[[Mapping[str, str]], Attributes | None]


@dataclass(slots=True)
class _Mark:
    """An inline element in force, written when text comes."""

    name: str
    attributes: Attributes
    written: int = 0


@dataclass(slots=True)
class _Frame:
    """An open block. It is written when something comes into it, so empty ones leave no trace."""

    name: str
    attributes: Attributes
    written: bool = False
    marks: int = 0  # inline elements in force when it was opened
    implied: bool = False  # no tag of the source opened it


@dataclass(slots=True)
class Rebuilder:
    """Takes tokens, gives markup. `link` resolves an address, `picture` gives an image's attributes."""

    link: Links
    picture: Pictures
    _out: list[str] = field(default_factory=list)
    _frames: list[_Frame] = field(default_factory=list)
    _marks: list[_Mark] = field(default_factory=list)  # in force
    _open: list[str] = field(default_factory=list)  # of these, the written ones, outermost first
    _parted: bool = False  # a boundary lies between what was written and what comes
    _run: int = 0

    def rebuild(self, source: Iterable[Token]) -> str:
        """Give the markup for `source`, every element closed."""
        for token in source:
            if isinstance(token, Text):
                self._text(token.text)
            elif isinstance(token, Start):
                self._start(token.name, token.attributes)
            else:
                self._end(token.name)
        while self._frames:
            self._close()
        self._close_inline()
        return "".join(self._out)

    # Tokens

    def _text(self, text: str) -> None:
        if not text.strip():
            self._space(text)
            return
        if self._frames and self._frames[-1].name == "pre" and not self._frames[-1].written:
            text = text.lstrip("\n")  # the standard's parser drops a line end right after <pre>
        self._inline_context()
        self._write_marks()
        while text:
            room = MAX_RUN - self._run
            piece, text = text[:room], text[room:]
            self._out.append(html.escape(piece, quote=False))
            self._run += len(piece)
            if text:
                self._tag("<br>")

    def _space(self, text: str) -> None:
        """White space inside a block that holds something, and between blocks, is kept; elsewhere it goes."""
        top = self._frames[-1] if self._frames else None
        if top is not None and not top.written:
            return
        if top is not None and top.name in _STRUCTURE:
            # Between rows even a no-break space would be moved out of the table by the standard's parser.
            text = "" if self._run else "\n"
        text = text[: MAX_RUN - self._run]
        self._out.append(text)
        self._run += len(text)

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name in allowed.INLINE:
            self._start_inline(allowed.INLINE[name], attributes)
        elif name in ("br", "wbr"):
            self._break(name)
        elif name == "hr":
            self._rule()
        elif name in ("img", "image"):
            self._image(attributes)
        elif name in allowed.LINES:
            self._start_line(allowed.LINES[name], attributes)
        elif name in allowed.ITEMS:
            self._start_item(name, attributes)
        elif name in allowed.CELLS or name in allowed.SECTIONS or name == "tr":
            self._start_table_part(name, attributes)
        elif name in allowed.FLOW or name in allowed.LISTS or name == "table":
            self._block_context()
            self._push(name, attributes)
        elif name in allowed.BOUNDARIES:
            self._boundary()

    def _end(self, name: str) -> None:
        if name in allowed.INLINE:
            self._end_inline(allowed.INLINE[name])
        elif name in allowed.LINES:
            top = self._frames[-1].name if self._frames else ""
            if top == allowed.LINES[name] or {top, name} <= allowed.HEADINGS:  # 13.2.6.4.7
                self._close()
        elif name in allowed.ITEMS:
            self._close_to({name}, allowed.LISTS | allowed.CELLS)
        elif name in allowed.CELLS or name in allowed.SECTIONS or name == "tr":
            self._close_to({name}, frozenset(("table",)))
        elif name == "table":
            self._close_to({name}, frozenset())
        elif name in allowed.FLOW or name in allowed.LISTS:
            self._close_to({name}, allowed.CELLS)
        elif name in allowed.BOUNDARIES:
            self._boundary()

    # Inline

    def _start_inline(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "a":
            self._end_inline("a")  # links do not nest
        kept = self._kept(name, attributes)
        if name == "a" and not kept:
            return
        if all(mark.name != name for mark in self._marks):
            self._marks.append(_Mark(name, kept))

    def _end_inline(self, name: str) -> None:
        self._marks = [mark for mark in self._marks if mark.name != name]
        if name in self._open:
            self._close_inline(self._open.index(name))

    def _close_inline(self, down_to: int = 0) -> None:
        while len(self._open) > down_to:
            self._tag(f"</{self._open.pop()}>")

    def _write_marks(self) -> None:
        self._marks = [m for m in self._marks if m.name in self._open or m.written < MAX_REOPENED]
        for mark in self._marks:
            if mark.name not in self._open:
                mark.written += 1
                self._open.append(mark.name)
                self._tag(allowed.opening(mark.name, mark.attributes))

    def _kept(self, name: str, attributes: Mapping[str, str]) -> Attributes:
        kept = allowed.values_of(name, attributes)
        if name in allowed.ADDRESSES and (address := self.link(attributes.get(allowed.ADDRESSES[name], ""))):
            kept[allowed.ADDRESSES[name]] = address
        return kept

    def _break(self, name: str) -> None:
        top = self._frames[-1] if self._frames else None
        if top is None or (top.written and top.name not in _STRUCTURE):
            self._tag(f"<{name}>")

    def _rule(self) -> None:
        if not self._frames or self._frames[-1].name not in _STRUCTURE:
            self._block_context()
            self._write_frames()
            self._tag("<hr>")

    def _image(self, attributes: Mapping[str, str]) -> None:
        kept = self.picture(attributes)
        if kept is not None:
            self._inline_context()
            self._write_marks()
            self._tag(allowed.opening("img", kept))

    # Blocks

    def _start_line(self, name: str, attributes: Mapping[str, str]) -> None:
        self._block_context()
        self._push(name, attributes)

    def _start_item(self, name: str, attributes: Mapping[str, str]) -> None:
        holders = allowed.ITEMS[name]
        self._close_to(
            (each for each in allowed.ITEMS if allowed.ITEMS[each] == holders), allowed.LISTS | allowed.CELLS
        )
        self._close_line()
        if not self._frames or self._frames[-1].name not in holders:
            if name != "li":
                self._boundary()
                return
            self._block_context()
            self._push("ul", {}, implied=True)
        if self._frames and self._frames[-1].name in holders:
            self._push(name, attributes)
            self._parted = False

    def _start_table_part(self, name: str, attributes: Mapping[str, str]) -> None:
        if not any(frame.name == "table" for frame in self._frames):
            self._boundary()
            return
        barrier = frozenset(("table",))
        if name in allowed.CELLS and name != "caption":
            self._close_to(allowed.CELLS, barrier | {"tr"})
            self._to_row()
        else:
            within = {"tr"} | allowed.CELLS if name == "tr" else {"tr"} | allowed.CELLS | allowed.SECTIONS
            while self._close_to(within, barrier):
                pass
            if name == "tr":
                self._to_section()
        self._close_line()
        self._push(name, attributes)
        if name in allowed.CELLS:
            self._write_frames()  # an empty cell keeps its place

    def _to_section(self) -> None:
        if self._frames[-1].name == "table":
            self._push("tbody", {})

    def _to_row(self) -> None:
        if self._frames[-1].name != "tr":
            self._to_section()
            self._push("tr", {})

    def _boundary(self) -> None:
        """Part the text before from the text after, without an element; headings and `pre` run through."""
        top = self._frames[-1].name if self._frames else ""
        if top in allowed.LINES and top != "p":
            return
        self._close_line()
        self._close_inline()
        self._parted = True

    def _block_context(self) -> None:
        """Make the open element one that may hold a block."""
        self._close_line()
        self._close_inline()
        self._leave_structure()
        self._parted = False

    def _inline_context(self) -> None:
        """Make the open element one that may hold text, and write what is open."""
        self._leave_structure()
        if self._parted and not (self._frames and self._frames[-1].name in allowed.LINES):
            self._push("p", {}, implied=True)
        self._parted = False
        self._write_frames()

    def _leave_structure(self) -> None:
        while self._frames and self._frames[-1].name in _STRUCTURE:
            top = self._frames[-1]
            if top.implied and top.name in allowed.LISTS:
                self._close()
                self._parted = True
            elif top.name in allowed.LISTS:
                self._push("dd" if top.name == "dl" else "li", {}, forced=True)
            else:
                self._to_row()
                self._push("td", {}, forced=True)

    # Frames

    def _push(
        self, name: str, attributes: Mapping[str, str], *, implied: bool = False, forced: bool = False
    ) -> None:
        """Open a block; beyond the greatest depth only one without which the text has no place."""
        deepens = name in allowed.FLOW | allowed.LISTS | {"table"}  # the others stand in one of these
        if len(self._frames) >= MAX_DEPTH and deepens and not (forced or implied):
            self._parted = True
            return
        kept = self._kept(name, attributes)
        self._frames.append(_Frame(name, kept, marks=len(self._marks), implied=implied))

    def _write_frames(self) -> None:
        for frame in self._frames:
            if not frame.written:
                frame.written = True
                self._tag(allowed.opening(frame.name, frame.attributes))

    def _close(self) -> None:
        self._close_inline()
        frame = self._frames.pop()
        if frame.written:
            self._tag(f"</{frame.name}>")
        if frame.name in allowed.CELLS:
            del self._marks[frame.marks :]

    def _close_line(self) -> None:
        if self._frames and self._frames[-1].name in allowed.LINES:
            self._close()

    def _close_to(self, names: Iterable[str], barrier: frozenset[str]) -> bool:
        """Close the innermost open element of `names`, and all in it, unless `barrier` stands before it."""
        wanted = set(names)
        for depth in range(len(self._frames) - 1, -1, -1):
            name = self._frames[depth].name
            if name in wanted:
                while len(self._frames) > depth:
                    self._close()
                self._parted = False
                return True
            if name in barrier:
                return False
        return False

    def _tag(self, tag: str) -> None:
        self._out.append(tag)
        self._run = 0
