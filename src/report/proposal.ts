import { percent, percentInterval } from '../core/figures.ts';
import type { Hotspot } from '../record/data.ts';

/** What a proposal says beyond the place, as lines: what, why, how, how much, and at what price. */
export function proposalLines({ what, why, technique, predicted_pct, ...rest }: Hotspot): string[] {
  const { ceiling_pct, effort, risk, tried } = rest;
  const bound = wholeShare(rest);
  const beyond = predicted_pct !== undefined && bound !== undefined && predicted_pct > bound;
  const gain = [
    predicted_pct !== undefined && `predicted ${percent(predicted_pct)}`,
    ceiling_pct !== undefined && `ceiling ${percent(ceiling_pct)}`,
    beyond && `more than its whole share of ${percent(bound)}`,
  ];
  const price = [effort && `effort ${effort}`, risk && `risk ${risk}`];
  const said = [what, technique && `technique: ${technique}`, joined(gain), joined(price)];
  return [...said, why && `why: ${why}`, tried && `tried before: ${tried}`].filter(
    (line): line is string => typeof line === 'string' && line !== '',
  );
}

type Shares = Pick<Hotspot, 'self_pct' | 'total_pct' | 'ceiling_pct' | 'ceiling_ci95_pct' | 'samples' | 'hot_lines'>;

/** The most that a fix can give which also calls less often what the place calls, in per cent; undefined where no profile shows it. */
export const wholeShare = ({ total_pct, ceiling_pct = 0 }: Shares): number | undefined =>
  total_pct === undefined ? undefined : Math.max(total_pct, ceiling_pct);

/** What the profile says of a place: the evidence where nobody gave another. */
export function evidence({ self_pct = 0, total_pct = 0, ceiling_pct = 0, ...rest }: Shares): string {
  const { samples, ceiling_ci95_pct, hot_lines = [] } = rest;
  const parts = [
    `${percent(self_pct)} of the whole in itself`,
    hot_lines.length > 0 && `mainly in line ${hot_lines.join(', ')}`,
    atLeast(ceiling_pct - self_pct, 'outside of the project for it'),
    atLeast(total_pct - ceiling_pct, 'in the parts of the project that it calls'),
  ];
  const [low, high] = ceiling_ci95_pct ?? [];
  const range =
    high === undefined ? '' : `; its ceiling rests on ${samples} samples (95 %: ${percentInterval([low!, high])})`;
  return `${joined(parts)}${range}`;
}

const atLeast = (value: number, where: string) => value >= 0.05 && `${percent(value)} ${where}`;

const joined = (parts: (string | false | undefined)[]) => parts.filter(Boolean).join(', ');
