-- What platforms must remember between two requests (src/ports/notebook.ts): JSON, gone after its moment.
CREATE TABLE note (
  id TEXT PRIMARY KEY,
  body TEXT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX note_expiry ON note (expires_at);
