import type { Hotspot } from './data.ts';

/** What a proposal says beyond the place, as lines: what, why, how, how much, and at what price. */
export function proposalLines({ what, why, technique, predicted_pct, ...rest }: Hotspot): string[] {
  const { ceiling_pct, total_pct, effort, risk, tried } = rest;
  const bound = total_pct === undefined ? undefined : Math.max(total_pct, ceiling_pct ?? 0);
  const beyond = predicted_pct !== undefined && bound !== undefined && predicted_pct > bound;
  const gain = [
    predicted_pct !== undefined && `predicted ${pct(predicted_pct)}`,
    ceiling_pct !== undefined && `ceiling ${pct(ceiling_pct)}`,
    beyond && `more than its whole share of ${pct(bound)}`,
  ];
  const price = [effort && `effort ${effort}`, risk && `risk ${risk}`];
  const said = [what, technique && `technique: ${technique}`, joined(gain), joined(price)];
  return [...said, why && `why: ${why}`, tried && `tried before: ${tried}`].filter(
    (line): line is string => typeof line === 'string' && line !== '',
  );
}

const joined = (parts: (string | false | undefined)[]) => parts.filter(Boolean).join(', ');

const pct = (value: number) => `${value.toFixed(1)} %`;
