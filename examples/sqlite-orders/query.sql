-- Each customer with the day and the value of the last order.
SELECT c.name, o.day, o.cents
FROM customers c JOIN orders o ON o.id = (
  SELECT id FROM orders WHERE customer_id = c.id ORDER BY day DESC, id DESC LIMIT 1
)
ORDER BY c.id;
