-- What an article says of itself: where each field was found, what was guessed, what was cut, when it was saved elsewhere.
ALTER TABLE articles ADD COLUMN provenance TEXT NOT NULL DEFAULT '{}';     -- JSON: {field: where it was found}
ALTER TABLE articles ADD COLUMN unsure TEXT NOT NULL DEFAULT '[]';         -- JSON: [field, ...] that were guessed
ALTER TABLE articles ADD COLUMN warnings TEXT NOT NULL DEFAULT '[]';       -- JSON: [[name of the code, {fields}], ...]
ALTER TABLE articles ADD COLUMN saved TEXT;                                -- when another program stored it
ALTER TABLE articles RENAME COLUMN signed TO byline_json;
ALTER TABLE articles RENAME COLUMN recognised TO recognised_json;

ALTER TABLE appearances RENAME TO article_people;
DROP INDEX appearances_by_person;
DROP INDEX appearances_by_key;
CREATE INDEX article_people_by_person ON article_people (person, published_key DESC, article DESC);
CREATE INDEX article_people_by_key ON article_people (key);
ALTER TABLE sketches RENAME TO minhash_bands;
DROP INDEX sketches_by_article;
CREATE INDEX minhash_bands_by_article ON minhash_bands (article);

-- What the user says of an article; kept apart from what was read, so that it outlives re-imports and new versions.
CREATE TABLE article_edits (
    article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    field TEXT NOT NULL,                        -- title, subtitle, authors, published, source, url or language
    value TEXT NOT NULL,                        -- JSON
    read_value TEXT NOT NULL,                   -- JSON: what the file says, shown again by a reset
    PRIMARY KEY (article, field)
) WITHOUT ROWID;

-- Versions by number, each with what it takes to tell it again and to bring it back.
ALTER TABLE article_versions RENAME TO old_versions;
CREATE TABLE article_versions (
    article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    number INTEGER NOT NULL,                    -- 1 is the first that was replaced
    replaced TEXT NOT NULL,                     -- when it stopped being, or was found not to be, the present text
    title TEXT NOT NULL,
    published TEXT,
    blocks TEXT NOT NULL,
    original TEXT NOT NULL,
    part INTEGER NOT NULL DEFAULT 0,
    source_file TEXT NOT NULL DEFAULT '',
    fingerprint TEXT NOT NULL DEFAULT '',       -- of title and text; empty for versions from before this column
    PRIMARY KEY (article, number)
) WITHOUT ROWID;
INSERT INTO article_versions (article, number, replaced, title, blocks, original)
    SELECT article, row_number() OVER (PARTITION BY article ORDER BY replaced), replaced, title, blocks, original FROM old_versions;
DROP TABLE old_versions;
CREATE INDEX article_versions_by_original ON article_versions (original, part);
CREATE INDEX article_versions_by_fingerprint ON article_versions (fingerprint) WHERE fingerprint <> '';

-- Highlights of other programs whose passage has not been found yet; each becomes a note when the text comes.
CREATE TABLE waiting_highlights (
    id INTEGER PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    highlight TEXT NOT NULL                     -- JSON of a Highlight; encrypted with the notes
);
CREATE INDEX waiting_highlights_by_article ON waiting_highlights (article);

-- Which library this is, for what is kept outside of its folder, and which index belongs to it.
CREATE TABLE library_identity (id INTEGER PRIMARY KEY CHECK (id = 1), value TEXT NOT NULL);
INSERT INTO library_identity VALUES (1, lower(hex(randomblob(16))));
ALTER TABLE index_state ADD COLUMN toc_digest TEXT NOT NULL DEFAULT '';

-- Articles may come in starred, from a program that knew stars.
DROP TRIGGER article_added;
CREATE TRIGGER article_added AFTER INSERT ON articles BEGIN
    UPDATE totals SET value = value + 1 WHERE name = 'articles' OR (name = 'unread' AND NOT NEW.is_read) OR (name = 'starred' AND NEW.starred);
END;
