import type { Import, Source } from './source.ts';

/**
 * One way in which code reaches into the world, and the only files that may. `imports` sees one import, `uses` one note
 * of what the code does (see `Source`).
 */
export type Door = { does: string; imports?: (of: Import) => boolean; uses?: RegExp; through: RegExp };

const module =
  (pattern: RegExp) =>
  ({ from, names }: Import) =>
    names.length > 0 && pattern.test(from);

/** What of `node:fs` only reads; `openSync` is watched for its flag. */
const reading =
  /^(?:access|close|exists|fstat|lstat|open|readdir|readFile|readlink|read|realpath|stat|statfs)(?:Sync)?$|^constants$/;

/** These run in processes of their own and share no code with the rest: they have no clock or printer to be handed. */
const generator = '(?:measure/service/generate|api/call)\\.mjs$';

export const doors: Door[] = [
  {
    does: 'spawns',
    imports: module(/^(?:node:)?(?:child_process|worker_threads|cluster)$|^execa$/),
    through: /^src\/core\/exec\.ts$/,
  },
  { does: 'calls git', uses: /^(?:run|exec|start|spawn|execa)\w*\('git'/, through: /^src\/git\// },
  {
    does: 'writes files',
    imports: ({ from, names }) =>
      /^(?:node:)?fs(?:\/promises)?$/.test(from) && names.some((name) => !reading.test(name)),
    uses: /^openSync\(…, (?!'r'\))/,
    through: /^src\/core\/fs\.ts$/,
  },
  {
    does: 'prints',
    uses: /^console\.|^process\.(?:stdout|stderr)$/,
    through: new RegExp(`^src/(?:cli/|${generator})`),
  },
  {
    does: 'reads the clock',
    imports: module(/^(?:node:)?perf_hooks$/),
    uses: /^Date\.now$|^new Date$|^Date\(|^performance\.|^process\.hrtime$/,
    through: new RegExp(`^src/(?:core/clock\\.ts$|${generator})`),
  },
  {
    does: 'reads the environment of the process',
    uses: /^process\.(?:env|cwd|argv|execArgv)$/,
    // exec.ts and git.ts pass the environment on to what they start, where none is given
    through: new RegExp(`^src/(?:cli/|api/world\\.ts$|core/exec\\.ts$|git/git\\.ts$|${generator})`),
  },
  {
    does: 'ends the process',
    uses: /^process\.(?:exit|exitCode|abort)$/,
    through: new RegExp(`^src/(?:cli/|${generator})`),
  },
  {
    does: 'reaches the process by another name',
    imports: module(/^(?:node:)?(?:process|console|module)$/),
    through: /^$/,
  },
  {
    does: 'opens a database',
    imports: module(/^node:sqlite$|^(?:better-sqlite3|sqlite3|libsql|@libsql\/client|duckdb|level)$/),
    through: /^src\/monitor\/store(?:\/|\.ts$)/,
  },
  {
    does: 'speaks to PostgreSQL',
    imports: module(/^(?:pg|postgres)(?:$|[-/])/),
    through: /^src\/fleet\/queue(?:\/|\.ts$)/,
  },
  {
    does: 'listens',
    imports: ({ from, names }) =>
      /^(?:node:)?(?:net|https?|http2|tls|dgram)$/.test(from) &&
      names.some((name) => /^(?:\*|createServer|createSecureServer|createSocket|Server)$/.test(name)),
    uses: /^\.listen\(\)$/,
    through: /^src\/(?:monitor\/(?:serve|receive)|sentinel\/session\/receive|cage\/sink)(?:\/|\.ts$)/,
  },
  { does: 'makes a class', uses: /^class$/, through: /^src\/core\/errors\.ts$/ },
];

export const throughDoors = (sources: Source[]): string[] =>
  sources.flatMap(({ path, imports, uses }) =>
    doors
      .filter(({ through }) => !through.test(path))
      .filter((door) => imports.some((i) => door.imports?.(i)) || uses.some((use) => door.uses?.test(use)))
      .map(({ does }) => `${path}: ${does}`),
  );
