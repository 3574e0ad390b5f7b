"""Who is the subject of a verb of reporting, and to whom it was told.

Word order differs by style: a Kazakh subject stands before its verb or right after "деп хабарлайды"; a
Russian one before, after, or as a place ("сообщили в МЧС"); an English one mostly before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipelines.attribution import izafet, morphology, russian
from pipelines.attribution.formulas import antecedent, explained, named_aside
from pipelines.attribution.names import Name
from pipelines.attribution.nearby import CLAUSE_MARKS, REACH, Nearby
from pipelines.attribution.persons import is_place
from pipelines.attribution.phrases import Cue
from pipelines.attribution.pieces import Piece
from pipelines.attribution.telling import told

_IZAFET = re.compile(r"[ыі]н(?:да|де|дағы|дегі|ан|ен|а|е)$|[yi]n(?:da|de|dagy|degi|an|en|a|e)$")
_VENUE = re.compile(r"[ыі]н(?:да|де)$|[yi]n(?:da|de)$")
_OBJECT = ("ын", "ін", "yn", "in")  # Kazakh: what is somebody's, as an object
_IMPERSONAL = ("ли", "лись", "ют", "ат", "ят")  # Russian plurals, which need no subject
_LONGEST_TRADE = 3  # words before a name that say what its bearer is
_NO_SUBJECT = ("platform", "carrier")
_TRADE = 3  # words between a body and its person: "UFC сайыскері"
_OPENING = 3  # the last sentence in which "as they said in the ministry" still tells the news
_PASSED = 4  # names between a Russian subject and its verb

Credited = list[tuple[Name, str]]


def subject(near: Nearby, cue: Cue, earlier: dict[str, Name]) -> Credited:
    """The names that a verb has for its subject, each with its relation.

    Args:
        near: the sentence.
        cue: the verb.
        earlier: the newest name of each kind said before, for "he" and "it".
    """
    meant = _meant(near, cue, earlier)
    if meant is not None:
        told_us = cue.kind == "report" or any(other.kind == "anaphora" for other in near.cues)
        placed = any(name.kind == "platform" for name in near.names)
        return [(meant, cue.kind)] if told_us or placed or not near.head_last else []
    if near.head_last:
        return _head_last(near, cue)
    return _head_first(near, cue)


def _meant(near: Nearby, cue: Cue, earlier: dict[str, Name]) -> Name | None:
    """Whom "he", "she" or "it" beside the verb means: the first such name said so far."""
    reach = REACH if near.head_last else 3
    ahead = near.pieces[max(0, cue.start - reach) : cue.start]
    marks = [at for at, piece in enumerate(ahead) if piece.low in CLAUSE_MARKS]
    ahead = ahead[marks[-1] if marks else 0 :]
    for piece in (*ahead, *near.pieces[cue.end : cue.end + 2]):
        if piece.low in near.phrases.he:
            return _latest(near, cue, "person") or earlier.get("person")
    if any(piece.low in near.phrases.it for piece in ahead):
        body = None if near.head_last else antecedent(near, cue.start)
        body = body or _latest(near, cue, "institution")
        return body or earlier.get("institution") or earlier.get("about")
    return None


def _latest(near: Nearby, cue: Cue, kind: str) -> Name | None:
    return next((name for name in near.names if name.kind == kind and name.last < cue.start), None)


def _head_last(near: Nearby, cue: Cue) -> Credited:
    if near.complement(cue):
        # What was reported stands between the subject and its verb.
        for name in near.clause_opening(cue):
            if (
                izafet.relative(near.pieces[name.last - 1].low)
                or name.kind in _NO_SUBJECT
                or name.case in ("dative", "accusative", "instrumental")
            ):
                continue
            if name.case == "locative" and name.kind != "institution":
                continue
            if any(other.kind == "told" and other.start == name.last for other in near.cues):
                continue  # "Informburo.kz сауалына жауап берген департамент … растады"
            if any(other.kind in ("cite", "per") and other.start == name.last for other in near.cues):
                continue  # "X дерегіне сүйенген «Түркістан» газеті … жазды"
            if _employs(near, name):
                continue  # "UFC сайыскері Дамир Исағұлов … кететінін мәлімдеді"
            if name.kind == "institution" and name.case is None and _venue(near, name):
                continue  # "Сот отырысында ол … өшіргенін айтты"
            if name.case in ("locative", "ablative"):
                if _spoken_there(near, name, cue):
                    continue
                return [(name, "seat")]
            if name.case == "genitive" and name.source is None:
                continue
            return [(name, cue.kind)]
    for name in near.before(cue):
        if name.case == "ablative" and name.kind == "institution" and name.source is None:
            return [(each, "seat") for each in near.with_parallel(name)]
        beside = name.last == cue.start and told(near, cue, name) is not None
        if name.case == "locative" and name.kind == "institution" and (name.spoken or beside):
            return [(name, "seat")]  # "министрліктің баспасөз қызметінде айтты"
        last = near.pieces[name.last - 1]
        if name.carrier and last.has("carrier", "message") and last.low.endswith(_OBJECT):
            continue  # "Bloomberg хабарын жоққа шығарды"
        if _written_by(near, name):
            continue  # "«Азаттық» жазған ақпаратты теріске шығарды"
        if near.by_way(name) or (name.kind == "unknown" and is_place(near.pieces[name.core], russian=False)):
            continue
        if name.case in (None, "genitive", "accusative") and name.kind != "carrier":
            following = near.pieces[name.last]
            owns = not following.upper and name.kind != "person" and _IZAFET.search(following.low)
            itself = following.has("itself")
            if name.case == "genitive" and following.has("platform", "carrier"):
                continue  # "министрлігінің Telegram-арнасына сілтеме жасап"
            if (owns and not itself) or (name.case == "genitive" and name.source is None and not itself):
                continue
            return [(each, cue.kind) for each in near.with_parallel(name)]
    for name in near.after(cue):
        if name.kind == "institution" and name.case is None and _venue(near, name):
            continue  # "Үкімет отырысында", the place
        if name.kind not in _NO_SUBJECT and name.case != "dative":
            return [(name, cue.kind)]
    return []


def _written_by(near: Nearby, name: Name) -> bool:
    """Kazakh: whether a name only tells whose message the verb is about, past a participle."""
    after = near.pieces[name.last : name.last + 2]
    past = len(after) > 1 and after[0].low.endswith(("ған", "ген", "қан", "кен"))
    return past and after[1].has("message", "carrier") and after[1].case == "accusative"


def _employs(near: Nearby, name: Name) -> bool:
    """Whether a name only says whose the person right after it is."""
    for person in near.names:
        gap = near.pieces[name.last : person.core]
        if person.kind == "person" and 0 < len(gap) <= _TRADE and not any(piece.upper for piece in gap):
            named = gap[-1].has("post") or izafet.possessed(gap[-1])
            return named and all(piece.kind == "word" for piece in gap)
    return False


def _venue(near: Nearby, name: Name) -> bool:
    """Whether a body's sitting or building follows, where something was said: "Сот отырысында"."""
    beyond = near.pieces[name.last] if name.last < len(near.pieces) else None
    if beyond is None or beyond.has("platform", "carrier"):
        return False
    return _VENUE.search(beyond.low) is not None


