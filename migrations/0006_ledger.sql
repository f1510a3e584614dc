-- The register (台账) of each school and its audit log; see src/ports/ledger.ts. `record` holds what stands now, `deed`
-- everything done, numbered without gaps and chained by SHA-256; `chain` keeps the last deed's number and hash a second
-- time, so that a log cut off at its end does not look whole. `record.seq` is the deed that wrote the record last.
CREATE TABLE record (
  school TEXT NOT NULL,
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  seq BIGINT NOT NULL,
  open BIGINT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (school, kind, id)
);
CREATE INDEX record_open ON record (school, open);
CREATE INDEX record_seq ON record (school, seq);

CREATE TABLE deed (
  school TEXT NOT NULL,
  seq BIGINT NOT NULL,
  at BIGINT NOT NULL,
  by_whom TEXT NOT NULL,
  act TEXT NOT NULL,
  about TEXT NOT NULL,
  body TEXT NOT NULL,
  before_hash TEXT NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY (school, seq)
);
CREATE INDEX deed_about ON deed (school, about, seq);

CREATE TABLE chain (
  school TEXT PRIMARY KEY,
  seq BIGINT NOT NULL,
  hash TEXT NOT NULL
);
