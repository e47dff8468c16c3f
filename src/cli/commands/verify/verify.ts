import { exit, failure } from '../../../core/errors.ts';
import { openRepo } from '../../../git/repo.ts';
import { chooseRun, runIds } from '../../../record/runs.ts';
import { isSuiteRecord } from '../../../record/suite.ts';
import { verify } from '../../../verify/verify.ts';
import { define } from '../../command.ts';
import { flag, text } from '../../options.ts';
import { projectOfRuns } from '../../project.ts';
import type { Tools } from '../../terminal/tools.ts';
import { judgedText } from './words.ts';

/** The command takes no lock. Only --replay makes it run the contract's commands. */
export const command = define({
  name: 'verify',
  group: 'look',
  arguments: '[run|file]',
  completes: 'runs',
  summary: 'judge a run or a proof again from its raw samples',
  detail:
    'Judges every session again from its raw samples. For a run, it also compares artifacts, refs and commits with the journal. A proof (a file that `perf-gate proof` wrote) needs no repository. `verify` writes no files and runs no commands, except with --replay, which measures the commits of a proof again and runs the commands of its contract. Exit code 0: everything holds, and the replay agrees; 1: something does not hold; 4: the replay is inconclusive.',
  example: 'perf-gate verify gain.proof.json',
  options: {
    '--replay': flag('measure the commits of a proof again, in this repository'),
    '--output <file>': text('with --replay: write a proof that holds the old and the new verdict'),
  },
  parse({ 'run|file': name, replay, output }) {
    const file = name !== undefined && isFile(name) ? name : undefined;
    if (replay && file === undefined) throw noFile('--replay');
    if (output !== undefined && !replay)
      throw failure('usage', { problem: '--output is for --replay.', hint: example });
    return file === undefined ? { run: name } : { file, again: replay, output };
  },
  async run(asked, tools) {
    if ('run' in asked) return verifyRun(asked.run, tools);
    const { verifyProof } = await import('./proof.ts'); // loaded only here, because this module loads the code that measures
    return verifyProof(asked, tools);
  },
});

const example = 'perf-gate verify gain.proof.json --replay --output both.proof.json';

const noFile = (option: string) =>
  failure('usage', { problem: `${option} is an option for a proof, but no file of a proof was given.`, hint: example });

/** A name with a dot or a slash is a file, because ids of runs contain neither. */
const isFile = (name: string) => /[./]/.test(name);

async function verifyRun(named: string | undefined, tools: Tools): Promise<number> {
  const project = projectOfRuns(tools.cwd);
  if (named !== undefined && /^[\w-]+$/.test(named) && isSuiteRecord(project, named)) {
    const { verifySuite } = await import('../../../verify/suite.ts');
    const found = verifySuite(project, named);
    const counts = `${found.checked.samples} samples of ${found.checked.benchmarks} benchmarks`;
    tools.out(tools.json ? JSON.stringify(found) : judgedText(named, found, counts));
    return found.holds ? exit.done : exit.gateSaidNo;
  }
  const repo = await openRepo(project);
  // Without a name, verify the newest run even if its journal is damaged, because the damage is a finding.
  const found = await verify(repo, chooseRun(repo.project, named ?? runIds(repo.project).at(-1)), tools);
  const { records, transitions, sessions, samples, commits } = found.checked;
  const counts = `${records} journal lines, ${transitions} transitions, ${samples} samples of ${sessions} sessions, ${commits} commits`;
  tools.out(tools.json ? JSON.stringify(found) : judgedText(found.run, found, counts));
  return found.holds ? exit.done : exit.gateSaidNo;
}
