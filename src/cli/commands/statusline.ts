import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { runPaths, runsDir } from '../../artifact/paths.ts';
import { signedPercent } from '../../core/figures.ts';
import { duration } from '../../core/units.ts';
import { backgroundOf, progressOf } from '../../run/background.ts';
import type { Options } from '../command.ts';
import { folderAbove } from '../folder-above.ts';

/** Prints the line, or nothing. Called without options it does not pass through the table of commands, because it is felt. */
export async function run(_: string[], options: Options): Promise<number> {
  const told = process.stdin.isTTY ? '' : readFileSync(0, 'utf8');
  const line = statusLine(told, typeof options.cwd === 'string' ? options.cwd : process.cwd());
  if (line) process.stdout.write(`${line}\n`);
  return 0;
}

export const silent = true;

/**
 * One line for the status line of an agent's client, which asks again and again: so it is read from the head of `run.md`, without
 * YAML and journal. Undefined where no run is active. `told` is what the client writes to stdin: JSON with the folder it works in.
 */
export function statusLine(told: string, cwd: string): string | undefined {
  const project = folderAbove(folderIn(told) ?? cwd, runsDir);
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
    ['fix', 'remeasure', 'verdict'].includes(stage) ? `${stage}, attempt ${attempt}` : stage,
    ...(at?.total ? [`${at.done} of ${at.total} executions`] : []),
    ...(at?.seconds_left ? [`${duration(at.seconds_left)} left`] : []),
    ...(gained && gained !== 'null' ? [`${signedPercent(Number(gained))} so far`] : []),
  ];
  return `perf-gate: ${parts.join(' · ')}`;
}

/** The few lines of the frontmatter that are needed; undefined for a run that has none. */
function headOf(file: string): Head | undefined {
  if (!existsSync(file)) return undefined;
  const [, head = ''] = readFileSync(file, 'utf8').split(/^---$/m);
  const value = (name: string) => new RegExp(`^ *${name}: ([\\w.+-]+)$`, 'm').exec(head)?.[1];
  return {
    stage: value('stage'),
    attempt: value('attempt'),
    ended: value('ended'),
    gained: value('product_of_gains_pct'),
  };
}

function folderIn(told: string): string | undefined {
  try {
    const { cwd, workspace } = JSON.parse(told) as { cwd?: unknown; workspace?: Record<string, unknown> };
    const named = [workspace?.project_dir, workspace?.current_dir, cwd];
    return named.find((dir): dir is string => typeof dir === 'string');
  } catch {
    return undefined;
  }
}
