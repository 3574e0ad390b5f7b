"""What `jarshy --help` prints. Imports nothing: whoever only looks should not wait."""

from __future__ import annotations

WIDTH = 80  # columns
_LEFT = 13  # … of a verb

VERBS = {
    "crawl": "crawl outlets into the store",
    "run": "crawl, then write the digest",
    "digest": "write the feeds from the store",
    "serve": "preview the feeds and pages, for this machine alone",
    "status": "show how the outlets do; exits 1 if one is ill",
    "outlets": "list the outlets that are prepared; add one, or try one",
    "explain": "show why: a stored article with its credits and quotes marked, or what joined a story",
    "stories": "correct what was folded: split a story, or merge some; folding abides by it",
    "search": "find stored articles by words, in any of their cases; the best first",
    "query": "answer a worked question of data/queries/; without a name, list them",
    "export": "write a snapshot of the store to hand on, as far as each outlet's terms allow",
    "reattribute": "read who said it first anew, from every stored text; prints what changed",
    "reprocess": "read every article anew from its recorded bytes; prints what changed",
    "archive": "read WARC and WACZ files into Parquet, on all cores or on a cluster",
    "import": "put what archive wrote into the store; the same again changes nothing",
    "config": "show every setting, and where its value comes from",
    "backup": "copy the store, checked, while it is used",
    "check": "say what is wrong with store and feeds; exits 1 if anything is",
    "prune": "let go of what is old; identities and newest texts stay",
    "attribute": "read who said it first, who passed it on, who is quoted (filter)",
    "extract": "read the article of a page (filter)",
    "fold": "put articles on one event into one story (filter)",
    "sanitise": "give HTML as a feed would carry it (filter)",
    "demo": "crawl the recorded sample outlets on loopback and write their digest",
}
"""Every verb with what it does, in the order in which one meets them."""

_ABOUT = "Crawls news outlets, works out who said it first, and publishes an attributed digest."
_EXAMPLES = """\
examples:
  jarshy crawl akorda --limit 5   five articles of one
  jarshy run                      crawl and digest, for cron
  jarshy status                   how the outlets do
  jarshy search --help            what a verb takes
  head -5 texts.jsonl | jarshy attribute --jsonl

exit codes: 0 all well, 1 an outlet or a line failed, 2 usage,
            3 nothing could be stored or published, 75 try later"""


def overview() -> str:
    """Give the list of verbs, with examples and the exit codes."""
    lines = ["usage: jarshy [-h] VERB ...", "", *_wrapped(_ABOUT, 0), "", "verbs:"]
    for name, summary in VERBS.items():
        first, *rest = _wrapped(summary, _LEFT + 2)
        lines += [f"  {name:{_LEFT}}{first}", *(" " * (_LEFT + 2) + line for line in rest)]
    lines += ["", "options:", f"  {'-h, --help':{_LEFT}}show this help message and exit", "", _EXAMPLES]
    return "\n".join(lines)


def _wrapped(text: str, indent: int) -> list[str]:
    """Give a text in lines that fit beside an indent: what `textwrap` does, which is slow to load."""
    lines = [""]
    for word in text.split():
        joined = f"{lines[-1]} {word}".lstrip()
        if len(joined) > WIDTH - indent:
            lines.append(word)
        else:
            lines[-1] = joined
    return lines
