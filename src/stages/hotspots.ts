import * as z from 'zod';
import { failure } from '../core/errors.ts';
import type { Hotspot, HotspotsData } from './shared/data.ts';
import { contractOf, deadEnds } from './shared/history.ts';
import { type ActorStage, lastStep, type RunState } from './shared/run.ts';
import { bullets, hotspotsTable } from './shared/tables.ts';
import { thresholdText } from './shared/threshold.ts';
import { triedLines } from './shared/tried.ts';

/** What stands in the list when no place can be named: a fix can still be tried and judged. */
const wholeProgram: Hotspot = { id: 'whole program' };

/** What the draft begins with. */
const PROMPT = 'Why this order:';

/** More would never be tried. */
const LONGEST_LIST = 10;

const hotspot = z.object({
  id: z.string().min(1),
  function: z.string().optional(),
  file: z.string().nullable().optional(),
  line: z.number().int().positive().nullable().optional(),
  self_pct: z.number().optional(),
  total_pct: z.number().optional(),
  ceiling_pct: z.number().optional(),
  samples: z.number().optional(),
  note: z.string().optional(),
});
const answer = z.object({ hotspots: z.array(hotspot).min(1) });

export const hotspots: ActorStage = {
  by: 'actor',

  async prepare({ state }) {
    const list = enginesOrder(state);
    return {
      values: {
        table: hotspotsTable(ranking(state)),
        tried: bullets(triedLines(state), 'nothing yet'),
        threshold: thresholdText(contractOf(state)),
      },
      draft: { result: list.length > 0 ? 'proposed' : 'exhausted', hotspots: list },
      body: `${PROMPT}\n`,
    };
  },

  async receive({ state }, { file, result, draft, body }) {
    const data: HotspotsData = { hotspots: result === 'proposed' ? parse(file, draft) : [], chosen_by: chooser(state) };
    const list = data.hotspots.map((h, i) => `${i + 1}. ${h.id}${h.note ? `: ${h.note}` : ''}`).join('\n');
    const values = {
      chosen_by: data.chosen_by,
      list: `${list || 'Nothing is left to try.'}\n\n${body.replace(PROMPT, '').trim()}`.trim(),
      table: hotspotsTable(ranking(state)),
    };
    return { result, data, values };
  },
};

/** The ranked hotspots of the newest profile. */
function ranking(state: RunState): Hotspot[] {
  return lastStep(state, 'profile')?.data.hotspots ?? [];
}

/** The ranking without what was tried in vain; the whole program where no place can be named and it was not given up. */
function enginesOrder(state: RunState): Hotspot[] {
  const dead = deadEnds(state);
  const ranked = ranking(state);
  if (ranked.length > 0) return ranked.filter((h) => !dead.has(h.id)).slice(0, LONGEST_LIST);
  const last = lastStep(state, 'fix');
  return last?.result === 'skipped' ? [] : [wholeProgram];
}

function chooser({ options }: RunState): string {
  if (options.propose_command) return 'the propose command';
  return options.yes || options.agent === 'command' ? 'the engine: its own ranking' : 'the actor';
}

function parse(file: string, draft: Record<string, unknown>): Hotspot[] {
  const parsed = answer.safeParse(draft);
  if (parsed.success) return parsed.data.hotspots;
  const issue = parsed.error.issues[0]!;
  const found = issue.path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key], draft);
  throw failure('artifact_invalid', {
    file,
    field: issue.path.join('.'),
    expected: 'a list of entries with an `id`, such as “{ id: main src/a.js:3 }”',
    found: JSON.stringify(found) ?? 'nothing',
  });
}
