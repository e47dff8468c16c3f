-- 100 customers and 20 000 orders, the same on every machine.
INSERT INTO customers SELECT i, 'customer ' || i FROM generate_series(1, 100) i;
INSERT INTO orders
SELECT i, 1 + (i * 7919) % 100, CASE WHEN i % 50 = 0 THEN 'open' ELSE 'done' END, i / 60, 100 + (i * 31) % 9000
FROM generate_series(1, 20000) i;
VACUUM ANALYZE;
