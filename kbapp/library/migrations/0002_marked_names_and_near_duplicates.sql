CREATE TABLE marked_names (                     -- words of one article that the user says name a person
    article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    surface TEXT NOT NULL,
    person INTEGER NOT NULL,
    PRIMARY KEY (article, surface)
) WITHOUT ROWID;
CREATE TABLE sketches (                         -- see articles/near_duplicates.py
    band INTEGER NOT NULL,
    value INTEGER NOT NULL,
    article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    PRIMARY KEY (band, value, article)
) WITHOUT ROWID;
CREATE INDEX sketches_by_article ON sketches (article);
