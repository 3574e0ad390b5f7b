"""Finds the outlets: every module directly in `spiders/`. A broken one takes no other with it."""

from __future__ import annotations

import pkgutil
import warnings
from importlib import import_module

from scrapy.spiderloader import SpiderLoader


class OutletLoader(SpiderLoader):
    """Scrapy's loader, which would stop at the first module that raises."""

    broken: dict[str, str]
    """Modules that could not be loaded, by name, with why."""

    def _load_all_spiders(self) -> None:
        self.broken = {}
        for package in self.spider_modules:
            room = import_module(package)
            if not hasattr(room, "__path__"):  # a module that holds its spiders itself
                self._load_spiders(room)
                continue
            for found in pkgutil.iter_modules(room.__path__):
                if found.ispkg:  # rooms of the house, no outlets
                    continue
                try:
                    self._load_spiders(import_module(f"{package}.{found.name}"))
                except Exception as error:  # noqa: BLE001 - whatever it is, the other outlets go on
                    self.broken[found.name] = why = f"{type(error).__name__}: {error}"
                    warnings.warn(f"{package}/{found.name}.py: {why}", RuntimeWarning, stacklevel=2)
        self._check_name_duplicates()
