import type { Profile } from '../model.ts';
import { amountOf, entriesOf, fieldsOf, jsonOf, listOf, stringOf, unreadable } from './input.ts';
import type { Marshalled } from './marshal.ts';
import { profileOfStats } from './pstats.ts';
import { listedCalls } from './python-places.ts';

/**
 * Reads `json.dumps(dataclasses.asdict(pstats.Stats(…).get_stats_profile()))`: `{total_tt, func_profiles: {name: {ncalls, tottime,
 * file_name, line_number, …}}}`. It names no callers, and of the functions of one name only the last.
 * Format: https://docs.python.org/3/library/profile.html#pstats.Stats.get_stats_profile
 * @throws profile_unreadable
 */
export function readPstatsJson(bytes: Uint8Array, file: string): Profile {
  const { total_tt, func_profiles } = fieldsOf(jsonOf(bytes, file));
  const listed = [...entriesOf(func_profiles)].map(([name, value]) => {
    const { ncalls, tottime, file_name, line_number } = fieldsOf(value);
    const place = { path: stringOf(file_name) || '~', line: amountOf(line_number), name };
    // `7/1`: a recursion, of which one call is the first; some write the number alone
    return { place, seconds: amountOf(tottime), calls: Number.parseInt(String(ncalls), 10) || 0 };
  });
  if (listed.length === 0) throw unreadable(file, 'func_profiles with functions', 'none');
  return listedCalls('pstats-json', listed, amountOf(total_tt));
}

export const looksLikePstatsJson = (start: string) => /"func_profiles"\s*:\s*\{/.test(start);

/**
 * Reads `pstats.Stats(…).stats` with its keys as text, since JSON has no other: `{"('app.py', 3, 'work')": [calls without recursion,
 * calls, own seconds, seconds with callees, {caller: the same four}]}`; without callers too.
 * @throws profile_unreadable
 */
export function readStatsAsJson(bytes: Uint8Array, file: string): Profile {
  const stats = statsOf(jsonOf(bytes, file), file, true);
  const hasCallers = [...stats.values()].some(([, value]) => (value as Marshalled[])[4] !== undefined);
  return profileOfStats(stats, file, hasCallers ? 'pstats' : 'pstats-json');
}

type Stats = Map<string, [Marshalled, Marshalled]>;

function statsOf(value: unknown, file: string, hasCallers: boolean): Stats {
  const stats: Stats = new Map();
  for (const [text, numbers] of entriesOf(value)) {
    const key = keyOf(text);
    if (!key) throw unreadable(file, `keys such as "('app.py', 3, 'work')"`, text.slice(0, 80));
    const [own, callers] = [listOf(numbers).slice(0, 4) as Marshalled[], listOf(numbers)[4]];
    const told = hasCallers && callers !== undefined ? [...own, statsOf(callers, file, false)] : own;
    stats.set(JSON.stringify(key), [key, told]);
  }
  return stats;
}

function keyOf(text: string): Marshalled[] | null {
  const [, path, line, name] = /^\(['"](.*)['"], (\d+), ['"](.*)['"]\)$/.exec(text) ?? [];
  return path === undefined || name === undefined ? null : [path, Number(line), name];
}

export const looksLikeStatsAsJson = (start: string) => /^\s*\{\s*"\((\\"|')/.test(start);
