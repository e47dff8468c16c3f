import type { Checked, Status } from '../../bench/doctor/check.ts';
import { examine } from '../../bench/doctor/doctor.ts';
import { exit } from '../../core/errors.ts';
import { type Look, paint, shown, type Tone, toned } from '../../report/terminal/look.ts';
import { define } from '../command.ts';
import { flag } from '../options.ts';
import { lookOf } from '../terminal/tools.ts';

export const command = define({
  name: 'doctor',
  group: 'machine',
  summary: 'check whether this machine is fit to measure on',
  detail:
    'At the end, `doctor` measures the noise: it compares a short loop with the same loop. Exit code 3: something that perf-gate needs is missing.',
  example: 'perf-gate doctor',
  options: { '--strict': flag('exit with 3 also after a warning') },
  async run({ strict }, tools) {
    const { checks, noise } = await examine(tools);
    const count = (status: Status) => checks.filter((c) => c.status === status).length;
    const totals = { ok: count('ok'), warn: count('warn'), fail: count('fail') };
    if (tools.json) tools.out(JSON.stringify({ checks, noise, totals }));
    else tools.out(checkedText(checks, lookOf(tools)));
    return totals.fail > 0 || (strict && totals.warn > 0) ? exit.environment : exit.done;
  },
});

const marks: Record<Status, { mark: string; ascii: string; tone: Tone }> = {
  ok: { mark: '✓', ascii: '+', tone: 'good' },
  warn: { mark: '!', ascii: '!', tone: 'open' },
  fail: { mark: '✗', ascii: 'x', tone: 'bad' },
};

/** One line per check. A warning or a failure is followed by its meaning and a remedy. */
function checkedText(checks: readonly Checked[], look: Look): string {
  const gutter = Math.max(...checks.map((c) => c.id.length)) + 2;
  const under = ' '.repeat(gutter + 2);
  const lines = checks.flatMap(({ id, status, found, meaning, remedy }) => {
    const { mark, ascii, tone } = marks[status];
    const line = [
      toned(look.unicode ? mark : ascii, tone),
      ` ${id.replaceAll('_', ' ').padEnd(gutter)}${shown(found, look)}`,
    ];
    const more = status === 'ok' ? [] : [meaning, ...(remedy ? [remedy] : [])];
    return [paint(line, look), ...more.map((text) => paint([under, toned(shown(text, look), 'faint')], look))];
  });
  return [...lines, '', shown(conclusion(checks), look)].join('\n');
}

function conclusion(checks: readonly Checked[]): string {
  const bad = checks.filter((c) => c.status === 'fail').map((c) => c.id.replaceAll('_', ' '));
  const open = checks.filter((c) => c.status === 'warn').length;
  if (bad.length > 0) return `perf-gate cannot measure here: ${bad.join(', ')}.`;
  if (open > 0)
    return `You can measure here, but ${open === 1 ? 'one thing makes' : `${open} things make`} the figures less reliable.`;
  return 'This machine is fit to measure on.';
}
