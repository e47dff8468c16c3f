/** Orders and revenue for each value of `key`, the largest revenue first. */
export function totalsBy(sales, key) {
  const totals = new Map();
  for (const sale of sales) {
    const name = key(sale);
    const total = totals.get(name) ?? { name, orders: 0, cents: 0 };
    total.orders += 1;
    total.cents += sale.cents;
    totals.set(name, total);
  }
  return [...totals.values()].sort((a, b) => b.cents - a.cents || a.name.localeCompare(b.name));
}

/** Revenue in cents of every region and product: one number for each pair, in the order given. */
export function crossTable(sales, regions, products) {
  return regions.map((region) => {
    const inRegion = sales.filter((sale) => sale.customer.region === region);
    return products.map((product) => {
      let cents = 0;
      for (const sale of inRegion) {
        if (sale.product === product) cents += sale.cents;
      }
      return cents;
    });
  });
}
