"""What each verb's help shows: lines to copy, and where more is told."""

from __future__ import annotations

EXAMPLES: dict[str, str] = {
    "crawl": """\
examples:
  jarshy crawl akorda --limit 5             five articles of one outlet
  jarshy crawl                              whatever is new, of all of them
  jarshy crawl --since 2026-11-01 --record  what is listed since, and keep the bytes
  jarshy crawl akorda --archive old.warc.gz from an archive, not from the network""",
    "run": """\
examples:
  jarshy run                                whatever is new, then feeds and pages
  7,37 * * * * jarshy run                   the same, in a crontab""",
    "digest": """\
examples:
  jarshy digest                             what the store holds, as feeds and pages
  jarshy digest --out /var/www/news --base-url https://example.org/news/""",
    "serve": """\
examples:
  jarshy serve                              http://127.0.0.1:8000/
  jarshy serve --port 0                     a free port""",
    "status": """\
examples:
  jarshy status                             a table; exits 1 if an outlet is ill
  jarshy status --json | jq '.outlets[0]'   for programs
  jarshy status --prometheus /var/lib/node_exporter/jarshy.prom""",
    "outlets": """\
examples:
  jarshy outlets                            all that are prepared
  jarshy outlets new https://example.kz/    look at a site, and write its file
  jarshy outlets check example              try five of its pages, store nothing""",
    "outlets new": """\
examples:
  jarshy outlets new https://example.kz/
  jarshy outlets new https://example.kz/news/1 --page saved.html --name example""",
    "outlets check": "example: jarshy outlets check akorda --limit 3",
    "explain": """\
examples:
  jarshy explain https://inbusiness.kz/…    who is credited in it, and by which words
  jarshy explain urn:uuid:…                 what joined a story""",
    "stories": """\
examples:
  jarshy stories split urn:uuid:… https://inbusiness.kz/… --why "another quake"
  jarshy stories merge urn:uuid:… urn:uuid:… --why "one summit" --by aigerim""",
    "stories split": 'example: jarshy stories split urn:uuid:… https://inbusiness.kz/… --why "another quake"',
    "stories merge": 'example: jarshy stories merge urn:uuid:… urn:uuid:… --why "one summit" --by aigerim',
    "search": """\
examples:
  jarshy search Тоқаев су                       both words, in any case, in any language
  jarshy search '"су шаруашылығы" -жоба'        beside each other, and not the word after the minus
  jarshy search выборы --lang ru --since 2026-11-01 --outlet inbusiness --json""",
    "query": """\
examples:
  jarshy query                                          the questions there are
  jarshy query credited_first since=2026-01-01 --csv
  jarshy query quotes_of_a_person person=Тоқаев
  jarshy query --about relay_lag                        columns, parameters, caveats""",
    "export": """\
examples:
  jarshy export /tmp/snapshot                    an SQLite file, with a manifest
  jarshy export /tmp/tables --format csv         a file a table
docs/analysts.md tells what is in it""",
    "reattribute": "example: jarshy reattribute          after a rule of attribution has changed",
    "reprocess": """\
example: jarshy reprocess            after a rule of reading pages has changed
the bytes are those that crawl --record kept""",
    "archive": """\
example: jarshy archive --out tables crawl-*.warc.gz
needs jarshy[cluster]; see docs/scale.md""",
    "import": "example: jarshy import tables        what archive --out tables wrote",
    "config": """\
examples:
  jarshy config                             every setting, and where it comes from
  JARSHY_LIMIT=50 jarshy config             the environment holds over the file
the file is jarshy.toml; see docs/config.md""",
    "backup": """\
examples:
  jarshy backup --keep 14                   beside the store; the newest fourteen stay
  jarshy backup /mnt/copies/jarshy.db""",
    "check": "example: jarshy check                weekly; it says what to do",
    "prune": """\
examples:
  jarshy prune --before 2026-01-01 --dry-run   what would go
  jarshy prune --before 2026-01-01
see docs/operating.md for what goes""",
    "attribute": """\
example: jarshy attribute --jsonl < texts.jsonl
a line: {"id": 1, "lang": "ru", "publisher": "inbusiness.kz", "text": "…"}""",
    "extract": """\
example: jarshy extract --jsonl < pages.jsonl
a line: {"id": 1, "url": "https://…", "html": "…"}""",
    "fold": """\
example: jarshy fold --jsonl < articles.jsonl
a line: {"id": 1, "outlet": "…", "published": "2026-11-25T09:00:00Z", "title": "…", "text": "…"}""",
    "sanitise": """\
example: jarshy sanitise --jsonl < pieces.jsonl
a line: {"id": 1, "html": "…", "base": "https://…"}""",
    "demo": """\
examples:
  jarshy demo                               from nothing to a digest, without the network
  jarshy demo --state 2                     the day after, with a correction""",
}
"""By the verb; of a verb below another, by both."""
