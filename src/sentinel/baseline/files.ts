import { existsSync, readdirSync, readlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import { failure, isFailure } from '../../core/errors.ts';
import { eightDigits, makeDir, makeLink, move, writeDurable } from '../../core/fs.ts';
import { oneLine } from '../../core/text.ts';
import { readJson } from '../discover/read-json.ts';
import type { sentinelPaths } from '../store/paths.ts';
import { checkedTag, LATEST } from '../store/tag.ts';
import { type Baseline, baselineSchema } from './schema.ts';

type Paths = ReturnType<typeof sentinelPaths>;

const fileOf = ({ baselines }: Paths, tag: string) => join(baselines, `${tag}.json`);

/** @throws hook_baseline_exists */
export function mayWrite(paths: Paths, tag: string): void {
  if (existsSync(fileOf(paths, tag))) throw failure('hook_baseline_exists', { tag, file: fileOf(paths, tag) });
}

/**
 * Writes a baseline into the data folder. Also makes two links in the cache that lead to the file: one is named after the tag, the other is
 * `latest`. Returns the file.
 */
export function writeBaseline(paths: Paths, baseline: Baseline): string {
  const file = fileOf(paths, baseline.tag);
  writeDurable(file, `${JSON.stringify(baseline, null, 2)}\n`, 0o600);
  makeDir(paths.linkedBaselines);
  linkTo(file, join(paths.linkedBaselines, basename(file)));
  linkTo(basename(file), join(paths.linkedBaselines, LATEST));
  return file;
}

/** Makes a link. An existing link is replaced in one step. */
function linkTo(target: string, path: string): void {
  const aside = `${path}.${process.pid}.${eightDigits()}`;
  makeLink(target, aside);
  move(aside, path);
}

/**
 * The baseline with this tag. Without a tag, the newest baseline of this project or folder of plugins. @throws hook_baseline_tag,
 * no_hook_baseline, hook_baseline_unreadable
 */
export function findBaseline(paths: Paths, tag: string | undefined, of: Baseline['of']): Baseline {
  const known = tagsIn(paths);
  if (tag !== undefined) {
    const named = tag === LATEST ? latestOf(paths) : checkedTag(tag);
    if (!named || !known.includes(named)) throw failure('no_hook_baseline', { tag, known });
    return read(fileOf(paths, named));
  }
  const [newest] = known
    .flatMap((name) => readable(fileOf(paths, name)))
    .filter((one) => one.of.plugins === of.plugins && (of.plugins !== null || one.of.project === of.project))
    .toSorted((a, b) => (a.timestamp < b.timestamp ? 1 : -1));
  if (!newest) throw failure('no_hook_baseline', { tag: null, known });
  return newest;
}

function tagsIn({ baselines }: Paths): string[] {
  if (!existsSync(baselines)) return [];
  const files = readdirSync(baselines).filter((name) => name.endsWith('.json') && !name.startsWith('.'));
  return files.map((name) => name.slice(0, -'.json'.length)).sort();
}

function latestOf({ linkedBaselines }: Paths): string | undefined {
  try {
    return basename(readlinkSync(join(linkedBaselines, LATEST)), '.json');
  } catch {
    return undefined;
  }
}

/**
 * Reads the baseline in a file, and returns it as a list of one. Returns an empty list if the file cannot be read, for example because a
 * newer version of perf-gate wrote it. The unreadable baseline possibly belongs to other hooks, so it is no reason to fail.
 */
function readable(file: string): Baseline[] {
  try {
    return [read(file)];
  } catch (error) {
    if (isFailure(error, 'hook_baseline_unreadable')) return [];
    throw error;
  }
}

function read(file: string): Baseline {
  const door = readJson(file);
  if (door.state !== 'read')
    throw failure('hook_baseline_unreadable', { file, reason: door.state === 'absent' ? 'it is gone' : door.reason });
  const parsed = baselineSchema.safeParse(door.value);
  if (parsed.success) return parsed.data;
  const [{ path, message }] = parsed.error.issues as [(typeof parsed.error.issues)[number]];
  throw failure('hook_baseline_unreadable', { file, reason: oneLine(`\`${path.join('.')}\`: ${message}`) });
}
