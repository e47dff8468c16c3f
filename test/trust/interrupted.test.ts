import { expect, it } from 'vitest';
import { tracked } from '../crash/project.ts';
import { setting } from '../crash/setting.ts';

const { project: made, start, run } = setting();

/** Finds perf-gate above the helper, and kills it. */
const kill = `for up in 1 2 3 4 5 6; do pid=\${pid:-$$}; pid=$(cut -d ' ' -f 4 /proc/$pid/stat); readlink /proc/$pid/exe | grep -q node && { kill -9 $pid; break; }; done`;

it('ends a run whose candidate kills perf-gate twice, and says what a person can do', async () => {
  const project = made({
    'fix.sh': `cat >> work.sh <<'END'\n${kill}\nEND\n`,
    'perf-gate.yaml': tracked['perf-gate.yaml'].replace('max_attempts: 3', 'max_attempts: 1'),
  });
  const before = project.git('rev-parse', 'HEAD^{tree}');
  const first = await start(project);
  expect(first, first.stdout + first.stderr).toMatchObject({ killed: true });
  expect(await run(project, 'resume', '--json')).toMatchObject({ killed: true });
  const ended = await run(project, 'resume', '--json');
  expect(ended).toMatchObject({ code: 3, killed: false });
  const outcome = JSON.parse(ended.stdout) as { outcome: string; reason: string };
  expect(outcome).toMatchObject({
    outcome: 'escalated',
    reason: expect.stringMatching(/^interrupted_twice: .*attempt 1/),
  });
  expect(project.git('rev-parse', 'HEAD^{tree}')).toBe(before);
  expect(project.git('status', '--porcelain')).toBe('?? "todo list.txt"');
  expect(await run(project, 'verify')).toMatchObject({ code: 0 });
  const [, told] = /`git (diff [^`]*)`/.exec(outcome.reason)!;
  expect(project.git(...told!.split(' '))).toContain('+for up in');
});
