"""A text made ready to be read: two views of equal length, cut into sentences and tokens.

`shown` is the text in NFC as its readers see it; offsets and names are cut from it. `folded` is the same
characters made comparable (look-alike letters repaired, lower case, ё as е, one kind of quote and dash),
so that every rule is written once and an offset in one view is the same place in the other.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache

from pipelines.text.unicode import fold_lookalikes

_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_LONE_HYPHEN = re.compile(r"(?<!\S)-(?!\S)|^-(?=[^\W\d_])", re.MULTILINE)  # a dash, as normalising has it
_SPACE = re.compile(r"[^\S\n]")
_FOLD = {
    **dict.fromkeys("«»“”„‟″〝〞＂", '"'),
    **dict.fromkeys("’‘‚‛ʼʻ`´′", "'"),
    **dict.fromkeys("—–―‒−", "–"),
    **dict.fromkeys("‐‑", "-"),
    "ё": "е",
    "ı": "i",
    "ə": "e",
}
# A host ends in a known domain; a word may hold inner hyphens, apostrophes and digits.
_TLDS = (
    "kz|ru|com|org|net|uz|az|kg|tj|tm|by|ua|uk|info|media|news|tv|me|io|gov|edu|int|eu|de|fr|cn|tr|ir|ge|am"
    "|mn|us|asia|online|site|today|press|agency|one|co|qaz|su"
)
# Rules look around within a sentence; what has no full stop for longer than this is no sentence.
_LONGEST_SENTENCE = 200
_LONGEST_ENDING = 4  # letters after a hyphen that may be an ending
_TOKEN = re.compile(
    rf"(?P<host>[^\W_](?:[\w-]*\w)?(?:\.[^\W_](?:[\w-]*\w)?)*\.(?:{_TLDS})(?![\w]|\.\w))"
    r"|(?P<word>(?:[^\W\d_]\.){2,}(?!\w)|[^\W\d_](?:[\w'-]*\w)?)"
    r"|(?P<number>\d+(?:[.,:]\d+)*(?:-\w+)?)"
    r"|(?P<mark>[^\w\s])"
)
_INNER_CAPITAL = re.compile(r"^[a-z]{1,2}[A-Z]|-[^\W\d_a-zа-яёәіңғүұқөһ]")  # аль-Фараби
_SENTENCE_END = re.compile(r"[.!?…]+[\"')\]]*(?=\s+[\"'(\[–-]*\s*[^\W_])|\n+")


class _Folding(dict[int, str]):
    """What each character becomes: one character, made out at its first use."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        plain = _FOLD.get(char) or char.lower()[0]
        plain = _FOLD.get(plain, plain)
        if plain > "\x7f":
            # Latin letters lose their diacritics: the alphabets of Kazakh in Latin differ by little else.
            base = unicodedata.normalize("NFD", plain)[0]
            plain = base if base < "\x7f" else plain
        self[code] = plain
        return plain


_FOLDING = _Folding()


def _fold(text: str) -> str:
    return fold_lookalikes(text).translate(_FOLDING)


@lru_cache(maxsize=4096)
def fold_word(word: str) -> str:
    """A word or phrase as it stands in the folded view of a text."""
    return _fold(unicodedata.normalize("NFC", word))


def _shouted(shown: str) -> bool:
    """Whether a word is nothing but capitals, an ending after a hyphen aside: "ТЖМ-ге"."""
    stem, _, ending = shown.rpartition("-")
    bare = stem if stem and ending.islower() and len(ending) <= _LONGEST_ENDING else shown
    return bare.isupper() and sum(map(str.isalpha, bare)) > 1


@dataclass(frozen=True, slots=True)
class Token:
    """One word, host, number or mark. `end` is past the last character; `bare_end` leaves an ending off."""

    kind: str  # "host", "word", "number", "mark"
    low: str  # folded
    start: int
    end: int
    upper: bool  # begins with a capital letter
    shout: bool  # nothing but capitals (and digits), two or more


