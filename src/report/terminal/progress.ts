import { duration, quantity } from '../../core/units.ts';
import { columns, type Look, type Piece, paint, shown, toned, wrap } from './look.ts';

/** Where a measurement stands. `ci` is the running interval of the median, in `unit`. */
export type Progress = {
  label: string;
  done: number;
  total: number;
  median: number | null;
  ci: [number, number] | null;
  unit: string;
  etaSeconds: number | null;
};

const barWidth = 20;

/** One line without a line break. In a narrow terminal the parts that matter least are left out. */
export function progressLine(progress: Progress, look: Look): string {
  const parts = [
    { text: shown(progress.label, look), rank: 1 },
    { text: bar(progress, look), rank: 3, tone: 'good' as const },
    { text: `${progress.done}/${progress.total}`, rank: 0 },
    {
      text: progress.median === null ? '' : shown(`median ${quantity(progress.median, progress.unit)}`, look),
      rank: 4,
    },
    {
      text: progress.ci ? shown(`[${progress.ci.map((v) => quantity(v, progress.unit)).join(', ')}]`, look) : '',
      rank: 5,
    },
    { text: progress.etaSeconds === null ? '' : `${duration(progress.etaSeconds)} left`, rank: 2 },
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

function bar({ done, total }: Progress, look: Look): string {
  const full = total > 0 ? Math.round((Math.min(done, total) / total) * barWidth) : 0;
  return look.unicode ? '━'.repeat(full) + '┄'.repeat(barWidth - full) : '#'.repeat(full) + '-'.repeat(barWidth - full);
}
