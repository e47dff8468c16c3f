#!/bin/sh
# Builds the database: schema, then data, then the statistics for the planner.
set -e
rm -f shop.db
cat schema.sql data.sql | sqlite3 shop.db
sqlite3 shop.db ANALYZE
