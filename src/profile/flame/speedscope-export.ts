import type { Profile } from '../model.ts';
import { byStack, layout } from './layout.ts';

const units = {
  ms: 'milliseconds',
  bytes: 'bytes',
  samples: 'none',
  instructions: 'none',
  cycles: 'none',
  events: 'none',
} as const;

/** The approximate maximum number of frames in all stacks together, for a file of about 10 MB. */
const most = 1_000_000;

/**
 * Writes a profile in the format of speedscope, to be opened at https://www.speedscope.app. A sampled profile becomes samples: each stack
 * keeps its number of samples, or in a large profile a proportional part of this number. A counted profile becomes calls, each with its
 * begin and its end. The file therefore gives the same ranking of functions as the profile. Facts for which the format has no field are in
 * `perf_gate`, which other readers ignore: the unit, the kinds of the frames, and whether the number of samples is known. Format:
 * https://www.speedscope.app/file-format-schema.json
 */
export function toSpeedscope(given: Profile, name: string): string {
  const profile = byStack(given, (frame) => JSON.stringify(frame));
  const frames = profile.frames.map(({ function: fn, file, line, column }) => ({
    name: fn || '(anonymous)',
    ...(file === null ? {} : { file }),
    ...(line === null ? {} : { line }),
    ...(column === null ? {} : { col: column }),
  }));
  const about = { name, unit: units[profile.unit], startValue: 0 };
  return JSON.stringify({
    $schema: 'https://www.speedscope.app/file-format-schema.json',
    name,
    exporter: 'perf-gate',
    shared: { frames },
    perf_gate: { unit: profile.unit, kinds: profile.frames.map(({ kind }) => kind), counted: profile.samples !== null },
    profiles: [{ ...about, ...(profile.sampled ? samplesOf(profile) : eventsOf(profile)) }],
  });
}

function samplesOf({ nodes, total }: Profile) {
  const depths: number[] = [];
  for (const { parent } of nodes) depths.push(parent === -1 ? 1 : depths[parent]! + 1);
  const wanted = nodes.reduce((sum, { samples }, i) => sum + samples * depths[i]!, 0);
  const each = Math.max(1, wanted / most);
  const samples: number[][] = [];
  const weights: number[] = [];
  nodes.forEach(({ self, samples: seen }, i) => {
    if (self <= 0 && seen === 0) return;
    const many = Math.max(1, Math.round(seen / each));
    const stack: number[] = [];
    for (let at = i; at !== -1; at = nodes[at]!.parent) stack.push(nodes[at]!.frame);
    stack.reverse();
    for (let k = 0; k < many; k++) samples.push(stack);
    for (let k = 0; k < many; k++) weights.push(self / many);
  });
  return { type: 'sampled', endValue: total, samples, weights };
}

/** The profile as calls. Each call closes after its callees and its own cost, so times never decrease. */
function eventsOf(profile: Profile) {
  const events: { type: 'O' | 'C'; frame: number; at: number }[] = [];
  const open: { frame: number; self: number }[] = [];
  let at = 0;
  const close = (row: number) => {
    while (open.length > row) {
      const { frame, self } = open.pop()!;
      at += self;
      events.push({ type: 'C', frame, at });
    }
  };
  for (const { node, frame, row } of layout(profile, 0).slice(1)) {
    close(row - 1);
    events.push({ type: 'O', frame, at });
    open.push({ frame, self: profile.nodes[node]!.self });
  }
  close(0);
  return { type: 'evented', endValue: at, events };
}
