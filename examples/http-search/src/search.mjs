import { normalise } from './normalise.mjs';

/** The ten cheapest products whose names contain every word of the query, the cheapest first. */
export function search(products, question) {
  const words = normalise(question).split(' ');
  const found = products.filter((product) => {
    const name = normalise(product.name);
    return words.every((word) => name.includes(word));
  });
  return found.sort((a, b) => a.cents - b.cents || a.id - b.id).slice(0, 10);
}
