/**
 * Runs two functions at the same time; the second may wait for the first. If one fails, the signal of the other is raised; when both have
 * ended, the first error is thrown.
 */
export async function atOnce<A, B>(
  signal: AbortSignal,
  first: (signal: AbortSignal) => Promise<A>,
  second: (signal: AbortSignal, first: Promise<A>) => Promise<B>,
): Promise<[A, B]> {
  const ending = new AbortController();
  const either = AbortSignal.any([signal, ending.signal]);
  const errors: unknown[] = [];
  const watched = <T>(work: Promise<T>): Promise<T> =>
    work.catch((error: unknown) => {
      errors.push(error);
      ending.abort();
      throw error;
    });
  const one = watched(first(either));
  const other = watched(second(either, one));
  await Promise.allSettled([one, other]);
  if (errors.length > 0) throw errors[0];
  return [await one, await other];
}
