/**
 * Runs two functions at the same time. The second function can wait for the result of the first. If one function fails, the signal aborts
 * the other function. When both functions have ended, the first error is thrown.
 */
export async function atOnce<A, B>(
  signal: AbortSignal,
  first: (signal: AbortSignal) => Promise<A>,
  second: (signal: AbortSignal, first: Promise<A>) => Promise<B>,
): Promise<[A, B]> {
  let one: Promise<A>;
  const works = [(either: AbortSignal) => (one = first(either)), (either: AbortSignal) => second(either, one)];
  return (await allAtOnce<A | B>(signal, works)) as [A, B];
}

/** Runs any number of functions at the same time. The functions begin in the order of the list. */
export async function allAtOnce<T>(
  signal: AbortSignal,
  works: readonly ((signal: AbortSignal) => Promise<T>)[],
): Promise<T[]> {
  const ending = new AbortController();
  const either = AbortSignal.any([signal, ending.signal]);
  const errors: unknown[] = [];
  const begun = works.map((work) =>
    work(either).catch((error: unknown) => {
      errors.push(error);
      ending.abort();
      throw error;
    }),
  );
  await Promise.allSettled(begun);
  if (errors.length > 0) throw errors[0];
  return Promise.all(begun);
}
