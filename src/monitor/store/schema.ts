/**
 * The migrations from an empty database to the present schema: step N makes version N. A published step is never changed.
 *
 * Times are milliseconds since 1970. A `series` is one observed subject: one hook, one tool, one model. The figures of a series are in
 * `rollup_hour` and `rollup_day`, with one row for each metric; `t` is the beginning of the hour or the day (UTC). The buckets of rows can
 * be added up (stats/log-buckets.ts). The table `event` has the recent single events. Its `key` makes each event one row, even if several
 * sources report the event.
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
  // for each table, the time before which all rows were deleted
  'CREATE TABLE dropped (what TEXT PRIMARY KEY, before INTEGER NOT NULL) WITHOUT ROWID;',
  // the benchmarks of commits, kept forever; `series` and `data` are JSON, `key` recognises duplicates
  'CREATE TABLE bench_point (key TEXT PRIMARY KEY, t INTEGER NOT NULL, series TEXT NOT NULL, data TEXT NOT NULL) WITHOUT ROWID;',
  // versions of installed hooks, which were first seen at `since` and last at `seen`; `data` is JSON and names the copied files
  `CREATE TABLE installed (
    id INTEGER PRIMARY KEY, project TEXT NOT NULL, hook TEXT NOT NULL, hash TEXT NOT NULL, since INTEGER NOT NULL, seen INTEGER NOT NULL,
    data TEXT NOT NULL
  );
  CREATE INDEX installed_hook ON installed (project, hook, since);`,
  // the results of tests by day, in addition to the figures of suites, and the last commits on which each test passed and failed
  `CREATE TABLE test_day (
    t INTEGER NOT NULL, suite TEXT NOT NULL, test TEXT NOT NULL, n INTEGER NOT NULL, failed INTEGER NOT NULL, flaky INTEGER NOT NULL,
    sum_ms REAL NOT NULL, max_ms REAL NOT NULL, PRIMARY KEY (t, suite, test)
  ) WITHOUT ROWID;
  CREATE TABLE test_last (suite TEXT NOT NULL, test TEXT NOT NULL, passed_on TEXT, failed_on TEXT, PRIMARY KEY (suite, test)) WITHOUT ROWID;`,
];

/** The id that marks a database as a store of the monitor (`PGMO`), so that the databases of other programs are never modified. */
export const APPLICATION = 0x50474d4f;
