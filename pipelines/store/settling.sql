-- The settling of stories: a further migration of schema.sql.

-- Articles that have come and have not been compared with others yet; each has a story of its own meanwhile.
CREATE TABLE unsettled (
    article_id INTEGER PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE
) STRICT;

-- Every merge and split of stories; guids lead on by stories.merged_into.
CREATE TABLE story_changes (
    id         INTEGER PRIMARY KEY,
    at         TEXT NOT NULL,
    kind       TEXT NOT NULL CHECK (kind IN ('merge', 'split')),
    story_id   INTEGER NOT NULL REFERENCES stories (id),    -- which lost its members, or one of them
    other_id   INTEGER NOT NULL REFERENCES stories (id),    -- which has them since
    article_id INTEGER REFERENCES articles (id) ON DELETE CASCADE, -- of a split: the article
    why        TEXT NOT NULL,
    CHECK ((article_id IS NULL) = (kind = 'merge'))
) STRICT;
-- "What became of this story": asked when one is explained.
CREATE INDEX story_changes_by_story ON story_changes (story_id);
CREATE INDEX story_changes_by_other ON story_changes (other_id);
CREATE INDEX story_changes_by_article ON story_changes (article_id);
INSERT INTO story_changes (at, kind, story_id, other_id, why)
SELECT merged_at, 'merge', id, merged_into, merge_why FROM stories WHERE merged_into IS NOT NULL ORDER BY id;

-- Near-copies: an article whose text is largely in another's that came before it. A relation of its own: the same
-- page's states are revisions, and the same event told otherwise makes a story.
CREATE TABLE near_copies (
    article_id  INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    of_id       INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    containment REAL NOT NULL,                      -- share of the shorter text's runs of three words
    jaccard     REAL NOT NULL,                      -- … of the runs of both
    PRIMARY KEY (article_id, of_id)
) STRICT, WITHOUT ROWID;
-- The foreign key, and "who copied this one".
CREATE INDEX near_copies_by_of ON near_copies (of_id);

-- The article that the evidence of a join compares with.
ALTER TABLE story_members ADD COLUMN nearest_id INTEGER REFERENCES articles (id) ON DELETE SET NULL;
CREATE INDEX story_members_by_nearest ON story_members (nearest_id) WHERE nearest_id IS NOT NULL;

-- For analysts: a story told in order, by two clocks: when the outlet says it published, and when we saw it. One
-- row a state of an article (its first: 'report'; each later one: 'correction'), one where it was taken down.
CREATE VIEW v_timeline AS
SELECT s.guid AS story, a.id AS article_id, a.outlet, a.lang,
       CASE WHEN r.number = 1 THEN 'report' ELSE 'correction' END AS what,
       r.published_at, r.published_precision, r.seen_at, r.number AS revision, r.headline, r.reason AS why,
       origin.source AS origin, relay.held_outlet AS relayed_from, relay.lag_seconds, copy.of_id AS copy_of,
       a.canonical_url
FROM story_members AS m
JOIN stories AS s ON s.id = m.story_id
JOIN articles AS a ON a.id = m.article_id AND a.folded_into IS NULL
JOIN revisions AS r ON r.article_id = a.id
LEFT JOIN credits AS origin ON origin.revision_id = r.id AND origin.part = 'chain' AND origin.role = 'origin'
LEFT JOIN v_relays AS relay ON relay.article_id = a.id
     AND relay.ordinal = (SELECT min(ordinal) FROM v_relays WHERE article_id = a.id)
LEFT JOIN near_copies AS copy ON copy.article_id = a.id AND copy.of_id =
     (SELECT of_id FROM near_copies WHERE article_id = a.id ORDER BY containment DESC, of_id LIMIT 1)
UNION ALL
SELECT s.guid, a.id, a.outlet, a.lang, 'taken down', NULL, NULL, a.gone_at, NULL, NULL, NULL, NULL, NULL, NULL,
       NULL, a.canonical_url
FROM story_members AS m
JOIN stories AS s ON s.id = m.story_id
JOIN articles AS a ON a.id = m.article_id AND a.folded_into IS NULL
WHERE a.gone_at IS NOT NULL;
