import { normalise } from './normalise.mjs';

/** The normalised name of each product, kept as long as the list of products exists. */
const names = new WeakMap();

/** The ten cheapest products whose names contain every word of the query, the cheapest first. */
export function search(products, question) {
  if (!names.has(products))
    names.set(
      products,
      products.map((product) => normalise(product.name)),
    );
  const known = names.get(products);
  const words = normalise(question).split(' ');
  const found = products.filter((_, i) => words.every((word) => known[i].includes(word)));
  return found.sort((a, b) => a.cents - b.cents || a.id - b.id).slice(0, 10);
}
