import { tmpdir } from 'node:os';
import { asset } from '../../core/assets.ts';
import { copyTree, temporaryDir } from '../../core/fs.ts';
import { newRepository } from '../../git/new-repository.ts';
import type { Run as Command } from '../command.ts';
import { run as start } from './start/start.ts';

const TASK = 'make the sales report faster';

/** Runs the whole loop on a copy of the example, in a temporary git repository, with three scripted fixes and real measurements. */
export const run: Command = async (_, __, tools) => {
  const project = temporaryDir(tmpdir(), 'perf-gate-demo-');
  copyTree(asset('examples/slow-report'), project);
  await newRepository(project, 'A slow report');
  tools.say(
    [
      `A slow program, its tests and its contract lie in ${project}.`,
      'Three scripted fixes will be tried: one that helps, one that changes nothing, one that is fast and wrong.',
      '',
    ].join('\n'),
  );
  const code = await start(
    [TASK],
    { contract: 'perf-gate.yaml', yes: true, fixCommand: 'sh fixes/apply.sh' },
    { ...tools, cwd: project },
  );
  tools.say(`\n  try      cd ${project} && git log -p perf-gate/make-the-sales-report-faster`);
  return code;
};
