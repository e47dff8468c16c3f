import { failure } from '../../core/errors.ts';

/** The error `profile_value`: a file does not hold the value that was asked for. `has`: the names of those that it holds. */
export const noValue = (file: string, value: string, has: readonly string[]) =>
  failure('profile_value', { file, value, has: [...new Set(has)].filter(Boolean) });

/**
 * The index of the value that is read, of those that each sample of a file has: the one that was asked for, else `otherwise`.
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

/** Tells a reader which values of a file are not read. */
export const onlyRead = (what: string, others: readonly string[]) =>
  `Only ${what} is read; the file also holds ${others.join(', ')}. Choose with --value.`;
