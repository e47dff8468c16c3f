import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { perfGate } from '../helpers/cli.ts';
import { contractText, countingProject, files, halve } from '../helpers/project.ts';
import { at, repository, type TestRepository } from '../helpers/repository.ts';

const perfgate = perfGate();

const start = (repo: TestRepository, fix: string, ...more: string[]) =>
  perfgate.json(
    repo.root,
    ...['start', 'make it faster', '--contract', 'c.yaml', '--yes', '--agent', 'command', '--fix-command', fix],
    ...more,
  );

it('ends with 1 when the fix command skips everything', async () => {
  const repo = countingProject();
  const ended = await start(repo, 'echo half a thought >> other.txt; exit 10');
  expect(ended).toMatchObject({ code: 1, outcome: 'rejected', attempts: [], total: null });
  expect(ended.report).toMatch(/report\.md$/);
  expect(repo.git('status', '--porcelain')).toBe('');
  expect(repo.git('show', `refs/perf-gate/${ended.run}/kept/skipped-6:other.txt`)).toContain('half a thought');
});

it('skips a fix that changes nothing, and tries no more', async () => {
  const repo = countingProject();
  const ended = await start(repo, 'true');
  expect(ended).toMatchObject({ code: 1, outcome: 'rejected', attempts: [] });
});

it('ends when hotspots are proposed and skipped over and over', async () => {
  const repo = countingProject({ limits: { max_attempts: 9, max_rejects_in_a_row: 3 } });
  const propose =
    "sed -i 's/^result: .*/result: proposed/; s/^hotspots: .*/hotspots: [{ id: again }]/' $PERF_GATE_ARTIFACT";
  const ended = await start(repo, 'exit 10', '--propose-command', propose);
  expect(ended).toMatchObject({ code: 1, outcome: 'rejected', attempts: [] });
  expect(readFileSync(ended.report!, 'utf8')).toContain('3 lists of hotspots in a row led to no attempt');
});

it('judges the same change once', async () => {
  const repo = countingProject({ limits: { max_attempts: 5 } });
  const ended = await start(repo, "echo '# nothing' >> work.sh");
  expect(ended.attempts.map((a) => a.verdict)).toEqual(['rejected']);
});

it('gives the fix its brief on stdin, and says where the answer goes', async () => {
  const repo = countingProject();
  // what the tests themselves set is left out
  const own = 'grep ^PERF_GATE_ | grep -v ^PERF_GATE_MONITOR_HOME';
  const note = `cat > .perf-gate/local/brief; printenv | ${own} | sort > .perf-gate/local/env`;
  const ended = await start(repo, `${note}; ${halve}`);
  expect(ended.code).toBe(0);
  expect(repo.read('.perf-gate/local/brief')).toContain('Make only this hotspot faster');
  const env = repo.read('.perf-gate/local/env').replace(/=.*/g, '').trim().split('\n');
  expect(env).toEqual(['ARTIFACT', 'ATTEMPT', 'BRIEF', 'RUN', 'STAGE'].map((name) => `PERF_GATE_${name}`));
});

it('stops clearly at a fix command that fails, and goes on from there', async () => {
  const repo = countingProject();
  const fix = 'test -e .perf-gate/local/mended || { echo no idea >&2; exit 7; }';
  const ended = await perfgate.json<{ error: { code: string; message: string } }>(
    repo.root,
    ...['start', 'make it faster', '--contract', 'c.yaml', '--yes', '--fix-command', `${fix}; ${halve}`],
  );
  expect(ended).toMatchObject({ code: 3, error: { code: 'actor_failed' } });
  expect(ended.error.message).toMatch(/exit code 7.*\nno idea$/s);
  expect(await perfgate.json(repo.root, 'status')).toMatchObject({ stage: 'fix', outcome: null });
  repo.write('.perf-gate/local/mended', '');
  expect(await perfgate.json(repo.root, 'resume')).toMatchObject({ code: 0, outcome: 'accepted' });
});

