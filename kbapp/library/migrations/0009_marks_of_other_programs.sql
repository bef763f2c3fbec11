-- What exports said of an article and was taken over once: importing them again brings back nothing that the user changed.
CREATE TABLE imported_marks (
    article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    digest TEXT NOT NULL,                       -- SHA-256 of the highlight, or of the tags and marks
    PRIMARY KEY (article, digest)
) WITHOUT ROWID;
