import { existsSync, readdirSync, statSync } from 'node:fs';
import { runPaths, runsDir } from '../../artifact/paths.ts';
import { exit } from '../../core/errors.ts';
import { signedPercent } from '../../core/figures.ts';
import { readStdin } from '../../core/stdin.ts';
import { duration } from '../../core/units.ts';
import { readUserText } from '../../core/user-file.ts';
import { stageFacts } from '../../record/stages.ts';
import { backgroundOf, progressOf } from '../../run/background.ts';
import { define } from '../command.ts';
import { folderAbove } from '../folder-above.ts';

export const command = define({
  name: 'statusline',
  group: 'hooks',
  summary: 'print one line for Claude Code’s status line: stage, attempt, gain so far',
  detail:
    'Reads the client’s JSON on stdin, and takes the project’s folder from it. Without an active run it prints nothing.',
  example: 'echo "{}" | perf-gate statusline',
  silent: true,
  async run(_, tools) {
    const line = statusLine(readStdin(), tools.cwd);
    if (line) tools.out(line);
    return exit.done;
  },
});

/**
 * The status line. Undefined if no run is active. The client calls `statusline` often, so the facts come from the first lines of `run.md`,
 * without parsing YAML or the journal. `input`: the client's JSON, which holds the path of the client's folder.
 */
function statusLine(input: string, cwd: string): string | undefined {
  const project = folderAbove(folderIn(input) ?? cwd, runsDir);
  if (!project) return undefined;
  for (const id of readdirSync(runsDir(project)).sort().reverse()) {
    const head = headOf(runPaths(project, id).summary);
    if (head?.ended === 'null') return lineOf(head, project, id);
  }
  return undefined;
}

type Head = Record<'stage' | 'attempt' | 'ended' | 'gained', string | undefined>;

function lineOf({ stage = '', attempt, gained }: Head, project: string, id: string): string {
  const paths = runPaths(project, id);
  const working = backgroundOf(paths).state === 'working';
  const at = working ? progressOf(paths) : undefined;
  const parts = [
    stageFacts(stage).ofAttempt ? `${stage}, attempt ${attempt}` : stage,
    ...(at?.total ? [`${at.done} of ${at.next_look} executions`] : []),
    ...(at?.seconds_left ? [`${duration(at.seconds_left)} left`] : []),
    ...(gained && gained !== 'null' ? [`${signedPercent(Number(gained))} so far`] : []),
  ];
  return `perf-gate: ${parts.join(' · ')}`;
}

/**
 * The lines of the frontmatter of `run.md` that the status line needs. Undefined if the run has no `run.md` yet, or if `run.md` is no file.
 */
function headOf(file: string): Head | undefined {
  if (!existsSync(file) || !statSync(file).isFile()) return undefined;
  const [, head = ''] = readUserText(file).split(/^---$/m);
  const value = (name: string) => new RegExp(`^ *${name}: ([\\w.+-]+)$`, 'm').exec(head)?.[1];
  return {
    stage: value('stage'),
    attempt: value('attempt'),
    ended: value('ended'),
    gained: value('product_of_gains_pct'),
  };
}

function folderIn(input: string): string | undefined {
  try {
    const { cwd, workspace } = JSON.parse(input) as { cwd?: unknown; workspace?: Record<string, unknown> };
    const named = [workspace?.project_dir, workspace?.current_dir, cwd];
    return named.find((dir): dir is string => typeof dir === 'string');
  } catch {
    return undefined;
  }
}
