/**
 * The migrations from an empty database to the present schema. Step N leads to version N. A published step is never changed.
 *
 * All times are milliseconds since 1970. A row of `series` stands for one version of a hook, one tool or one model. The figures of a
 * series are in `rollup_hour` and `rollup_day`. These tables have one row for each series, metric and hour or day; `t` is the start of the
 * hour or day (UTC). The buckets of several rows can be added up with stats/log-buckets.ts. The table `event` contains the recent single
 * events. If several sources report an event, all reports have the same `key`, so the event is stored only once.
 */
export const steps: readonly string[] = [
  `
  CREATE TABLE series (
    id INTEGER PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, plugin TEXT NOT NULL, handler_hash TEXT NOT NULL,
    UNIQUE (kind, name, plugin, handler_hash)
  );
  CREATE TABLE session (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, project TEXT, first INTEGER NOT NULL, last INTEGER NOT NULL
  );
  CREATE TABLE event (
    id INTEGER PRIMARY KEY, key INTEGER NOT NULL UNIQUE, t INTEGER NOT NULL, series INTEGER NOT NULL,
    duration_ms REAL, ok INTEGER, session INTEGER, prompt TEXT, source TEXT NOT NULL, attributes
  );
  CREATE INDEX event_t ON event (t);
  CREATE INDEX event_series ON event (series, t);
  CREATE INDEX event_session ON event (session);
  CREATE TABLE rollup_hour (
    series INTEGER NOT NULL, metric TEXT NOT NULL, t INTEGER NOT NULL, n INTEGER NOT NULL, failed INTEGER NOT NULL,
    sum REAL NOT NULL, buckets BLOB NOT NULL, PRIMARY KEY (series, metric, t)
  ) WITHOUT ROWID;
  CREATE TABLE rollup_day (
    series INTEGER NOT NULL, metric TEXT NOT NULL, t INTEGER NOT NULL, n INTEGER NOT NULL, failed INTEGER NOT NULL,
    sum REAL NOT NULL, buckets BLOB NOT NULL, PRIMARY KEY (series, metric, t)
  ) WITHOUT ROWID;
  CREATE INDEX rollup_hour_t ON rollup_hour (t);
  CREATE TABLE "case" (id INTEGER PRIMARY KEY, series INTEGER NOT NULL, opened INTEGER NOT NULL, closed INTEGER, data TEXT NOT NULL);
  CREATE TABLE alert (id INTEGER PRIMARY KEY, rule TEXT NOT NULL, labels TEXT NOT NULL, state TEXT NOT NULL, since INTEGER NOT NULL, data TEXT NOT NULL);
  CREATE TABLE silence (id INTEGER PRIMARY KEY, matches TEXT NOT NULL, until INTEGER NOT NULL, comment TEXT NOT NULL);
  `,
  // the tables from which rows were deleted; a table lacks all rows before the time `before`
  'CREATE TABLE dropped (what TEXT PRIMARY KEY, before INTEGER NOT NULL) WITHOUT ROWID;',
  // measurements of commits, which are kept forever; `series` and `data` are JSON; `key` prevents duplicates
  'CREATE TABLE bench_point (key TEXT PRIMARY KEY, t INTEGER NOT NULL, series TEXT NOT NULL, data TEXT NOT NULL) WITHOUT ROWID;',
  // versions of installed hooks, first seen at `since` and last seen at `seen`; `data` is JSON with the names of the copied files
  `CREATE TABLE installed (
    id INTEGER PRIMARY KEY, project TEXT NOT NULL, hook TEXT NOT NULL, hash TEXT NOT NULL, since INTEGER NOT NULL, seen INTEGER NOT NULL,
    data TEXT NOT NULL
  );
  CREATE INDEX installed_hook ON installed (project, hook, since);`,
  // `test_day`: the results of each test by day; `test_last`: the last commit on which a test passed, and the last on which it failed
  `CREATE TABLE test_day (
    t INTEGER NOT NULL, suite TEXT NOT NULL, test TEXT NOT NULL, n INTEGER NOT NULL, failed INTEGER NOT NULL, flaky INTEGER NOT NULL,
    sum_ms REAL NOT NULL, max_ms REAL NOT NULL, PRIMARY KEY (t, suite, test)
  ) WITHOUT ROWID;
  CREATE TABLE test_last (suite TEXT NOT NULL, test TEXT NOT NULL, passed_on TEXT, failed_on TEXT, PRIMARY KEY (suite, test)) WITHOUT ROWID;`,
];

/** The letters `PGMO`, which identify a database as a store of the monitor. Databases of other programs are never modified. */
export const APPLICATION = 0x50474d4f;
