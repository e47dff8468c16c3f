import { closeSync, openSync, readdirSync, readFileSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { failure } from '../../core/errors.ts';
import { mergeProfiles, type Profile } from '../model.ts';
import { looksLikeRolldown, looksLikeWebpack, readRolldown, readWebpack } from './bundler-stats.ts';
import { looksLikeCallgrind, readCallgrind } from './callgrind.ts';
import { looksLikeChromeTrace, readChromeTrace } from './chrome-trace.ts';
import { looksCollapsed, readCollapsed } from './collapsed.ts';
import { readCpuProfile } from './cpuprofile.ts';
import { looksLikeExplain, readExplain } from './explain.ts';
import { looksLikeFirefox, readFirefox } from './firefox.ts';
import { readHeapProfile } from './heapprofile.ts';
import { unpacked, unpackedStart } from './input.ts';
import { looksLikeMassif, readMassif } from './massif.ts';
import { readMetafile, readSourceMapExplorer, readVisualizer } from './metafile.ts';
import { looksLikeOtlp, readOtlp } from './otlp.ts';
import { looksLikePerfScript, readPerfScript } from './perf-script.ts';
import { looksLikePprof, readPprof } from './pprof.ts';
import { looksLikePstats, readPstats } from './pstats.ts';
import { looksLikePstatsJson, looksLikeStatsAsJson, readPstatsJson, readStatsAsJson } from './pstats-json.ts';
import { looksLikePstatsText, readPstatsText } from './pstats-text.ts';
import { looksLikeServerTiming, readServerTiming } from './server-timing.ts';
import { looksLikeSpans, readSpans } from './spans.ts';
import { looksLikeSpeedscope, readSpeedscope } from './speedscope.ts';

/** A profile format: how it is known, and what reads it. `read` throws profile_unreadable. */
type Format = {
  name: string;
  /** By the file's name and its first bytes; the first format of the table that says yes reads it. */
  recognise(bytes: Uint8Array, file: string): boolean;
  read(bytes: Uint8Array, file: string): Profile | Promise<Profile>;
};

/** So much of a file tells its format. */
const HEAD = 65_536;

/** Every format that is read. A new one is a reader in a file of its own and a row here. Packed files are unpacked before. */
export const formats: Format[] = [
  {
    name: 'cpuprofile',
    recognise: (bytes, file) => /\.cpuprofile(\.gz)?$/.test(file) || /^\s*\{\s*"nodes"\s*:/.test(start(bytes)),
    read: readCpuProfile,
  },
  {
    name: 'heapprofile',
    recognise: (bytes, file) => /\.heapprofile(\.gz)?$/.test(file) || /^\s*\{\s*"head"\s*:/.test(start(bytes)),
    read: readHeapProfile,
  },
  { name: 'pstats', recognise: looksLikePstats, read: readPstats },
  { name: 'pstats-json', recognise: (bytes) => looksLikePstatsJson(start(bytes, 4096)), read: readPstatsJson },
  { name: 'pstats-json', recognise: (bytes) => looksLikeStatsAsJson(start(bytes)), read: readStatsAsJson },
  { name: 'explain-analyze', recognise: (bytes) => looksLikeExplain(start(bytes)), read: readExplain },
  { name: 'metafile', recognise: (bytes) => /^\s*\{\s*"inputs"\s*:/.test(start(bytes)), read: readMetafile },
  {
    name: 'visualizer',
    recognise: (bytes) => /^\s*\{\s*"version"\s*:\s*\d+\s*,\s*"tree"\s*:/.test(start(bytes)),
    read: readVisualizer,
  },
  {
    name: 'source-map-explorer',
    recognise: (bytes) => /^\s*\{\s*"results"\s*:\s*\[\s*\{\s*"bundleName"\s*:/.test(start(bytes)),
    read: readSourceMapExplorer,
  },
  { name: 'rolldown', recognise: (bytes) => looksLikeRolldown(start(bytes)), read: readRolldown },
  { name: 'webpack', recognise: (bytes) => looksLikeWebpack(start(bytes, HEAD)), read: readWebpack },
  { name: 'speedscope', recognise: (bytes) => looksLikeSpeedscope(start(bytes, 4096)), read: readSpeedscope },
  { name: 'chrome-trace', recognise: (bytes) => looksLikeChromeTrace(start(bytes, 4096)), read: readChromeTrace },
  { name: 'firefox', recognise: (bytes) => looksLikeFirefox(start(bytes, 4096)), read: readFirefox },
  { name: 'callgrind', recognise: (bytes) => looksLikeCallgrind(start(bytes, HEAD)), read: readCallgrind },
  { name: 'massif', recognise: (bytes) => looksLikeMassif(start(bytes, 4096)), read: readMassif },
  { name: 'perf-script', recognise: (bytes) => looksLikePerfScript(start(bytes, HEAD)), read: readPerfScript },
  { name: 'spans', recognise: (bytes) => looksLikeSpans(start(bytes, 4096)), read: readSpans },
  { name: 'otlp', recognise: (bytes) => looksLikeOtlp(start(bytes, 4096)), read: readOtlp },
  { name: 'server-timing', recognise: (bytes) => looksLikeServerTiming(start(bytes, HEAD)), read: readServerTiming },
  { name: 'pstats-text', recognise: looksLikePstatsText, read: readPstatsText },
  { name: 'collapsed', recognise: (bytes) => looksCollapsed(start(bytes, 4096)), read: readCollapsed },
  { name: 'pprof', recognise: looksLikePprof, read: readPprof },
];

/**
 * Reads one profile, or every profile in a folder as one.
 * @throws profile_unreadable; also for no such file, an unknown format, or a folder without files
 */
export async function readProfile(path: string): Promise<Profile> {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) throw failure('profile_unreadable', { file: path, expected: 'a file or a folder', found: 'nothing' });
  return readProfiles(stat.isDirectory() ? filesIn(path) : [path], path);
}

/**
 * Reads several files of one execution (its threads and child processes) as one profile.
 * @throws profile_unreadable
 */
export async function readProfiles(files: readonly string[], what = files.join(', ')): Promise<Profile> {
  const [first, ...others] = await Promise.all(files.map(readFile));
  if (!first) throw failure('profile_unreadable', { file: what, expected: 'a profile', found: 'no file' });
  const other = others.find((profile) => profile.unit !== first.unit);
  if (other) {
    const found = `${first.format} in ${first.unit} and ${other.format} in ${other.unit}`;
    throw failure('profile_unreadable', { file: what, expected: 'profiles of one unit', found });
  }
  return mergeProfiles([first, ...others]);
}

/** Whether there is a reader for this file, and it may be read. */
export function isReadable(file: string): boolean {
  try {
    const head = Buffer.alloc(HEAD);
    const fd = openSync(file, 'r');
    try {
      return formatOf(unpackedStart(head.subarray(0, readSync(fd, head))), file) !== undefined;
    } finally {
      closeSync(fd);
    }
  } catch {
    return false;
  }
}

function bytesOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const found = code === 'ENOENT' ? 'nothing' : (code ?? String(error));
    throw failure('profile_unreadable', { file, expected: 'a file that can be read', found });
  }
}

async function readFile(file: string): Promise<Profile> {
  const bytes = unpacked(bytesOf(file), file);
  const format = formatOf(bytes, file);
  if (!format) {
    const expected = `one of ${[...new Set(formats.map((f) => f.name))].join(', ')}`;
    throw failure('profile_unreadable', { file, expected, found: 'another format' });
  }
  try {
    return finite(await format.read(bytes, file), file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STRING_TOO_LONG') throw error;
    throw failure('profile_unreadable', {
      file,
      expected: 'lines and names of less than 512 MB',
      found: 'a longer one',
    });
  }
}

/** JSON's 1e999 is infinite, and a sum of those is none. */
function finite(profile: Profile, file: string): Profile {
  const isAmount = (value: number) => Number.isFinite(value) && value >= 0;
  if (isAmount(profile.total) && isAmount(profile.idle) && profile.nodes.every(({ self }) => isAmount(self)))
    return profile;
  throw failure('profile_unreadable', { file, expected: 'amounts that are numbers of at least 0', found: 'others' });
}

function formatOf(bytes: Uint8Array, file: string): Format | undefined {
  return formats.find((format) => format.recognise(bytes, file));
}

/** The files in a folder and below, by name; hidden ones are left out. */
export function filesIn(dir: string): string[] {
  const entries = readdirSync(dir, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile() && !entry.name.startsWith('.'));
  return files.map((file) => join(file.parentPath, file.name)).sort();
}

function start(bytes: Uint8Array, length = 100): string {
  return new TextDecoder().decode(bytes.subarray(0, length));
}
