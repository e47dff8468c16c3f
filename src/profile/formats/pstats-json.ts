import type { Profile } from '../model.ts';
import { amountOf, entriesOf, fieldsOf, jsonOf, stringOf, unreadable } from '../parsing/input.ts';
import { profileWithoutCallers } from '../parsing/python-functions.ts';

/**
 * Reads `json.dumps(dataclasses.asdict(pstats.Stats(…).get_stats_profile()))`: `{total_tt, func_profiles: {name: {ncalls, tottime,
 * file_name, line_number, …}}}`. The format does not contain callers. If several functions have the same name, the format keeps only the
 * last function. Format: https://docs.python.org/3/library/profile.html#pstats.Stats.get_stats_profile
 * @throws profile_unreadable
 */
export function readPstatsJson(bytes: Uint8Array, file: string): Profile {
  const { total_tt, func_profiles } = fieldsOf(jsonOf(bytes, file));
  const listed = [...entriesOf(func_profiles)].map(([name, value]) => {
    const { ncalls, tottime, file_name, line_number } = fieldsOf(value);
    const place = { path: stringOf(file_name) || '~', line: amountOf(line_number), name };
    // `7/1` means seven calls, one of which is not recursive. Some tools write only the number of calls.
    return { place, seconds: amountOf(tottime), calls: Number.parseInt(String(ncalls), 10) || 0 };
  });
  if (listed.length === 0) throw unreadable(file, 'func_profiles with functions', 'none');
  return profileWithoutCallers('pstats-json', listed, amountOf(total_tt));
}

export const looksLikePstatsJson = (start: string) => /"func_profiles"\s*:\s*\{/.test(start);
