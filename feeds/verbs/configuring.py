"""The verb `config`: what holds, and why."""

from __future__ import annotations

import json
from argparse import Namespace

from feeds.config import Config
from feeds.config_keys import KEYS
from feeds.console import show_settings
from feeds.settings import feed_settings
from feeds.verbs.answer import OK, USAGE, say


def show(options: Namespace) -> int:
    """Print every setting with its value and where that came from; checks the searches too."""
    config: Config = options.config
    try:
        feed_settings(config)
    except ValueError as error:
        return say(USAGE, f"{config.file}: {error}")
    rows = [
        {"setting": key.name, "value": config[key.name], "from": config.values[key.name].origin}
        for key in KEYS
    ]
    found = {
        "store.db": str(options.db),
        "feeds.out": str(options.out),
    }  # their defaults lie beside the program
    for row in rows:
        row["value"] = row["value"] or found.get(row["setting"], row["value"])
    named = config.file.name if config.file else ""
    rows += [
        {
            "setting": f"search {table['name']}",
            "value": {key: value for key, value in table.items() if key != "name" and value},
            "from": f"{named}, line {config.lines[table['name']]}",
        }
        for table in config.searches
    ]
    if options.json:
        print(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        show_settings(rows)
    return OK
