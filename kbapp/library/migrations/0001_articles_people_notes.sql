CREATE TABLE articles (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    subtitle TEXT,
    published TEXT,
    published_key TEXT NOT NULL DEFAULT '',     -- published as UTC, so that text order is time order
    source TEXT,
    url TEXT,
    language TEXT,
    format TEXT NOT NULL,
    blocks TEXT NOT NULL,                       -- JSON: see articles/rows.py
    text TEXT NOT NULL,
    signed TEXT NOT NULL,                       -- JSON: [[author, bio], ...] as read
    recognised TEXT NOT NULL,                   -- JSON: the people as recognised, before the user's corrections
    original TEXT NOT NULL,                     -- SHA-256 of the file's bytes, with the suffix it is kept under
    part INTEGER NOT NULL DEFAULT 0,            -- which article of the file
    source_file TEXT NOT NULL,
    fingerprint TEXT NOT NULL,                  -- of the text alone, without spaces and case
    imported TEXT NOT NULL,
    is_read INTEGER NOT NULL DEFAULT 0,
    starred INTEGER NOT NULL DEFAULT 0,
    notes INTEGER NOT NULL DEFAULT 0,
    opened TEXT,
    deleted TEXT
);
CREATE UNIQUE INDEX articles_by_original ON articles (original, part);
CREATE INDEX articles_by_fingerprint ON articles (fingerprint);
CREATE INDEX articles_by_url ON articles (url) WHERE url IS NOT NULL;
CREATE INDEX articles_by_published ON articles (published_key DESC, id DESC) WHERE deleted IS NULL;
CREATE INDEX articles_by_imported ON articles (imported DESC, id DESC) WHERE deleted IS NULL;
CREATE INDEX articles_by_title ON articles (title COLLATE NOCASE, id) WHERE deleted IS NULL;
CREATE INDEX articles_by_source ON articles (source, published_key DESC, id DESC) WHERE deleted IS NULL;
CREATE INDEX articles_unread ON articles (published_key DESC, id DESC) WHERE deleted IS NULL AND is_read = 0;
CREATE INDEX articles_starred ON articles (published_key DESC, id DESC) WHERE deleted IS NULL AND starred = 1;
CREATE INDEX articles_opened ON articles (opened DESC, id DESC) WHERE deleted IS NULL AND opened IS NOT NULL;
CREATE INDEX articles_deleted ON articles (deleted DESC, id DESC) WHERE deleted IS NOT NULL;

CREATE TABLE article_versions (
    article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    replaced TEXT NOT NULL,
    title TEXT NOT NULL,
    blocks TEXT NOT NULL,
    original TEXT NOT NULL,
    PRIMARY KEY (article, replaced)
) WITHOUT ROWID;

