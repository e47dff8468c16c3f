#!/bin/sh
# SQLite's plans hold no times. So this measures the CPU time of the query and of each part, and writes them as spans to PERF_GATE_SPANS.
set -e
span() { # arguments: NAME PARENT; the SQL comes from stdin
  { echo .timer on; cat; } | sqlite3 shop.db | awk -v name="$1" -v parent="$2" '
    /^Run Time:/ { printf "{\"span\": \"%s\", \"parent\": %s, \"ms\": %.3f}\n", name, parent, 1000 * ($6 + $8) }' >> "$PERF_GATE_SPANS"
}

for i in 1 2 3 4 5; do # five times, as one execution takes only a few milliseconds
  span 'last orders' null < query.sql
  span 'customers' '"last orders"' << 'SQL'
SELECT id, name FROM customers ORDER BY id;
SQL
  span 'last order of each customer' '"last orders"' << 'SQL'
SELECT (SELECT id FROM orders WHERE customer_id = c.id ORDER BY day DESC, id DESC LIMIT 1) FROM customers c;
SQL
done
