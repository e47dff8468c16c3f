/** Adds the customer and the value in cents to every order. An order of an unknown customer or product is left out. */
export function joinOrders(orders, customers, products) {
  const byId = new Map(customers.map((customer) => [customer.id, customer]));
  const bySku = new Map(products.map((product) => [product.sku, product]));
  const sales = [];
  for (const order of orders) {
    const customer = byId.get(order.customer);
    const product = bySku.get(order.sku);
    if (!customer || !product) continue;
    sales.push({
      day: Number(order.day),
      customer,
      product,
      cents: Number(order.quantity) * Number(product.cents),
    });
  }
  return sales;
}
