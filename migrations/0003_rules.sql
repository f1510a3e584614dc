-- The rules as they stood, the answers given under them, and what schools set for themselves, each with its day.
CREATE TABLE rulebook (
  version TEXT PRIMARY KEY,
  since BIGINT NOT NULL,
  body TEXT NOT NULL
);

CREATE TABLE answer (
  id TEXT PRIMARY KEY,
  school TEXT NOT NULL,
  given_at BIGINT NOT NULL,
  rules_version TEXT NOT NULL,
  body TEXT NOT NULL
);
CREATE INDEX answer_given ON answer (school, given_at);

CREATE TABLE school_profile (
  school TEXT NOT NULL,
  since TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (school, since)
);