def _spoken_there(near: Nearby, place: Name, cue: Cue) -> bool:
    """Whether somebody else speaks at a body that is only the place: "сотта куәгер … айтты"."""
    return any(
        other.case is None and other.kind in ("person", "post", "unnamed")
        for other in near.names
        if place.last <= other.first and other.last <= cue.start
    )


def _head_first(near: Nearby, cue: Cue) -> Credited:
    before, after = near.before(cue), near.after(cue)
    seats = near.phrases.seats
    seated = [name for name in (*after, *before) if name.seat in seats and _seatable(near, name, cue)]
    if seated and near.pieces[cue.end - 1].low.endswith(_IMPERSONAL):
        if any(name.kind == "unnamed" and name.last == seated[0].first - 1 for name in near.names):
            return []  # "два источника в министерстве"
        led = cue.start > 0 and near.pieces[cue.start - 1].has("as") and near.sentence.index <= _OPENING
        relation = "seat" if cue.kind == "report" or led else "seat-speak"  # "как рассказали в прокуратуре"
        return [(each, relation) for each in near.joined_to(seated[0])]
    if _opens_clause(near, cue) and after and after[0].kind == "outlet" and after[0].first == cue.end:
        return [(each, cue.kind) for each in near.with_parallel(after[0])]  # ", сообщает Trend"
    ahead = named_aside(near, cue) or _ahead(near, before, cue) or explained(near, cue)
    if ahead:
        return [(each, cue.kind) for each in near.with_parallel(ahead)]
    if near.phrases.style == "prepositional" and not _inverted(near, cue):
        return []
    passed: set[int] = set()
    for name in after:
        owned = name.kind == "platform" and near.owner(name)[0] is not name
        if (name.kind in _NO_SUBJECT and not owned) or name.seat in seats:
            passed.update(range(name.first, name.last) if near.phrases.style == "governed" else ())
            continue
        gap = [near.pieces[at] for at in range(cue.end, name.first) if at not in passed]
        trade = name.kind == "person" and near.phrases.style == "prepositional" and _trade(gap)
        calling = name.kind == "person" and near.phrases.style == "governed" and _calling(near, gap)
        trade = trade or calling
        aside = not calling and (near.oblique(name) or _indirect(near, name))
        bearer = near.bearer(name) if name.kind == "post" and near.close(gap) else None
        if bearer is not None:
            return [(bearer, cue.kind)]
        if (near.close(gap) or trade) and not aside:
            return [(name, cue.kind)]
        if not aside or near.phrases.style != "governed":
            break
        passed.update(range(name.first, name.last))
    return []