it('gives untracked files back as they were', async () => {
  const repo = countingProject();
  repo.write('notes/todo.txt', 'mine\r\nno line end', 0o755);
  const before = repo.files();
  const ended = await start(repo, 'echo changed > notes/todo.txt; rm other.txt; mkdir new; echo 1 > new/file');
  expect(ended).toMatchObject({ code: 1, outcome: 'rejected' });
  const after = Object.entries(repo.files()).filter(([path]) => !path.startsWith('.perf-gate/'));
  expect(Object.fromEntries(after)).toEqual(before);
});

it('takes back what the fix committed by itself, and commits it anew when it is proved', async () => {
  const lost = countingProject();
  const commit = "git commit -qam 'by the agent'";
  expect(await start(lost, `echo '# nothing' >> work.sh; ${commit}`)).toMatchObject({ outcome: 'rejected' });
  expect(lost.git('diff', 'main', 'HEAD')).toBe('');
  expect(lost.git('status', '--porcelain')).toBe('');
  const won = countingProject();
  expect(await start(won, `${halve}; ${commit}`)).toMatchObject({ outcome: 'accepted' });
  expect(won.git('diff', '--name-only', 'main', 'HEAD')).toBe('work.sh');
  expect(won.git('status', '--porcelain')).toBe('');
});

it('compares a size exactly, with two executions of each arm', async () => {
  const size = { name: 'bundle', unit: 'bytes', source: { size: 'dist/**/*.js', encoding: 'gzip' } };
  const repo = countingProject(
    {
      metrics: { primary: size },
      repro: { script: 'mkdir -p dist && cp src.js dist/out.js' },
      guards: { same_output: undefined },
    },
    { 'src.js': Array.from({ length: 500 }, (_, i) => `export const v${i} = ${i * 7919};\n`).join('') },
  );
  const ended = await start(repo, 'head -n 100 src.js > s && mv s src.js');
  expect(ended).toMatchObject({ code: 0, outcome: 'accepted' });
  expect(ended.attempts[0]!.primary).toMatchObject({ p: null, n_base: 2, n_candidate: 2, unit: 'bytes' });
});

it('tries again after a rejection, up to limits.max_attempts', async () => {
  const repo = countingProject({ limits: { max_attempts: 3 } });
  const ended = await start(repo, 'echo "# $PERF_GATE_ATTEMPT" >> work.sh');
  expect(ended.attempts.map((a) => a.attempt)).toEqual([1, 2, 3]);
  expect(ended).toMatchObject({ code: 1, outcome: 'rejected' });
});

it('stops when the goal is met, and adds the gains up', async () => {
  const repo = countingProject({ limits: { max_attempts: 9 }, goal: { pct: 60 } });
  const fix = 'n=$(sed -n s/STEPS=//p work.sh); sed -i "s/STEPS=.*/STEPS=$((n * 6 / 10))/" work.sh';
  const ended = await start(repo, fix);
  expect(ended.attempts.map((a) => a.verdict)).toEqual(['accepted', 'accepted']);
  expect(ended.total!.improvement_pct).toBeCloseTo(64, 5);
  expect(repo.git('rev-list', '--count', 'main..HEAD')).toBe('2');
});

it('works in a folder of a larger repository, and leaves the rest alone', async () => {
  const inside = Object.fromEntries(Object.entries(files).map(([path, text]) => [`packages/app/${path}`, text]));
  const repo = repository({ ...inside, 'packages/app/c.yaml': contractText(), 'README.md': 'all\n' });
  const app = at(`${repo.root}/packages/app`);
  const ended = await start(app, halve);
  expect(ended).toMatchObject({ code: 0, outcome: 'accepted' });
  expect(repo.git('diff', '--name-only', 'main', 'HEAD')).toBe('packages/app/work.sh');
  expect(repo.git('status', '--porcelain')).toBe('');
});
