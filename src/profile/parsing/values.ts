import { failure } from '../../core/errors.ts';

/** The error `profile_value`: a file does not hold the requested value. `has`: the names of the values that the file holds. */
export const noValue = (file: string, value: string, has: readonly string[]) =>
  failure('profile_value', { file, value, has: [...new Set(has)].filter(Boolean) });

/**
 * The index in `names` of the value to read: the index of the requested value or, if no value was requested, the index that `otherwise`
 * returns.
 * @throws profile_value
 */
export function valueAt(
  names: readonly string[],
  asked: string | undefined,
  file: string,
  otherwise = () => 0,
): number {
  if (asked === undefined) return otherwise();
  const at = names.indexOf(asked);
  if (at === -1) throw noValue(file, asked, names);
  return at;
}

/** The note on a file's other values, which are not read. */
export const onlyRead = (what: string, others: readonly string[]) =>
  `Only ${what} is read; the file also holds ${others.join(', ')}. Choose with --value.`;
