import { duration, quantity } from '../../core/units.ts';
import { columns, type Look, type Piece, paint, shown, toned, wrap } from './look.ts';

/**
 * The progress of a measurement: `done` executions; `next`: executions at the next look, where it may end; `total`: the most executions.
 * The medians are in `unit`, null for an arm that is not measured. `ci`: the running interval of the median of a single arm.
 */
export type Progress = {
  label: string;
  done: number;
  next: number;
  total: number;
  medians: { base: number | null; candidate: number | null };
  ci: [number, number] | null;
  unit: string;
  /** The number of decided benchmarks of a suite. */
  decided?: { done: number; of: number } | undefined;
  etaSeconds: number | null;
};

const barWidth = 20;

/** One line without a line break. In a narrow terminal the least important parts are left out. */
export function progressLine(progress: Progress, look: Look): string {
  const { done, next, total, decided, etaSeconds } = progress;
  const parts = [
    { text: shown(progress.label, look), rank: 1 },
    { text: bar(progress, look), rank: 3, tone: 'good' as const },
    { text: `${done}/${next}`, rank: 0 },
    { text: decided && decided.of > 0 ? `${decided.done} of ${decided.of} decided` : '', rank: 2 },
    { text: next === total ? '' : `up to ${total}`, rank: 5 },
    { text: shown(mediansText(progress), look), rank: 4 },
    {
      text: progress.ci ? shown(`[${progress.ci.map((v) => quantity(v, progress.unit)).join(', ')}]`, look) : '',
      rank: 6,
    },
    {
      text: etaSeconds === null ? '' : `${duration(etaSeconds)} ${next === total ? 'left' : 'to the next look'}`,
      rank: 2,
    },
  ].filter((p) => p.text !== '');
  const widthOf = () => parts.reduce((n, p) => n + columns(p.text), (parts.length - 1) * 2);
  while (parts.length > 1 && widthOf() > look.width) {
    const least = Math.max(...parts.map((p) => p.rank));
    parts.splice(
      parts.findIndex((p) => p.rank === least),
      1,
    );
  }
  if (widthOf() > look.width) return wrap(parts[0]!.text, Math.max(1, look.width))[0]!;
  const line = parts.flatMap((p, i): Piece[] => [i > 0 ? '  ' : '', p.tone ? toned(p.text, p.tone) : p.text]);
  return paint(line, look);
}

/** `base 412 ms, candidate 318 ms`, or `median 412 ms` for a single arm; of two arms never only one median. */
function mediansText({ medians: { base, candidate }, unit }: Progress): string {
  const said = (arm: string, value: number | null) => (value === null ? [] : [`${arm} ${quantity(value, unit)}`]);
  return [...said('base', base), ...said(base === null ? 'median' : 'candidate', candidate)].join(', ');
}

function bar({ done, next }: Progress, look: Look): string {
  const full = next > 0 ? Math.round((Math.min(done, next) / next) * barWidth) : 0;
  return look.unicode ? '━'.repeat(full) + '┄'.repeat(barWidth - full) : '#'.repeat(full) + '-'.repeat(barWidth - full);
}
