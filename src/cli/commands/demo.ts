import { tmpdir } from 'node:os';
import { configFile } from '../../artifact/paths.ts';
import { copyTree, temporaryDir, writeDurable } from '../../core/fs.ts';
import { asset } from '../../core/locate.ts';
import { newRepository } from '../../git/repo.ts';
import { define } from '../command.ts';
import { command as start } from './start/start.ts';

const TASK = 'make the sales report faster';

export const command = define({
  name: 'demo',
  group: 'machine',
  summary: 'watch a slow program become faster, with proof, on a copy',
  detail: 'Runs the whole loop in a temporary repository, with three scripted fixes and real measurements.',
  example: 'perf-gate demo',
  async run(_, tools) {
    const project = temporaryDir(tmpdir(), 'perf-gate-demo-');
    copyTree(asset('examples/slow-report'), project);
    writeDurable(configFile(project), 'agent_may_approve: true\n'); // an agent may approve too, because this contract is part of perf-gate
    await newRepository(project, 'A slow report');
    tools.say(
      [
        `A slow program, its tests and its contract are in ${project}.`,
        'perf-gate will try three scripted fixes: one that helps, one that changes nothing, one that is fast but wrong.',
        '',
      ].join('\n'),
    );
    const options = { contract: 'perf-gate.yaml', yes: true, fixCommand: 'sh fixes/apply.sh' };
    const code = await start.run(start.parse([TASK], options), { ...tools, cwd: project });
    tools.say(`\n  try      cd ${project} && git log -p perf-gate/make-the-sales-report-faster`);
    return code;
  },
});
