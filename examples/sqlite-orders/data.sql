-- 100 customers and 10 000 orders, the same on every machine.
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100)
INSERT INTO customers SELECT i, 'customer ' || i FROM n;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000)
INSERT INTO orders SELECT i, 1 + (i * 7919) % 100, i / 30, 100 + (i * 31) % 9000 FROM n;
