import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { parseContract } from '../../src/contract/parse.ts';
import { draftOf, must, runByHand } from '../helpers/by-hand.ts';
import { perfGate } from '../helpers/cli.ts';
import { type ContractChange, contractText, countingProject, halve } from '../helpers/project.ts';
import { filesUnder, type TestRepository, temporaryFolder } from '../helpers/repository.ts';

const perfgate = perfGate();

const start = <T = object>(repo: TestRepository, fix = halve) =>
  perfgate.json<T>(repo.root, 'start', 'make it faster', '--contract', 'c.yaml', '--yes', '--fix-command', fix);

const metric = (source: object) => ({ metrics: { primary: { name: 'steps', source } } });
const fields: [field: string, contract: (path: string) => ContractChange][] = [
  ['repro.cwd', (cwd) => ({ repro: { cwd } })],
  ['guards.protected', (path) => ({ guards: { protected: ['bench.sh', path] } })],
  ['guards.protected', (path) => ({ guards: { protected: ['bench.sh', `!${path}`] } })],
  ['guards.same_output.file', (file) => ({ guards: { same_output: { file } } })],
  ['secrets_file', (secrets_file) => ({ secrets_file })],
  ['source.file', (file) => metric({ file, key: 'a' })],
  ['source.file', (file) => metric({ file, format: 'hyperfine', key: 'a' })],
  ['source.size', (size) => metric({ size, encoding: 'raw' })],
  ['profiler.output_path', (output_path) => ({ profiler: { tool: 'x', command: '{command}', output_path } })],
];
const outside = ['../x', '/etc/passwd', 'a/../../x', '~/x', '~root/x'];

it.each(fields)('refuses a path in %s that leads out of the project', (field, contract) => {
  for (const path of outside) {
    const parsing = () => parseContract(contractText(contract(path)), 'c.yaml');
    expect(parsing).toThrow(expect.objectContaining({ code: 'contract_invalid' }));
    expect(parsing).toThrow(new RegExp(`${field.split('.').at(-1)}.*inside the project`, 's'));
  }
  expect(() => parseContract(contractText(contract('work.sh')), 'c.yaml')).not.toThrow();
});

it('refuses it before anything runs or is written', async () => {
  const repo = countingProject({ guards: { same_output: { file: '../x' } }, repro: { script: 'touch ran' } });
  expect(await start(repo)).toMatchObject({ code: 2, error: { code: 'contract_invalid' } });
  expect(repo.git('status', '--porcelain', '--ignored')).toBe('');
});

it('refuses the same in a submitted contract, and in the configuration', async () => {
  const repo = countingProject();
  await must(perfgate, repo, 'start', 'make it faster', '--agent', 'inline');
  const { data } = await draftOf(perfgate, repo);
  const contract = parse(contractText({ secrets_file: '../../.ssh/id' })) as object;
  repo.write('draft.md', `---\n${stringify({ ...data, contract })}---\n`);
  expect(await perfgate.json(repo.root, 'submit', 'draft.md')).toMatchObject({ error: { code: 'contract_invalid' } });
  const other = countingProject();
  await start(other);
  other.write('.perf-gate/config.yaml', 'artifacts_dir: ../elsewhere\n');
  expect(await perfgate.json(other.root, 'finish')).toMatchObject({ code: 2, error: { code: 'config_invalid' } });
});

it('accepts only names of runs, not paths', async () => {
  const repo = countingProject();
  await start(repo);
  for (const name of ['../../..', '.'])
    for (const [command, code] of [
      ['show', 'unknown_run'],
      ['verify', 'proof_unreadable'], // which also takes a file
    ] as const)
      expect(await perfgate.json(repo.root, command, name)).toMatchObject({ code: 2, error: { code } });
});

it('shows no file outside of the project in a brief, for any hotspot that an actor names', async () => {
  const secret = join(temporaryFolder(), 'secret.txt');
  writeFileSync(secret, 'swordfish\n');
  for (const file of [secret, `../${secret}`, 'link.txt', `${'../'.repeat(12)}${secret.slice(1)}`]) {
    const repo = await runByHand(perfgate, 'hotspots');
    repo.link('link.txt', secret);
    const { file: draft, data } = await draftOf(perfgate, repo);
    writeFileSync(
      draft,
      `---\n${stringify({
        ...data,
        hotspots: [
          { id: 'x', file, line: 1 },
          { id: 'y', file: 'work.sh', line: 1 },
        ],
      })}---\n`,
    );
    await must(perfgate, repo, 'submit');
    expect((await perfgate.run(repo.root, 'next')).stdout).not.toContain('swordfish');
  }
});

it('seals the file in the project that a protected link points to', async () => {
  const repo = countingProject({ repro: { script: 'sh bench.sh' } });
  repo.git('mv', 'bench.sh', 'real.sh');
  repo.link('bench.sh', 'real.sh');
  repo.commit('a link');
  const ended = await start<{ attempts: object[] }>(repo, 'echo "echo METRIC steps=1; echo answer 42" > real.sh');
  expect(ended).toMatchObject({
    attempts: [{ verdict: 'rejected', reasons: [expect.stringMatching(/^protected_path: .*bench\.sh/)] }],
  });
});

it('keeps no profile outside of the project that a link points to', async () => {
  const target = join(temporaryFolder(), 'outside.txt');
  writeFileSync(target, 'before\n');
  const profiler = { tool: 'x', command: `{command} && echo after >> '${target}'`, output_path: 'out.txt' };
  const repo = countingProject({ profiler });
  repo.link('out.txt', target);
  repo.commit('a link');
  await start(repo);
  const kept = Object.values(filesUnder(join(repo.root, '.perf-gate')));
  expect(kept.filter((text) => /^100\d+ before\nafter/.test(text))).toEqual([]);
});

it.each(['.perf-gate', '.perf-gate/runs', '.perf-gate/local', '.perf-gate/.gitignore'])(
  'writes nothing through a link at %s',
  async (path) => {
    const repo = countingProject();
    const elsewhere = temporaryFolder();
    mkdirSync(join(elsewhere, 'folder'));
    writeFileSync(join(elsewhere, 'file'), 'mine\n');
    if (path !== '.perf-gate') mkdirSync(join(repo.root, '.perf-gate'));
    symlinkSync(join(elsewhere, path.endsWith('ignore') ? 'file' : 'folder'), join(repo.root, path));
    expect(await start(repo)).toMatchObject({ code: 2, error: { code: 'leads_elsewhere' } });
    expect(filesUnder(elsewhere)).toEqual({ file: '100644 mine\n', 'folder/': '' });
  },
);

it('appends nothing to a file that a link in a run’s folder points to', async () => {
  for (const name of ['journal.jsonl', 'run.md', 'samples/attempt-01-screen.jsonl']) {
    const repo = await runByHand(perfgate, 'measured');
    const { run } = await perfgate.json(repo.root, 'status');
    const file = join(repo.root, '.perf-gate/runs', run, name);
    const target = join(temporaryFolder(), 'target');
    writeFileSync(target, existsSync(file) ? readFileSync(file) : '');
    if (existsSync(file)) repo.remove(`.perf-gate/runs/${run}/${name}`);
    symlinkSync(target, file);
    const before = readFileSync(target, 'utf8');
    expect(await perfgate.json(repo.root, 'next')).toMatchObject({ code: 2, error: { code: 'leads_elsewhere' } });
    expect(readFileSync(target, 'utf8')).toBe(before);
  }
});
