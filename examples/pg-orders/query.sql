-- Each customer with the day and the value of the last delivered order.
SELECT c.name, o.day, o.cents
FROM customers c JOIN LATERAL (
  SELECT day, cents FROM orders
  WHERE customer_id = c.id AND status = 'done' ORDER BY day DESC, id DESC LIMIT 1
) o ON true
ORDER BY c.id
