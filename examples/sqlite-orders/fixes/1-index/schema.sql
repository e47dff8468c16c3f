CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL, day INTEGER NOT NULL, cents INTEGER NOT NULL);
CREATE INDEX orders_of_customer ON orders (customer_id, day);
