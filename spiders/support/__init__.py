"""What every outlet's spider stands on: listings, freshness, politeness, and where a request may go."""
