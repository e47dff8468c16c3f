import { count, cut, oneLine } from '../../core/text.ts';
import { columns, type Look, type Piece, paint, shown, toned, wrap } from '../../report/terminal/look.ts';
import type { Profile } from './profile.ts';
import { atWork, cells, strip } from './strip.ts';
import { duration, momentWords, partNames, shortId, sourceNames, toldWords } from './words.ts';

/** The number of rows of a table in the text; the JSON has all. */
const SHOWN = 8;

/** The time of a session as text: the parts and when each occurred, the waits for hooks, the hooks, and the tools. */
export function profileText(profile: Profile, look: Look): string {
  const parts: string[][] = [
    head(profile, look),
    partLines(profile, look),
    table('Waits for hooks', profile.events, look, ({ event, matched, runs, wait_ms, longest_ms, source }) => ({
      name: matched === null ? event : `${event} ${matched}`,
      ms: wait_ms,
      about: `${count(runs, 'time')}, at most ${duration(longest_ms)} (${sourceNames[source]})`,
    })),
    table('Hooks', profile.hooks, look, ({ event, plugin, command, runs, ms, failed, source }) => ({
      name: `${event} ${plugin === null ? '' : `${plugin} `}${scriptWords(command)}`,
      ms,
      about: `${count(runs, 'run')}${failed > 0 ? `, ${failed} failed` : ''} (${sourceNames[source]})`,
    })),
    table('Tools', profile.tools, look, ({ tool, calls, ms, source }) => ({
      name: tool,
      ms,
      about: `${count(calls, 'call')} (${sourceNames[source]})`,
    })),
    profile.told.flatMap((told) => wrap(shown(toldWords[told], look), look.width)),
  ];
  return parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

function head(profile: Profile, look: Look): string[] {
  const { session, client, wall_ms, working_ms, turns, attributed } = profile;
  const idle = wall_ms - working_ms;
  const by = client === null ? '' : `, Claude Code ${client}`;
  return [
    paint([toned(shown(`Session ${shortId(session)} of ${momentWords(profile)} UTC${by}`, look), 'strong')], look),
    ...wrap(
      shown(
        `${duration(working_ms)} of work in ${count(turns, 'turn')}${idle > 0 ? `, and ${duration(idle)} of idle time` : ''}. The cause of ${Math.floor(100 * attributed)} % of the working time is known.`,
        look,
      ),
      look.width,
    ),
  ];
}

const NAME = Math.max(...Object.values(partNames).map((name) => name.length));

function partLines({ parts, timeline }: Profile, look: Look): string[] {
  const stretches = atWork(timeline);
  const width = Math.max(10, Math.min(72, look.width - NAME - 24));
  return parts.map(({ part, ms, share }) => {
    const shares = cells(stretches, part, width);
    const figures = `${duration(ms).padStart(8)} ${share === null ? '' : `${Math.round(100 * share)} %`.padStart(5)}`;
    const line = `  ${partNames[part].padEnd(NAME)} ${figures}  ${strip(shares, look)}`;
    return line.trimEnd();
  });
}

/** The command of a hook, without the folders of its script. */
const scriptWords = (command: string) => command.replace(/^("?)\S*\//, '$1…/');

type Row = { name: string; ms: number; about: string };

function table<T>(title: string, all: readonly T[], look: Look, rowOf: (one: T) => Row): string[] {
  if (all.length === 0) return [];
  const rows = all.slice(0, SHOWN).map(rowOf);
  const about = Math.max(...rows.map((row) => row.about.length));
  const most = Math.max(16, look.width - about - 16);
  const names = rows.map(({ name }) => shown(cut(oneLine(name), most), look));
  const width = Math.max(...names.map(columns));
  const lines = rows.map(({ ms, about: words }, i): Piece[] => [
    `  ${names[i]!}${' '.repeat(width - columns(names[i]!))}  `,
    toned(duration(ms).padStart(8), 'strong'),
    '  ',
    toned(shown(words, look), 'faint'),
  ]);
  const left = all.length - rows.length;
  return [
    paint([toned(title, 'strong')], look),
    ...lines.map((line) => paint(line, look)),
    ...(left > 0 ? [paint([toned(`  and ${left} more (--json has all)`, 'faint')], look)] : []),
  ];
}
