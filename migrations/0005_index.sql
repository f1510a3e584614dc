-- The search index between two starts (src/ports/saved-index.ts). `owner` is a school, or '' for the clauses that come
-- with the program. A segment never changes and lies in pieces of base64, because a row of D1 holds 2 MB; the head
-- names the segments that count. All of it can be made anew from the documents.
CREATE TABLE search_index (
  owner TEXT PRIMARY KEY,
  head TEXT NOT NULL
);

CREATE TABLE search_segment (
  owner TEXT NOT NULL,
  name TEXT NOT NULL,
  piece BIGINT NOT NULL,
  body TEXT NOT NULL,
  saved_at BIGINT NOT NULL,
  PRIMARY KEY (owner, name, piece)
);

-- Who sent a document: `platform:app:person`; nobody for what came by command.
ALTER TABLE document ADD COLUMN added_by TEXT;
