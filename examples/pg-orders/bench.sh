#!/bin/sh
# Prints the rows, and writes the plan with its times and pages to plan.json. The first execution fills the caches.
. ./server.sh
queries() {
  psql --quiet --no-psqlrc --set=ON_ERROR_STOP=1 --tuples-only --no-align --file=query.sql
  { echo 'EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON)'; cat query.sql; } | psql --quiet --no-psqlrc --tuples-only --no-align > plan.json
}
with_server queries
