"""Pure functions, HTML in, facts out: no network, no database, no Scrapy."""
