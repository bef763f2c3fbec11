CREATE TABLE pictures (
    article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    position INTEGER NOT NULL,
    original TEXT NOT NULL,                     -- kept among the originals
    words TEXT NOT NULL,
    block INTEGER NOT NULL,                     -- the number of the block that it stands before
    PRIMARY KEY (article, position)
) WITHOUT ROWID;