CREATE TABLE people (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    named_by_user INTEGER NOT NULL DEFAULT 0,
    is_agency INTEGER NOT NULL DEFAULT 0,
    articles INTEGER NOT NULL DEFAULT 0,        -- that mention the person; kept by triggers
    mentions INTEGER NOT NULL DEFAULT 0,
    authored INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX people_by_name ON people (name COLLATE NOCASE, id);
CREATE INDEX people_by_articles ON people (articles DESC, id) WHERE articles > 0;
CREATE INDEX people_by_authored ON people (authored DESC, id) WHERE authored > 0;

CREATE TABLE aliases (                          -- every key (see people/identity.py) that means a person
    key TEXT PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES people ON DELETE CASCADE,
    by_user INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX aliases_by_person ON aliases (person);
CREATE TABLE surnames (                         -- the last word of each key, to find bearers of one surname
    surname TEXT NOT NULL,
    key TEXT NOT NULL,
    PRIMARY KEY (surname, key)
) WITHOUT ROWID;

CREATE TABLE name_forms (                       -- every form in which a person is named, and how often
    person INTEGER NOT NULL REFERENCES people ON DELETE CASCADE,
    form TEXT NOT NULL,
    uses INTEGER NOT NULL,
    by_user INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (person, form)
) WITHOUT ROWID;

CREATE TABLE authorships (
    article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    position INTEGER NOT NULL,
    person INTEGER NOT NULL REFERENCES people,
    name TEXT NOT NULL,
    bio TEXT,
    published_key TEXT NOT NULL,
    PRIMARY KEY (article, position)
) WITHOUT ROWID;
CREATE INDEX authorships_by_person ON authorships (person, published_key DESC, article DESC);

CREATE TABLE appearances (                      -- a person in an article
    article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    person INTEGER NOT NULL REFERENCES people,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    key TEXT NOT NULL,
    description TEXT,
    mentions INTEGER NOT NULL,
    published_key TEXT NOT NULL,
    PRIMARY KEY (article, person)
) WITHOUT ROWID;
CREATE INDEX appearances_by_person ON appearances (person, published_key DESC, article DESC);
CREATE INDEX appearances_by_key ON appearances (key);

CREATE TABLE mentions (
    article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    field TEXT NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    person INTEGER NOT NULL REFERENCES people,
    key TEXT NOT NULL,
    confidence REAL NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (article, field, start)
) WITHOUT ROWID;
CREATE INDEX mentions_by_person ON mentions (person, article);

CREATE TABLE quotes (
    article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    person INTEGER NOT NULL REFERENCES people,
    PRIMARY KEY (article, start)
) WITHOUT ROWID;
CREATE INDEX quotes_by_person ON quotes (person, article DESC);

CREATE TABLE article_tags (
    article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    tag TEXT NOT NULL COLLATE NOCASE,
    PRIMARY KEY (article, tag)
) WITHOUT ROWID;
CREATE INDEX article_tags_by_tag ON article_tags (tag, article);

CREATE TABLE notes (
    id INTEGER PRIMARY KEY,
    text TEXT NOT NULL,
    created TEXT NOT NULL,
    modified TEXT NOT NULL,
    about_kind TEXT NOT NULL,
    about_id INTEGER,
    quote TEXT,                                 -- JSON of an Anchor
    colour TEXT,
    revision INTEGER NOT NULL DEFAULT 1,
    deleted TEXT
);
CREATE INDEX notes_by_subject ON notes (about_kind, about_id) WHERE deleted IS NULL;
CREATE INDEX notes_by_modified ON notes (modified DESC, id DESC) WHERE deleted IS NULL;
CREATE TABLE note_versions (
    note INTEGER NOT NULL REFERENCES notes ON DELETE CASCADE,
    saved TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (note, saved)
) WITHOUT ROWID;
CREATE TABLE note_tags (
    note INTEGER NOT NULL REFERENCES notes ON DELETE CASCADE,
    tag TEXT NOT NULL COLLATE NOCASE,
    PRIMARY KEY (note, tag)
) WITHOUT ROWID;
CREATE INDEX note_tags_by_tag ON note_tags (tag, note);
CREATE TABLE note_links (
    note INTEGER NOT NULL REFERENCES notes ON DELETE CASCADE,
    kind TEXT NOT NULL,
    target INTEGER NOT NULL,
    PRIMARY KEY (note, kind, target)
) WITHOUT ROWID;
CREATE INDEX note_links_by_target ON note_links (kind, target);

CREATE TABLE rejected_keys (key TEXT PRIMARY KEY) WITHOUT ROWID;      -- "not a person", everywhere
CREATE TABLE assignments (                      -- what the user said of a name in one article; person NULL: nobody
    article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    key TEXT NOT NULL,
    person INTEGER,
    PRIMARY KEY (article, key)
) WITHOUT ROWID;
CREATE TABLE refused_merges (one INTEGER NOT NULL, other INTEGER NOT NULL, PRIMARY KEY (one, other)) WITHOUT ROWID;
CREATE TABLE corrections (                      -- the user's corrections, with what is needed to take them back
    id INTEGER PRIMARY KEY,
    made TEXT NOT NULL,
    title TEXT NOT NULL,
    undo TEXT NOT NULL,
    undone INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE saved_searches (id INTEGER PRIMARY KEY, name TEXT NOT NULL, query TEXT NOT NULL);
CREATE TABLE totals (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO totals VALUES ('articles', 0), ('unread', 0), ('starred', 0), ('trash', 0), ('notes', 0), ('people', 0), ('authors', 0);

CREATE TABLE changes (                          -- what the search index has yet to follow
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    ref INTEGER NOT NULL
);
CREATE INDEX changes_by_subject ON changes (kind, ref);
CREATE TABLE index_state (id INTEGER PRIMARY KEY CHECK (id = 1), generation INTEGER NOT NULL, identity TEXT NOT NULL);
INSERT INTO index_state VALUES (1, 0, '');

CREATE TRIGGER appearance_added AFTER INSERT ON appearances BEGIN
    UPDATE people SET articles = articles + 1, mentions = mentions + NEW.mentions WHERE id = NEW.person;
END;
CREATE TRIGGER appearance_removed AFTER DELETE ON appearances BEGIN
    UPDATE people SET articles = articles - 1, mentions = mentions - OLD.mentions WHERE id = OLD.person;
END;
CREATE TRIGGER authorship_added AFTER INSERT ON authorships BEGIN
    UPDATE people SET authored = authored + 1 WHERE id = NEW.person;
END;
CREATE TRIGGER authorship_removed AFTER DELETE ON authorships BEGIN
    UPDATE people SET authored = authored - 1 WHERE id = OLD.person;
END;
CREATE TRIGGER person_counted AFTER UPDATE OF articles, authored ON people BEGIN
    UPDATE totals SET value = value + ((NEW.articles > 0 AND NOT NEW.is_agency) - (OLD.articles > 0 AND NOT OLD.is_agency)) WHERE name = 'people';
    UPDATE totals SET value = value + ((NEW.authored > 0) - (OLD.authored > 0)) WHERE name = 'authors';
END;
CREATE TRIGGER article_added AFTER INSERT ON articles BEGIN
    UPDATE totals SET value = value + 1 WHERE name = 'articles' OR (name = 'unread' AND NOT NEW.is_read);
END;
CREATE TRIGGER article_marked AFTER UPDATE OF is_read, starred, deleted ON articles BEGIN
    UPDATE totals SET value = value + ((NEW.deleted IS NULL) - (OLD.deleted IS NULL)) WHERE name = 'articles';
    UPDATE totals SET value = value + ((NEW.deleted IS NULL AND NOT NEW.is_read) - (OLD.deleted IS NULL AND NOT OLD.is_read)) WHERE name = 'unread';
    UPDATE totals SET value = value + ((NEW.deleted IS NULL AND NEW.starred) - (OLD.deleted IS NULL AND OLD.starred)) WHERE name = 'starred';
    UPDATE totals SET value = value + ((NEW.deleted IS NOT NULL) - (OLD.deleted IS NOT NULL)) WHERE name = 'trash';
END;
CREATE TRIGGER article_removed AFTER DELETE ON articles BEGIN
    UPDATE totals SET value = value - 1 WHERE (name = 'articles' AND OLD.deleted IS NULL) OR (name = 'trash' AND OLD.deleted IS NOT NULL)
        OR (name = 'unread' AND OLD.deleted IS NULL AND NOT OLD.is_read) OR (name = 'starred' AND OLD.deleted IS NULL AND OLD.starred);
END;
CREATE TRIGGER note_added AFTER INSERT ON notes BEGIN
    UPDATE totals SET value = value + 1 WHERE name = 'notes';
    UPDATE articles SET notes = notes + 1 WHERE NEW.about_kind = 'article' AND id = NEW.about_id;
END;
CREATE TRIGGER note_marked AFTER UPDATE OF deleted ON notes WHEN (NEW.deleted IS NULL) <> (OLD.deleted IS NULL) BEGIN
    UPDATE totals SET value = value + ((NEW.deleted IS NULL) - (OLD.deleted IS NULL)) WHERE name = 'notes';
    UPDATE articles SET notes = notes + ((NEW.deleted IS NULL) - (OLD.deleted IS NULL)) WHERE NEW.about_kind = 'article' AND id = NEW.about_id;
END;
