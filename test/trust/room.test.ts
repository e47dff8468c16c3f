import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Verification } from '../../src/verify/verify.ts';
import { perfGate } from '../helpers/cli.ts';
import { type ContractChange, countingProject, halve, sampled } from '../helpers/project.ts';
import type { TestRepository } from '../helpers/repository.ts';

const linux = process.platform === 'linux';
const perfgate = perfGate();
const left = join(tmpdir(), `perf-gate-left-${process.pid}`);
afterEach(() => rmSync(left, { force: true, recursive: true }));

const start = (repo: TestRepository, fix: string) =>
  perfgate.json(repo.root, 'start', 'x', '--contract', 'c.yaml', '--yes', '--fix-command', fix);
const noisy = (change: ContractChange = {}): ContractChange => ({ ...change, metrics: { primary: sampled } });
const roomIn = (repo: TestRepository) =>
  Object.entries(repo.files())
    .filter(([path]) => /remeasure\.md$/.test(path))
    .map(([, text]) => text)
    .join('\n');

describe.runIf(linux)('a candidate', () => {
  it.each([
    ['the temporary directory', left],
    ['shared memory', `/dev/shm/perf-gate-left-${process.pid}`],
  ])('does not find files that its fix left in %s during the confirmation', async (_, place) => {
    const repo = countingProject(noisy());
    const result = await start(repo, `echo STEPS=10 > ${place}; echo '[ ! -e ${place} ] || . ${place}' >> work.sh`);
    rmSync(place, { force: true });
    expect(result.attempts[0]!.verdict).not.toBe('accepted');
    expect(result.attempts[0]!.reasons[0]).toMatch(/^(not_confirmed|below_threshold|undecided)/);
    expect(roomIn(repo)).toContain('measured in a closed room (namespaces)');
  });

  it('cannot be right in the correctness check and wrong in the measurement', async () => {
    const files = { 'test/check.sh': '. ./work.sh; test $ANSWER = 42\n' };
    const guards = { correctness: 'sh test/check.sh', protected: ['bench.sh', 'test/**'], same_output: undefined };
    const repo = countingProject(noisy({ guards }), files);
    // what measures is the parent, or the parent of the shell
    const measured = 'grep -qs init /proc/$PPID/comm "/proc/$(cut -d" " -f4 /proc/$PPID/stat)/comm"';
    const { attempts } = await start(repo, `echo 'if ${measured}; then STEPS=10 ANSWER=0; fi' >> work.sh`);
    expect(attempts[0]).toMatchObject({ verdict: 'rejected' });
    expect(attempts[0]!.reasons[0]).toMatch(/^correctness_failed: .*where it was measured/);
  });

  it('is accepted as before, with a working git repository, and with a description of its room', async () => {
    const script = 'git cat-file -p HEAD:other.txt > /dev/null && git status > /dev/null && sh bench.sh';
    const repo = countingProject(noisy({ repro: { script } }));
    const result = await start(repo, halve);
    expect(result.attempts[0]!.verdict).toBe('accepted');
    expect(roomIn(repo)).toContain('writes into HOME are discarded, its own loopback network');
    expect((await perfgate.json<Verification>(repo.root, 'verify')).holds).toBe(true);
  });

  it('is measured in a room from the baseline on, if the contract asks for that', async () => {
    // the output must be the same in both arms: what a program sees of its place is
    const repro = { script: 'pwd; env | sort; sh bench.sh' };
    const repo = countingProject(noisy({ repro, room: 'always', network: 'none' }));
    expect((await start(repo, halve)).attempts[0]!.verdict).toBe('accepted');
    const result = await perfgate.json<Verification>(repo.root, 'verify');
    expect(result.holds).toBe(true);
    expect(roomIn(repo).match(/no network/g)).toHaveLength(2);
  });

  it('is measured without a room if the contract asks for none', async () => {
    const repo = countingProject(noisy({ room: 'off' }));
    expect((await start(repo, halve)).attempts[0]!.verdict).toBe('accepted');
    expect(roomIn(repo)).not.toContain('closed room');
  });
});

describe.runIf(linux)('a base that does not run in a room', () => {
  it('opens the room only as far as needed: to the machine’s network', async () => {
    const server = createServer((socket) => socket.end()).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as { port: number };
    const files = { 'ask.py': `import socket; socket.create_connection(("127.0.0.1", ${port}), 5)\n` };
    const script = 'python3 ask.py && sh bench.sh';
    const repo = countingProject(noisy({ repro: { script } }), files);
    expect((await start(repo, halve)).attempts[0]!.verdict).toBe('accepted');
    expect(roomIn(repo)).toMatch(/writes into HOME are discarded, the machine.{1,3}s network/);
    server.close();
  });

  it('is measured without a room, with the reason', async () => {
    mkdirSync(left);
    const script = `cp bench.sh ${left}/last && sh bench.sh`;
    const repo = countingProject(noisy({ repro: { script } }));
    expect((await start(repo, halve)).attempts[0]!.verdict).toBe('accepted');
    expect(roomIn(repo)).toMatch(
      /measured without a closed room: the base does not run in a closed room \(it fails there: exit code 1/,
    );
    expect(existsSync(join(left, 'last'))).toBe(true);
  });
});