def _opens_clause(near: Nearby, cue: Cue) -> bool:
    """Whether a verb stands right after a comma."""
    return cue.start > 0 and near.pieces[cue.start - 1].low == ","


def _trade(gap: Sequence[Piece]) -> bool:
    """Whether a verb and a person are parted by what the person is: "said glaciologist Ainur Kasenova"."""
    return len(gap) <= _LONGEST_TRADE and all(
        piece.kind == "word" and not piece.upper and not piece.has("preposition", "stop") for piece in gap
    )


def _calling(near: Nearby, gap: Sequence[Piece]) -> bool:
    """Russian: whether what somebody is stands before the name: "написала экоактивистка Жылдыз Осмонова"."""
    first = next((at for at, piece in enumerate(gap) if morphology.animate(piece.low)), None)
    if first is None or gap[first].upper or not morphology.nominative(gap[first].low):
        return False
    return near.close(gap[:first]) and all(morphology.governed(piece.low) for piece in gap[first + 1 :])


def _inverted(near: Nearby, cue: Cue) -> bool:
    """Whether an English verb can have its subject after it: it opens its clause (", said X")."""
    if cue.start == 0 or near.pieces[cue.start - 1].kind == "mark":
        return True
    return any(  # the comma may be left out before an outlet that ends the sentence
        name.first == cue.end and name.kind == "outlet" and near.ends(name.last) for name in near.names
    )


def _seatable(near: Nearby, name: Name, cue: Cue) -> bool:
    if near.phrases.style == "governed" and _aimed_at(near.pieces[name.core]):
        return False
    if name.kind == "unknown":
        told = next((other.last for other in near.names if other.first == cue.end < name.first), cue.end)
        gap = near.pieces[told : name.first] if name.first >= told else near.pieces[name.last : cue.start]
        governed = near.phrases.style == "governed"
        place = is_place(near.pieces[name.core], russian=governed)
        place = place or (governed and russian.city(near.pieces[name.core].low))
        if place or not near.close(gap):
            return False  # "советуют не ездить в Иран"
    return name.kind in ("institution", "post", "unknown") and not name.carrier


def _indirect(near: Nearby, name: Name) -> bool:
    """Whether the form of a Russian name's head keeps it from being a subject."""
    head = near.pieces[name.first]
    if (name.kind == "person" and name.last - name.first == 1) or head.has("indeclinable"):
        return False  # a bare surname may spell a common noun's other case: Токаев
    return near.phrases.style == "governed" and head.kind == "word" and russian.indirect(head.low)


def _aimed_at(piece: Piece) -> bool:
    """Whether a body in the accusative is whom it was reported to: "сообщили в полицию"."""
    return piece.has("office") and russian.directional(piece.low)


def _ahead(near: Nearby, before: list[Name], cue: Cue) -> Name | None:
    """The subject that stands before its verb, past what a preposition has put between them."""
    passed: set[int] = set()
    for name in before[:_PASSED]:
        gap = [near.pieces[at] for at in range(name.last, cue.start) if at not in passed]
        if near.phrases.style == "prepositional" and name.kind == "platform" and near.close(gap):
            owner, _ = near.owner(name)
            named = near.pieces[name.last - 1].has("carrier", "media")
            if named and owner.last == name.first and not near.oblique(owner):
                return name  # "the Baza Telegram channel reported"
        if name.kind not in _NO_SUBJECT and not near.oblique(name) and not _indirect(near, name):
            return name if near.close(gap) else None
        if near.phrases.style != "governed":
            return None
        passed.update(range(name.first, name.last))
    return None
