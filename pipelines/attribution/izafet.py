"""Names that end in their head noun: where small words lead up to it, and where a list runs through it.

"Қалалық тұрғын үй шаруашылығы, көлік және автожолдар бөлімі" is one name, though a comma and a joiner
stand in it and no list of words knows each part.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipelines.attribution.pieces import Piece

_RELATIVE = re.compile(
    r"(?<![лдт][іы])(?:гі|ғы)$|(?<![ldt][iy])(?:gi|gy)$"
)  # but not what министрлігі ends in
NOMINALISED = ("ғаны", "гені", "қаны", "кені", "тыны", "тіні")  # ұсталғаны, "that he was caught"
_SURE_REACH = 4  # small words that may stand before a head noun whatever their endings
_REACH = 14  # and those that may where none is an adverbial
_ADVERBIAL = frozenset({"dative", "ablative", "locative", "instrumental"})
_PLAIN = 2  # words of a type noun that no list knows: "«Даму» кәсіпкерлікті дамыту қоры"
_GOVERNED = 2  # words within which a verbal noun stands after what it governs
_GOVERNORS = ("у", "қарсы", "қызмет", "y", "qarsy")
_PLURAL = re.compile(r"(?:[лдт][ае]р[ыі]|[ldt][ae]r[yi])(?:[нn](?:[ыіаеyiae][нңn])?)?$")
_PLURAL_OF = re.compile(r"[лдт][ае]р(?:[ыі](?:н[ыі]ң|н[ае]н|н[ае]|нд[ае])?|[дт][ыі]ң)?$")
_PLURAL_ALONE = re.compile(
    r"(?:[лдт][ае]р(?:[ғ][а]|ге|д[ыі]|д[ае]н|д[ыі]ң|мен|д[ае])?|[ldt][ae]r(?:[ǵğ]a|ge|d[yi]|d[ae]n|d[yi][ńñ]|men|d[ae])?)$"
)
_AGENT = ("шы", "ші", "shy", "shi")  # "тілші" is who, "тілшісі" whose
_POSSESSED = ("ы", "і", "сы", "сі", "y", "i")


def relative(low: str) -> bool:
    """Whether a word says where or when something is: "мектептегі", "that is in the school"."""
    return _RELATIVE.search(low) is not None


def headed(pieces: Sequence[Piece], at: int) -> bool:
    """Whether small words alone part the piece at `at` from the head noun of a body after it.

    Commas may list them, if a joiner closes the list before the head noun.
    """
    listed = joined = False
    for distance, after in enumerate(pieces[at + 1 : at + 1 + _REACH]):
        if after.low == "," and not joined:
            listed = True
            continue
        if after.has("office") and not after.upper:
            return joined or not listed
        if after.has("link") and distance:
            continue
        if after.kind != "word" or after.upper or after.has("stop", "gap"):
            return False
        adverbial = after.case in _ADVERBIAL and not after.has("inner") and not relative(after.low)
        if distance >= _SURE_REACH and adverbial:
            return False
        joined = joined or after.has("joiner")
    return False


def governed(pieces: Sequence[Piece], at: int) -> bool:
    """Whether the next word takes the case of this one: "есепке алу", "жемқорлыққа қарсы"."""
    if pieces[at].case != "dative":
        return False
    after = pieces[at + 1 : at + 1 + _GOVERNED]
    return any(
        piece.low.endswith(_GOVERNORS)
        and all(each.kind == "word" and not each.upper for each in after[: n + 1])
        for n, piece in enumerate(after)
    )


def abroad(pieces: Sequence[Piece], index: int, *, place: bool) -> bool:
    """Whether a capitalised word after a body in full ("… қызметі Африкада …") is no part of its name."""
    before, after = pieces[index - 1], pieces[index]
    if not (before.has("office") and possessed(before) and after.upper and after.kind == "word"):
        return False
    if after.has("office", "inner", "media", "post"):
        return False
    owned = index + 1 < len(pieces) and pieces[index + 1].has("inner")
    script = before.low.isascii() != after.low.isascii()
    apart = after.case == "genitive" and not headed(pieces, index)
    return script or apart or (place and not owned) or after.case in _ADVERBIAL or after.case == "accusative"


def shortened(pieces: Sequence[Piece], first: int, at: int) -> int:
    """How far the word after "қ." in "Алматы қ. ТЖД" is from the piece at `at`, one of the two; else 0."""
    dotted = at + 1 < len(pieces) and pieces[at + 1].low == "."
    if at > first and pieces[at].has("short") and dotted and pieces[at - 1].upper:
        return 2
    return int(at - 1 > first and pieces[at].low == "." and pieces[at - 1].has("short"))


def lists(pieces: Sequence[Piece], first: int, comma: int) -> bool:
    """Whether the comma stands in a list within the name begun at `first`."""
    before = pieces[comma - 1]
    if comma <= first or before.kind != "word" or before.has("office", "media", "post", "stop"):
        return False
    bare = before.has("inner") or (before.case is None and not before.upper)
    return bare and headed(pieces, comma - 1)


def closed_post(before: Piece, after: Piece) -> bool:
    """Whether a post in full ("Мемлекет басшысы") ends before a capitalised word of another name."""
    owned = before.has("post") and not before.has("office") and possessed(before)
    return owned and after.upper and after.has("inner") and not after.has("office", "post")


def closed_medium(before: Piece, after: Piece) -> bool:
    """Whether "X басылымы" ends before a word that goes with something else."""
    medium = before.has("media") and not before.has("office", "inner") and possessed(before)
    return medium and not after.has("media", "carrier", "platform")


def titled(run: Sequence[Piece]) -> int:
    """How many pieces of "«Имя» ұлттық компаниясы АҚ" are the title, where the rest only says what it is."""
    own = 1
    while run[0].kind != "quoted" and own < len(run) and run[own].upper and run[own].low.isascii():
        own += 1
    rest = run[own:]
    if not rest or not rest[-1].has("office", "form"):
        return len(run)
    if any(piece.case not in (None, "accusative") for piece in rest[:-1]):
        return len(run)
    plain = [piece for piece in rest if not piece.has("inner", "office", "form")]
    if len(plain) > _PLAIN or any(piece.has("spokes") or piece.kind != "word" for piece in rest):
        return len(run)
    return len(run) if any(piece.upper and not piece.has("form") for piece in rest) else own


def typed(pieces: Sequence[Piece], at: int) -> bool:
    """Whether what a body does follows its quoted name: "«Даму» кәсіпкерлікті дамыту қоры"."""
    return pieces[at].case == "accusative" and headed(pieces, at)


def staff(piece: Piece) -> bool:
    """Whether a word says only that people of the body before it speak: "мамандары", "өкілі"."""
    told = _PLURAL.search(piece.low) is not None or piece.has("deputed")
    return piece.has("post") and not piece.upper and told


def countrys(pieces: Sequence[Piece], index: int) -> bool:
    """Whether only a country owns the medium that follows: "Түркияның Hürriyet газеті"."""
    before, after = pieces[index - 1], pieces[index]
    if not (before.upper and before.case == "genitive" and before.kind == "word" and not before.shout):
        return False
    medium = index + 1 < len(pieces) and pieces[index + 1].has("media") and not before.has("office", "post")
    foreign = not before.low.isascii() and after.low.isascii()
    return medium and (foreign or after.kind == "quoted")


def complete(pieces: Sequence[Piece], index: int, end: int) -> bool:
    """Whether a body is named in full before words that lead to a head no part of a body has.

    "Энергетика министрлігі атом стансасы маңындағы …", but "Қаржы министрлігі мемлекеттік кірістер комитеті".
    """
    before, after = pieces[index - 1], pieces[index]
    if not (before.has("office") and possessed(before)) or after.has("unit", "office", "spokes"):
        return False
    if after.upper:  # "… министрлігі Қара теңізде …"
        headed = any(piece.has("office", "post", "media", "unit") for piece in pieces[index:end])
        return after.kind == "word" and not after.shout and not headed
    head = next((piece for piece in pieces[index : index + _SURE_REACH] if piece.has("office")), None)
    return head is not None and not head.has("unit")


def plural(piece: Piece) -> bool:
    """Whether a noun stands in the plural without belonging to the word before it: "жүргізушілерге"."""
    return _PLURAL_ALONE.search(piece.low) is not None


def plural_of(piece: Piece) -> bool:
    """Whether a noun stands in the plural, whosever it is: "басылымдарының"."""
    return _PLURAL_OF.search(piece.low) is not None


def possessed(piece: Piece) -> bool:
    """Whether a noun bears the ending of what belongs to the word before it, and none of case."""
    return piece.case is None and piece.low.endswith(_POSSESSED) and not piece.low.endswith(_AGENT)
