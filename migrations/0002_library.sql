-- The library: documents a school has put in, and their clauses. `school` is '' for documents common to all schools.
-- Texts lie in pieces, because a row of D1 holds 2 MB. Nothing is ever deleted but what an interrupted adding left behind
-- (state 'arriving'); a newer version names the one it replaces and from when, so taking it back brings the old one back.
CREATE TABLE document (
  id TEXT PRIMARY KEY,
  school TEXT NOT NULL,
  name TEXT NOT NULL,
  format TEXT NOT NULL,
  hash TEXT NOT NULL,
  family TEXT NOT NULL,
  title TEXT NOT NULL,
  issuer TEXT,
  number TEXT,
  level TEXT NOT NULL,
  issued TEXT,
  effective_from TEXT,
  effective_until TEXT,
  replaces TEXT,
  replaces_from TEXT,
  state TEXT NOT NULL,
  state_before TEXT,
  guesses TEXT NOT NULL,
  warnings TEXT NOT NULL,
  clauses BIGINT NOT NULL,
  added_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX document_hash ON document (school, hash);
CREATE INDEX document_family ON document (school, family);
CREATE INDEX document_replaces ON document (replaces);

CREATE TABLE document_text (
  document TEXT NOT NULL,
  kind TEXT NOT NULL,
  piece BIGINT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (document, kind, piece)
);

CREATE TABLE clause (
  id TEXT PRIMARY KEY,
  document TEXT NOT NULL,
  school TEXT NOT NULL,
  place BIGINT NOT NULL,
  label TEXT NOT NULL,
  headings TEXT NOT NULL,
  body TEXT NOT NULL,
  raw TEXT NOT NULL,
  marks TEXT NOT NULL,
  page BIGINT,
  paragraph BIGINT NOT NULL
);
CREATE INDEX clause_document ON clause (document, place);
CREATE INDEX clause_school ON clause (school);
