import { expect, it } from 'vitest';
import { perfGate } from '../helpers/cli.ts';
import { countingProject, halve } from '../helpers/project.ts';
import type { TestRepository } from '../helpers/repository.ts';

const perfgate = perfGate();
const slower = "sed -i 's/STEPS=100/STEPS=130/' work.sh";
const place = { id: 'work work.sh:1', file: 'work.sh', line: 1 };
const proposal = { ...place, what: 'count less', why: 'STEPS is 100', technique: 'do less', predicted_pct: 80 };

/** Starts a run whose hotspots are proposed as given and whose fix is the given command; the brief of hotspots is kept. */
const start = (repo: TestRepository, fix: string, hotspot: object = proposal) => {
  const list = JSON.stringify([hotspot]);
  const propose = `cat > .perf-gate/local/seen; sed -i 's|^hotspots:.*|hotspots: ${list}|; /^  /d' $PERF_GATE_ARTIFACT`;
  const by = ['--yes', '--agent', 'command', '--propose-command', propose, '--fix-command', fix];
  return perfgate.json(repo.root, 'start', 'make it faster', '--contract', 'c.yaml', ...by);
};

const briefOf = (repo: TestRepository) => repo.read('.perf-gate/local/seen').replace(/\s+/g, ' ');

it('the next run of the same repository lists earlier trials, their results, and that the code is unchanged', async () => {
  const repo = countingProject();
  const first = await start(repo, slower);
  expect(first).toMatchObject({ outcome: 'rejected' });
  expect(briefOf(repo)).toContain('nothing yet');
  await start(repo, `exit 10`);
  expect(briefOf(repo)).toContain(
    `in ${first.run}, attempt 1, work work.sh:1 (do less: count less): rejected, −30.0 %`,
  );
  expect(briefOf(repo)).toContain('the code there is unchanged');
  repo.write('work.sh', 'STEPS=100\nANSWER=42\n# rewritten\n');
  repo.git('commit', '-qam', 'rewrite');
  await start(repo, `exit 10`);
  expect(briefOf(repo)).toContain('the code there has changed since');
});

it('the brief of a fix lists the trials of earlier runs at its hotspot, and techniques that the profile suggests', async () => {
  const line = `{"span": "query", "ms": 1, "parent": "request"}`;
  const bench = [
    '. ./work.sh',
    `[ -z "$PERF_GATE_SPANS" ] || for i in $(seq 200); do echo '${line}'; done >> "$PERF_GATE_SPANS"`,
    `[ -z "$PERF_GATE_SPANS" ] || echo '{"span": "request", "ms": 210}' >> "$PERF_GATE_SPANS"`,
    'echo "METRIC steps=$STEPS"',
  ].join('\n');
  const repo = countingProject({ profiler: { tool: 'spans' } }, { 'bench.sh': bench });
  const query = { ...proposal, id: 'query', function: undefined, file: undefined, line: undefined };
  const first = await start(repo, slower, query);
  await start(repo, 'cat > .perf-gate/local/fix; exit 10', query);
  const brief = repo.read('.perf-gate/local/fix');
  expect(brief).toContain(`in ${first.run}, attempt 1, query (do less: count less): rejected, −30.0 %`);
  expect(brief).toContain(
    '- hoist (called 200 times, by one caller): move work that is the same in every iteration out of the loop; applies to',
  );
});

it('offers a dead end last while the code is unchanged, and in its ranked place once it has changed', async () => {
  const bench = [
    '. ./work.sh',
    `[ -z "$PERF_GATE_SPANS" ] || printf '{"span": "query", "ms": 60}\\n{"span": "parse", "ms": 40}\\n' >> "$PERF_GATE_SPANS"`,
    'echo "METRIC steps=$STEPS"',
  ].join('\n');
  const repo = countingProject({ profiler: { tool: 'spans' } }, { 'bench.sh': bench });
  const by = ['--yes', '--agent', 'command', '--fix-command'];
  const begin = (fix: string) =>
    perfgate.json(repo.root, 'start', 'make it faster', '--contract', 'c.yaml', ...by, fix);
  const order = async () => {
    const { run } = await begin('exit 10');
    const list = repo.read(`.perf-gate/runs/${run}/04-hotspots.md`);
    return { places: [...list.matchAll(/^\d+\. `(.*)`$/gm)].map(([, id]) => id), list, run };
  };
  const { run } = await begin(slower);
  const same = await order();
  expect(same.places).toEqual(['parse', 'query']);
  expect(same.list).toContain(`tried before: in ${run}, attempt 1, query: rejected, −30.0 %`);
  expect(same.list).toContain('why: 60.0 % of the whole in its own code');
  const given = await order();
  expect(given.list).toContain(`tried before: in ${same.run}, parse: skipped`);
  repo.write('work.sh', 'STEPS=100\nANSWER=42\n# rewritten\n');
  repo.git('commit', '-qam', 'rewrite');
  const { places, list } = await order();
  expect(places).toEqual(['query', 'parse']);
  expect(list).not.toContain('tried before');
});

it('shows the predicted next to the measured improvement, and the reliability of predictions', async () => {
  const repo = countingProject();
  const { run } = await start(repo, halve);
  const artifact = (name: string) => repo.read(`.perf-gate/runs/${run}/${name}`);
  expect(artifact('04-hotspots.md')).toContain('   - predicted 80.0 %\n   - why: STEPS is 100');
  expect(artifact('05-fix.md')).toContain('work work.sh:1');
  expect(artifact('07-verdict.md')).toContain('predicted: 80.0 %, measured: 50.0 %');
  expect(artifact('report.md')).toContain('The one tested change gained 63 % of what was predicted.');
});

it('refuses a prediction of more than 100 %', async () => {
  const repo = countingProject();
  const ended = await start(repo, halve, { ...proposal, predicted_pct: 120 });
  expect(ended).toMatchObject({ code: 2, error: { code: 'artifact_invalid' } });
  expect(JSON.stringify(ended)).toContain('hotspots.0.predicted_pct');
});
