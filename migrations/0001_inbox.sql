-- Messages heard, answers on their way, and what a conversation is about. The same file runs on SQLite, D1 and Postgres.
-- Moments are epoch milliseconds. A lease names until when a process may work on a row; an expired one is free again.
CREATE TABLE inbox (
  id TEXT PRIMARY KEY,
  school TEXT NOT NULL,
  body TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'waiting',
  received_at BIGINT NOT NULL,
  lease_until BIGINT NOT NULL DEFAULT 0,
  attempts BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX inbox_waiting ON inbox (state, received_at);

CREATE TABLE outbox (
  send_key TEXT PRIMARY KEY,
  school TEXT NOT NULL,
  chat TEXT NOT NULL,
  body TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'waiting',
  created_at BIGINT NOT NULL,
  due_at BIGINT NOT NULL,
  lease_until BIGINT NOT NULL DEFAULT 0,
  attempts BIGINT NOT NULL DEFAULT 0,
  why TEXT
);
CREATE INDEX outbox_due ON outbox (state, due_at);

CREATE TABLE dialogue (
  school TEXT NOT NULL,
  id TEXT NOT NULL,
  body TEXT NOT NULL,
  expires_at BIGINT NOT NULL,
  PRIMARY KEY (school, id)
);
