import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { linesOf, sampleLog } from '../../src/artifact/sample-chain.ts';
import { type Project, tracked } from '../crash/project.ts';
import { artifactOf, runFolder, setting } from '../crash/setting.ts';

const { project: made, start, run } = setting();

/** A little noise of its own, so that the samples are judged and confirmed. */
const sampled = {
  'bench.sh': '. ./work.sh\necho "METRIC work=$((WORK * 10 + $(od -An -N1 -tu1 /dev/urandom) % 4))"\n',
  'perf-gate.yaml': tracked['perf-gate.yaml']
    .replace(', deterministic: true', '')
    .replace('measurement_runs: 4, max_runs: 4', 'measurement_runs: 5, max_runs: 8')
    .replace('max_attempts: 3', 'max_attempts: 1'),
  'fix.sh': 'sed -i s/WORK=100/WORK=70/ work.sh\n',
};

/** A run that is killed when the session has so many samples, and the file that holds them. */
async function killedIn(session: string, count: number): Promise<{ project: Project; file: string }> {
  const project = made(sampled);
  const file = () => join(runFolder(project), `samples/attempt-01-${session}.jsonl`);
  const ended = await start(project, { when: (records) => records.length > 0 && linesOf(file()).length >= count });
  expect(ended).toMatchObject({ killed: true });
  return { project, file: file() };
}

const fasterByFar = (line: string) =>
  line.includes('"arm":"candidate"') ? line.replace(/"work":\d+/, '"work":70') : line;

it('measures a confirmation again from the start if its samples and their hashes were edited after a kill', async () => {
  const { project, file } = await killedIn('confirmation', 4);
  const forged = linesOf(file).map((line) => JSON.parse(fasterByFar(line)) as { prev?: string; sum?: string });
  rmSync(file);
  const log = sampleLog(file, (text) => text);
  for (const { prev: _, sum: __, ...sample } of forged) log.append(sample);

  const ended = await run(project, 'resume', '--json');
  const [attempt] = (
    JSON.parse(ended.stdout) as { attempts: { verdict: string; primary: { improvement_pct: number } }[] }
  ).attempts;
  expect(attempt).toMatchObject({ verdict: 'accepted' });
  expect(Math.round(attempt!.primary.improvement_pct)).toBe(30);
  expect(artifactOf(project, 'remeasure')).toMatch(
    /interrupted after \d+ of its executions and measured again from the start/,
  );
  expect(existsSync(`${file}.interrupted-1`)).toBe(true);
  expect(await run(project, 'verify')).toMatchObject({ code: 0 });
});

it('names a sample of the screen that was edited between a kill and resume, and stops', async () => {
  const { project, file } = await killedIn('screen', 4);
  const before = readFileSync(file, 'utf8');
  writeFileSync(file, before.split('\n').map(fasterByFar).join('\n'));
  const line = linesOf(file).findIndex((text, i) => text !== before.split('\n')[i]) + 1;
  expect(line).toBeGreaterThan(0);
  const stopped = await run(project, 'resume', '--json');
  expect(stopped).toMatchObject({ code: 3, stdout: expect.stringContaining('samples_damaged') });
  expect(stopped.stdout).toContain(`The sample in line ${line} of ${file}`);
  writeFileSync(file, before);
  expect(await run(project, 'resume', '--json')).toMatchObject({ code: 0 });
});
