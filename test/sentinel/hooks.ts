import type { Hook } from '../../src/sentinel/hook.ts';
import { type Finding, findings } from '../../src/sentinel/rules/findings.ts';
import type { Measured } from '../../src/sentinel/rules/rule.ts';
import { readHook } from '../../src/sentinel/shell/read-hook.ts';
import type { Script } from '../../src/sentinel/shell/script.ts';

export const around = { project: '/project', home: '/home/me' };

type Change = Partial<Omit<Hook, 'handler' | 'timeout_s'>> & {
  timeout?: number | null;
  async?: boolean;
  args?: string[];
};

/** A hook of a plugin that runs this command; by default after an edit, and with a time-out. */
export function hookOf(command: string, { timeout = 10, async = false, args, ...change }: Change = {}): Hook {
  return {
    id: 'plugin/hook',
    source: 'plugin',
    plugin: 'plugin',
    root: '/plugin',
    file: '/plugin/hooks/hooks.json',
    event: 'PostToolUse',
    matcher: 'Edit|Write',
    if: null,
    handler: { type: 'command', command, args: args ?? null, shell: 'bash', async },
    timeout_s: { written: timeout, effective: timeout ?? 600 },
    dead: null,
    runs_as: null,
    ...change,
  };
}

export const scriptOf = (command: string, change: Change = {}): Promise<Script> =>
  readHook(hookOf(command, change), around);

/** The commands that run, as a user would type them. */
export const programsOf = ({ commands }: Script): string[] =>
  commands
    .filter(({ program }) => program !== '[[')
    .map(({ program, words }) => [program ?? '?', ...words.map((w) => w.value ?? `<${w.text}>`)].join(' '));

const notMeasured: Measured = {
  wall_ms: null,
  slope: null,
  execs: null,
  endless: null,
  terminal: null,
  shims: [],
  stdout_bytes: null,
  processes_left: null,
};

/** The findings of the rules. */
export async function findingsOf(
  hooks: readonly Hook[],
  measured: Partial<Measured> | null = null,
): Promise<Finding[]> {
  const scripts = new Map<string, Script>();
  for (const hook of hooks) scripts.set(hook.id, await readHook(hook, around));
  const figures = measured && new Map(hooks.map(({ id }) => [id, { ...notMeasured, ...measured }]));
  return findings(hooks, scripts, figures);
}
