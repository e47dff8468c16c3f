import { duration, quantity } from '../../core/units.ts';
import { columns, type Look, type Piece, paint, shown, toned, wrap } from './look.ts';

/**
 * The progress of a measurement, in executions. `done`: the finished executions. `next`: the number of executions at the next look, after
 * which the measurement can end. `total`: the maximum. The medians are in `unit`. A median is null if its arm is not measured. `ci`: for a
 * measurement of a single arm, the confidence interval of its median so far.
 */
export type Progress = {
  label: string;
  done: number;
  next: number;
  total: number;
  medians: { base: number | null; candidate: number | null };
  ci: [number, number] | null;
  unit: string;
  /** How many of a suite's benchmarks have their final verdict. */
  decided?: { done: number; of: number } | undefined;
  etaSeconds: number | null;
};

const barWidth = 20;

/** The progress as one line, without a line break. In a narrow terminal the least important parts are left out. */
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

/**
 * The medians so far, such as `base 412 ms, candidate 318 ms`, or `median 412 ms` for a single arm. If there are two arms, the text has
 * both medians or no median.
 */
function mediansText({ medians: { base, candidate }, unit }: Progress): string {
  const said = (arm: string, value: number | null) => (value === null ? [] : [`${arm} ${quantity(value, unit)}`]);
  return [...said('base', base), ...said(base === null ? 'median' : 'candidate', candidate)].join(', ');
}

function bar({ done, next }: Progress, look: Look): string {
  const full = next > 0 ? Math.round((Math.min(done, next) / next) * barWidth) : 0;
  return look.unicode ? '━'.repeat(full) + '┄'.repeat(barWidth - full) : '#'.repeat(full) + '-'.repeat(barWidth - full);
}