@dataclass(frozen=True, slots=True, eq=False)
class Sentence:
    """A sentence: its place in the text, its paragraph and its tokens. One is equal to itself alone."""

    index: int
    paragraph: int
    start: int
    end: int
    tokens: tuple[Token, ...]


class Prepared:
    """The two views of a text, and its sentences.

    Args:
        text: any text; it is brought to NFC and rid of invisible characters first.
        abbreviations: lower-case words before whose full stop no sentence ends ("г", "ж", "mr").
    """

    def __init__(self, text: str, abbreviations: frozenset[str] = frozenset()) -> None:
        text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
        self.shown = _SPACE.sub(" ", _INVISIBLE.sub("", text))
        self.folded = _LONE_HYPHEN.sub("–", _fold(self.shown))
        self._abbreviations = abbreviations

    def cut(self, start: int, end: int) -> str:
        """The characters from `start` up to `end`, as shown."""
        return self.shown[start:end]

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences in order; a line break always ends one."""
        found: list[Sentence] = []
        paragraph = start = 0
        for match in _SENTENCE_END.finditer(self.folded):
            if "\n" not in match[0] and self._abbreviated(start, match.start()):
                continue
            self._add(found, paragraph, start, match.end())
            start = match.end()
            if "\n" in match[0]:
                paragraph += 1
        self._add(found, paragraph, start, len(self.folded))
        return tuple(found)

    def _abbreviated(self, start: int, stop: int) -> bool:
        """Whether the full stop at `stop` ends an abbreviation or an initial rather than a sentence."""
        if self.folded[stop] != ".":
            return False
        begin = stop
        while begin > start and (self.folded[begin - 1].isalpha() or self.folded[begin - 1] == "-"):
            begin -= 1
            if stop - begin > 12:
                return False
        word = self.folded[begin:stop]
        single = len(word) == 1 and self.shown[begin].isupper()
        if (
            len(word) == 1
            and self.folded[begin - 1 : begin] == "."
            and self.folded[begin - 2 : begin - 1].isalpha()
        ):
            beyond = self.shown[stop + 1 : stop + 3].strip()
            return single or beyond[:1].islower()  # "from 7 a.m. to noon"
        return bool(word) and (single or word in self._abbreviations)

    def _add(self, found: list[Sentence], paragraph: int, start: int, end: int) -> None:
        text = self.shown[start:end]
        start += len(text) - len(text.lstrip())
        end -= len(text) - len(text.rstrip())
        if start >= end:
            return
        tokens = self._tokens(start, end)
        for at in range(0, len(tokens), _LONGEST_SENTENCE):
            part = tokens[at : at + _LONGEST_SENTENCE]
            begin = start if at == 0 else part[0].start
            stop = end if at + _LONGEST_SENTENCE >= len(tokens) else part[-1].end
            found.append(Sentence(len(found), paragraph, begin, stop, part))

    def _tokens(self, start: int, end: int) -> tuple[Token, ...]:
        tokens: list[Token] = []
        for match in _TOKEN.finditer(self.folded, start, end):
            begin, stop = match.span()
            shown = self.shown[begin:stop]
            joined = (
                tokens[-1] if tokens and tokens[-1].kind == "number" and tokens[-1].end == begin else None
            )
            if joined and match.lastgroup == "word" and len(shown) > 1 and shown.isupper():
                begin = tokens.pop().start  # "24KZ"
                tokens.append(Token("word", self.folded[begin:stop], begin, stop, upper=True, shout=True))
                continue
            tokens.append(
                Token(
                    kind=match.lastgroup or "mark",
                    low=match[0],
                    start=begin,
                    end=stop,
                    upper=shown[0].isupper()
                    or (match.lastgroup == "word" and _INNER_CAPITAL.search(shown) is not None),
                    shout=_shouted(shown),
                )
            )
        return tuple(tokens)
