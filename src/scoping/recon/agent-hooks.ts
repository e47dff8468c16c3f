import { posix } from 'node:path';
import * as z from 'zod';
import type { Candidate } from './finding.ts';
import { callOf, eventFile, frequencyRank, sampleEvent } from './hook-event.ts';
import type { Tree } from './tree.ts';

/** One line of visible text, without control characters and characters that change the reading direction. */
const line = z
  .string()
  .max(500)
  .regex(/^\P{C}+$/u);
const handler = z.object({ type: z.literal('command'), command: line, args: z.array(line).max(20).optional() });
const group = z.object({ matcher: z.string().max(500).default(''), hooks: z.array(z.unknown()) });
const settings = z.object({ hooks: z.record(z.string(), z.unknown()) });

type Handler = z.infer<typeof handler>;

/** A file that declares hooks, and the variables that the client sets for these hooks. */
type HookFile = { file: string; variables: string };

/**
 * The hooks that Claude Code would run here, from the project's settings and plugins. Each command gets an event on stdin. The event comes
 * from an event file of the project. Without such a file, perf-gate makes a sample event. The list has at most ten hooks, with the hooks of
 * the most frequent events first. Invalid hooks are skipped.
 */
export function agentHooks(tree: Tree): Candidate[] {
  return hookFiles(tree)
    .flatMap((from) => hooksIn(tree.read(from.file)).map((hook) => ({ ...hook, ...from })))
    .sort((a, b) => frequencyRank(a.event) - frequencyRank(b.event))
    .slice(0, 10)
    .map(({ event, matcher, handler, file, variables }) => {
      const call = callOf(event, matcher);
      const input = eventFile(tree, call);
      const command = grouped(shellText(handler));
      const fed = input ? `${command} < ${input}` : `echo '${sampleEvent(call)}' | ${command}`;
      return {
        command: `export ${variables}; ${fed}`,
        kind: 'hook',
        found_in: `${file}, ${event}`,
        ...(input ? { input } : {}),
      };
    });
}

function hookFiles(tree: Tree): HookFile[] {
  const project = 'CLAUDE_PROJECT_DIR="$PWD"';
  const own = ['.claude/settings.json', '.claude/settings.local.json'].filter((file) => tree.has(file));
  const plugins = tree.files.filter((file) => /^([\w.-]+\/)*hooks\/hooks\.json$/.test(file));
  const rootOf = (file: string) => posix.join('$PWD', posix.dirname(file), '..');
  return [
    ...own.map((file) => ({ file, variables: project })),
    ...plugins.map((file) => ({ file, variables: `${project} CLAUDE_PLUGIN_ROOT="${rootOf(file)}"` })),
  ];
}

function hooksIn(text: string): { event: string; matcher: string; handler: Handler }[] {
  const events = settings.safeParse(json(text)).data?.hooks ?? {};
  return Object.entries(events)
    .filter(([event]) => /^\w{1,40}$/.test(event))
    .flatMap(([event, groups]) =>
      valid(group, Array.isArray(groups) ? groups : []).flatMap(({ matcher, hooks }) =>
        valid(handler, hooks).map((handler) => ({ event, matcher, handler })),
      ),
    );
}

const valid = <S extends z.ZodType>(schema: S, values: unknown[]): z.infer<S>[] =>
  values.flatMap((value) => {
    const parsed = schema.safeParse(value);
    return parsed.success ? [parsed.data] : [];
  });

/**
 * The handler of a hook as a shell command. With `args`, the client starts the program without a shell and fills in its own
 * placeholders.
 */
function shellText({ command, args }: Handler): string {
  return args === undefined ? command : [command, ...args].map(word).join(' ');
}

/** Quotes an argument for the shell, but not the client's placeholders, because the shell must fill these in. */
function word(text: string): string {
  if (/^[\w./:=@%+,-]+$/.test(text)) return text;
  return `"${text.replace(/["\\`]|\$(?!\{CLAUDE_(PROJECT_DIR|PLUGIN_ROOT)\})/g, '\\$&')}"`;
}

/** Groups several commands so that they share stdin. The closing bracket comes on a new line, because a command may end with a comment. */
function grouped(command: string): string {
  if (command.includes('#')) return `( ${command}\n)`;
  return /[;&|<>()]/.test(command) ? `( ${command} )` : command;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
