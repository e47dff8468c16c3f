import { normalise } from './normalise.mjs';

/** Normalised names, kept as long as the list of products lives. */
const names = new WeakMap();

/** The first ten products whose name holds every word of the question, the cheapest first. */
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
