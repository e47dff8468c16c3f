/**
 * A small reproducible generator of random numbers. The same seed gives the same uniform numbers in [0, 1) on every machine and version of
 * Node. A recorded seed is therefore enough to repeat an order of executions or a simulation. Not for secrets. The generator is sfc32
 * (PractRand). Its state comes from a hash of the seed: FNV-1a over UTF-16 units, with the finalizer of MurmurHash3.
 */
export function seededRandom(seed: string): () => number {
  let h = 0x811c9dc5;
  for (let i = 0; i < seed.length; i++) h = Math.imul(h ^ seed.charCodeAt(i), 0x01000193);
  const word = () => {
    h = (h + 0x9e3779b9) | 0;
    let x = h;
    x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
    x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
    return (x ^ (x >>> 16)) | 0;
  };
  let [a, b, c, counter] = [word(), word(), word(), 1];
  const next = () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };
  for (let i = 0; i < 12; i++) next();
  return next;
}
