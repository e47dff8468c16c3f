import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { execute, type Outcome, perfGate } from '../helpers/cli.ts';
import { countingProject, halve } from '../helpers/project.ts';
import { type TestRepository, temporaryFolder } from '../helpers/repository.ts';
import { type Accident, cannotMount, withSmallDisk } from './small-disk.ts';

const perfgate = perfGate();
const reason = cannotMount();
const start = ['start', 'make it faster', '--contract', 'c.yaml', '--yes', '--fix-command'];

/** Where a run came to, without names that hold a time, and times. */
function endOf(repo: TestRepository, { outcome, stage, branch, attempts, total }: Outcome) {
  const runs = join(repo.root, '.perf-gate/runs');
  const dir = join(runs, readdirSync(runs)[0]!);
  const rows = readdirSync(join(dir, 'samples'))
    .filter((name) => name.endsWith('.jsonl'))
    .flatMap((name) => rowsOf(join(dir, 'samples', name)));
  const tried = attempts.map(({ commit, told: _restsOnTimes, ...attempt }) => ({
    ...attempt,
    committed: commit !== null,
  }));
  const git = [
    repo.git('log', '--format=%s', 'main..'),
    repo.git('diff', 'main', 'HEAD'),
    repo.git('status', '--short'),
  ];
  return { outcome, stage, branch, total, tried, rows: rows.sort(), git, files: readdirSync(dir).sort() };
}

/** By arm and pair: the order of the executions depends on the name of the run. */
function rowsOf(file: string): string[] {
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  return lines
    .map((line) => JSON.parse(line))
    .map(({ session, arm, pair, warmup, metrics }) => [session, arm, pair, warmup, metrics.steps].join(' '))
    .sort();
}

/** The executions of a run: 6 of the pre-flight, 12 of the baseline, 6 of the screen, 8 of the total. */
const accidents: [what: string, accident: Accident, code: string][] = [
  ['the journal', { place: '.perf-gate', harm: 'full', when: 'fix' }, 'disk_full'],
  ['an artifact', { place: '.perf-gate', harm: 'crowded', when: 'run 18' }, 'disk_full'],
  ['a sample', { place: '.perf-gate', harm: 'full', when: 'run 20' }, 'disk_full'],
  ['the report', { place: '.perf-gate', harm: 'crowded', when: 'run 32' }, 'disk_full'],
  ['an arm', { place: 'arms', harm: 'full', when: 'run 18' }, 'disk_full'],
  ['the output of the program', { place: 'arms', harm: 'full', when: 'run 20' }, 'disk_full'],
  ['an object of git', { place: '.git/objects', harm: 'full', when: 'fix' }, 'disk_full'],
  ['anything', { place: '.perf-gate', harm: 'read-only', when: 'run 20' }, 'no_access'],
];

describe.skipIf(reason)(`a run whose disk fails${reason ? ` (skipped: ${reason})` : ''}`, () => {
  it.each(accidents)(
    'while %s is written ends with a clear error, and resumes to the same end',
    async (_, accident, code) => {
      const { project, codes, started, resumed, verified, stderr, halfWritten } = await withSmallDisk(
        perfgate,
        accident,
      );
      expect(started).toMatchObject({ error: { code, message: expect.stringMatching(/\/|git /) } });
      expect(codes).toEqual([3, 0, 0]);
      expect(stderr).not.toMatch(/\n\s+at |has a bug/);
      expect(halfWritten).toEqual([]);
      expect(verified.findings).toEqual([]);
      unhindered ??= await unhinderedEnd();
      expect(endOf(project, resumed)).toEqual(unhindered);
    },
  );
});

let unhindered: ReturnType<typeof endOf> | undefined;

async function unhinderedEnd() {
  const repo = countingProject({ repro: { build: 'true' }, guards: { correctness: 'true' } });
  return endOf(repo, await perfgate.json(repo.root, ...start, halve));
}

/** Somebody whom rights stop: root is stopped by none. */
const asNobody = process.getuid?.() === 0 ? ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'] : ['env'];

it.skipIf(process.platform !== 'linux')(
  'stops with a clear error if it may not write, and continues once it may',
  async () => {
    const repo = countingProject();
    const [home, packed] = [temporaryFolder(), join(perfgate.bin(), '../../..')];
    for (const [command, ...args] of [
      ['chmod', '755', packed],
      ...(asNobody[0] === 'setpriv' ? [['chown', '-R', '65534:65534', repo.root, home]] : []),
    ])
      execFileSync(command!, args);
    const env = { ...perfgate.env(), HOME: home, XDG_CACHE_HOME: `${home}/cache`, XDG_STATE_HOME: `${home}/state` };
    const nobody = (...args: string[]) => {
      const argv = [...asNobody, process.execPath, perfgate.bin(), ...args, '--json'];
      return execute(argv[0]!, argv.slice(1), { cwd: repo.root, env });
    };
    const stopped = await nobody(...start, `chmod 555 .perf-gate/runs/*; ${halve}`);
    expect(stopped.code).toBe(3);
    expect(JSON.parse(stopped.stdout).error).toMatchObject({
      code: 'no_access',
      message: expect.stringMatching(/\.perf-gate\/runs\/.*permission denied/),
    });
    execFileSync('sh', ['-c', 'chmod 755 .perf-gate/runs/*'], { cwd: repo.root });
    expect(JSON.parse((await nobody('resume')).stdout)).toMatchObject({ outcome: 'accepted' });
  },
);
