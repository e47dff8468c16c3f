import * as z from 'zod/mini';

/**
 * The schema of an object that has names as keys, for example names of metrics or of files. The schema keeps the key `__proto__`, which
 * `z.record` would drop. The values are checked, not transformed.
 */
export const byName = <Value>(value: z.ZodMiniType<Value>) =>
  z.custom<Record<string, Value>>(
    (given) =>
      typeof given === 'object' &&
      given !== null &&
      !Array.isArray(given) &&
      Object.values(given).every((one) => z.safeParse(value, one).success),
  );
