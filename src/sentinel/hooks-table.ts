import { count, cut, listed, oneLine } from '../core/text.ts';
import { columns, type Look, type Piece, paint, shown, toned, wrap } from '../report/terminal/look.ts';
import type { Discovery } from './discover/discover.ts';
import { placeOf } from './discover/events.ts';
import { setsOf, type Together } from './discover/sets.ts';
import type { Hook } from './hook.ts';
import { deadWords, handlerWords, nameUnderEvent, noHooks, problemWords, timeoutWords } from './words.ts';

/** All hooks as text, grouped by event. The text also shows how many hooks run in parallel, and why a hook never runs. */
export function hooksTable({ hooks, problems }: Discovery, look: Look): string {
  const widths = widthsOf(hooks, look);
  const sets = setsOf(hooks);
  const events = [...new Set(hooks.map(({ event }) => event))].sort((a, b) => placeOf(a) - placeOf(b));
  const parts = events.map((event) => [
    paint(heading(event, hooks, sets, look), look),
    ...hooks.filter((hook) => hook.event === event).flatMap((hook) => rows(hook, widths, look)),
  ]);
  const told = problems.flatMap((problem) => wrap(shown(problemWords(problem), look), look.width));
  return [...parts, told, [shown(summary(hooks), look)]]
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

function heading(event: string, hooks: readonly Hook[], sets: readonly Together[], look: Look): Piece[] {
  const [largest] = sets.filter((set) => set.event === event);
  const all = hooks.filter((hook) => hook.event === event).length;
  const when = largest && largest.values.length > 0 ? ` (${listed(largest.values, 3)})` : '';
  const atOnce = largest && largest.hooks.length > 1 ? `, up to ${largest.hooks.length} at once${when}` : '';
  return [
    toned(shown(event, look) || '?', 'strong'),
    '   ',
    toned(shown(`${count(all, 'hook')}${atOnce}`, look), 'faint'),
  ];
}

type Widths = { hook: number; matcher: number };

const matcherOf = ({ matcher }: Hook) => (matcher === null || matcher === '' ? '*' : matcher);
const timeOf = ({ dead, timeout_s }: Hook) => (dead ? 'never runs' : timeoutWords(timeout_s));

const TIME = '10 min default'.length;

function widthsOf(hooks: readonly Hook[], { width }: Look): Widths {
  const longest = (text: (hook: Hook) => string) => Math.max(0, ...hooks.map((hook) => columns(oneLine(text(hook)))));
  const hook = Math.min(Math.max(30, width - TIME - 14), longest(nameUnderEvent));
  return { hook, matcher: Math.min(longest(matcherOf), Math.max(8, width - hook - TIME - 6)) };
}

function rows(hook: Hook, widths: Widths, look: Look): string[] {
  const cell = (text: string, width: number) => {
    const fits = shown(cut(oneLine(text), width), look);
    return `${fits}${' '.repeat(Math.max(0, width - columns(fits)))}`;
  };
  const line: Piece[] = [
    `  ${cell(nameUnderEvent(hook), widths.hook)}  ${cell(matcherOf(hook), widths.matcher)}  `,
    hook.dead ? toned(timeOf(hook), 'bad') : timeOf(hook),
  ];
  const under = notes(hook).flatMap((note) => wrap(shown(note, look), look.width - 6));
  return [paint(line, look), ...under.map((text) => paint(['      ', toned(text, 'faint')], look))];
}

/**
 * The lines below a hook: its command, its condition, and why it does not run. The command is left out if the hook's name already shows it.
 */
function notes({ id, handler, if: condition, dead, file, runs_as }: Hook): string[] {
  const does = handlerWords(handler);
  const plain = /^[\w./…-]+$/.test(does) && id.includes(`/${does.split('/').at(-1)}`);
  return [
    ...(plain ? [] : [cut(oneLine(does), 160)]),
    ...(condition ? [`if ${condition}`] : []),
    ...(dead ? [`${deadWords(dead)} (${file})`] : []),
    ...(runs_as === null ? [] : [`runs once, as ${runs_as}`]),
  ];
}

/** `16 hooks in 12 plugins, 2 dead, 1 duplicate`. */
function summary(hooks: readonly Hook[]): string {
  if (hooks.length === 0) return noHooks;
  const plugins = new Set(hooks.flatMap(({ plugin }) => plugin ?? []));
  const files = new Set(hooks.flatMap(({ plugin, file }) => (plugin === null ? file : [])));
  const dead = hooks.filter((hook) => hook.dead).length;
  const duplicates = hooks.filter(({ runs_as }) => runs_as !== null).length;
  const places = [
    ...(plugins.size > 0 ? [count(plugins.size, 'plugin')] : []),
    ...(files.size > 0 ? [count(files.size, 'other file')] : []),
  ];
  return [
    `${count(hooks.length, 'hook')} in ${places.join(' and ')}`,
    ...(dead > 0 ? [`${dead} dead`] : []),
    ...(duplicates > 0 ? [count(duplicates, 'duplicate')] : []),
  ].join(', ');
}
