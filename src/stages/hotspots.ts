import * as z from 'zod';
import { isAgent } from '../agent/agents.ts';
import { failure } from '../core/errors.ts';
import { oneLine } from '../core/text.ts';
import { techniqueLine, techniquesFor } from '../profile/rank/techniques.ts';
import type { Hotspot, HotspotsData } from '../record/data.ts';
import { type EarlierTrial, earlierTrials, isDeadEnd } from '../record/earlier-trials.ts';
import { findHotspot } from '../record/find-hotspot.ts';
import { askedOf, contractOf } from '../record/history.ts';
import { type ActorStage, lastStep, type RunState } from '../record/state.ts';
import { deadEnds, trialsOf } from '../record/trials.ts';
import { thresholdText } from '../report/asked.ts';
import { hotspotsTable } from '../report/markdown/hotspots.ts';
import { bullets, code } from '../report/markdown/syntax.ts';
import { calibrationText, evidence, proposalLines } from '../report/proposal.ts';
import { earlierLine, predictionOf, triedLines } from '../report/trials.ts';

/** The only entry of the list if no hotspot is known. A fix of the whole program can still be tried and judged. */
const wholeProgram: Hotspot = { id: 'whole program' };

/** The first line of the draft in which an actor orders the hotspots. */
const PROMPT = 'Why this order:';

/** The maximum number of hotspots in the list. */
const LONGEST_LIST = 10;

const hotspot = z.object({
  id: z.string().min(1),
  function: z.string().optional(),
  file: z.string().nullable().optional(),
  line: z.number().int().positive().nullable().optional(),
  self_pct: z.number().optional(),
  total_pct: z.number().optional(),
  ceiling_pct: z.number().optional(),
  samples: z.number().nullable().optional(),
  ceiling_ci95_pct: z.tuple([z.number(), z.number()]).nullable().optional(),
  reaches_threshold: z.boolean().optional(),
  what: z.string().optional(),
  why: z.string().optional(),
  technique: z.string().optional(),
  predicted_pct: z.number().optional(),
  effort: z.enum(['small', 'medium', 'large']).optional(),
  risk: z.enum(['low', 'medium', 'high']).optional(),
  tried: z.string().optional(),
});
const answer = z.object({ hotspots: z.array(hotspot).min(1) });
/** The schema for a metric that is better when smaller: it can improve by 100 % at most. Other metrics can improve by more. */
const smaller = z.object({
  hotspots: z.array(hotspot.extend({ predicted_pct: z.number().max(100).optional() })).min(1),
});

export const hotspots: ActorStage = {
  async prepare(run) {
    const { state } = run;
    const earlier = await earlierTrials(run);
    const list = enginesOrder(state, earlier);
    const entries = list.map(({ signs: _, ...entry }) => entry);
    return {
      values: {
        table: hotspotsTable(ranking(state)),
        tried: bullets([...triedLines(state), ...earlier.map(earlierLine)], 'nothing yet'),
        predictions: calibrationText([...earlier, ...trialsOf(state)].map(predictionOf)),
        techniques: bullets(techniqueLines(list), 'none: the profile shows how much a hotspot costs, not why'),
        threshold: thresholdText(askedOf(state)),
      },
      draft: { result: list.length > 0 ? 'proposed' : 'exhausted', hotspots: entries },
      body: `${PROMPT}\n`,
    };
  },

  async receive({ state }, { file, result, draft, body }) {
    const schema = contractOf(state).metrics.primary.lower_is_better ? smaller : answer;
    const proposed = result === 'proposed' ? parse(file, draft, schema) : [];
    const data: HotspotsData = { hotspots: withCeilings(proposed, ranking(state)), chosen_by: chooser(state) };
    const list = data.hotspots.map(entryText).join('\n');
    const values = {
      chosen_by: data.chosen_by,
      list: `${list || 'No hotspot is left to try.'}\n\n${body.replace(PROMPT, '').trim()}`.trim(),
      table: hotspotsTable(ranking(state)),
    };
    return { result, data, values };
  },
};

/** The ranked hotspots of the newest profile. Empty without one. */
function ranking(state: RunState): Hotspot[] {
  return lastStep(state, 'profile')?.data.hotspots ?? [];
}

/**
 * The order that perf-gate proposes, which is the profile's ranking. It leaves out hotspots that this run tried in vain, hotspots in
 * protected files, and hotspots with a single sample. Hotspots at which earlier runs failed come last and are marked, because another idea
 * may still work there. If the profile ranks nothing, the list has one entry, the whole program. After a skipped fix, the list is empty.
 */
function enginesOrder(state: RunState, earlier: EarlierTrial[]): Hotspot[] {
  const places = ranking(state).filter((h) => !h.protected && h.ceiling_pct !== undefined);
  const dead = new Set(deadEnds(state).map((place) => findHotspot(places, place)));
  const known = new Map(
    earlier.filter(isDeadEnd).map((trial) => [findHotspot(places, trial.hotspot), earlierLine(trial)]),
  );
  const marked = places
    .filter((h) => !dead.has(h))
    .map((h) => ({ ...h, why: evidence(h), ...(known.has(h) ? { tried: known.get(h) } : {}) }));
  const ordered = [...marked.filter((h) => !h.tried), ...marked.filter((h) => h.tried)];
  if (places.length > 0) return ordered.slice(0, LONGEST_LIST);
  const last = lastStep(state, 'fix');
  return last?.result === 'skipped' ? [] : [wholeProgram];
}

/** Adds the profile's numbers to each proposed hotspot that the profile ranks. A number in the proposal replaces the profile's number. */
function withCeilings(proposed: Hotspot[], ranked: Hotspot[]): Hotspot[] {
  const known = new Map(ranked.map((h) => [h.id, h]));
  return proposed.map((h) => ({ ...known.get(h.id), ...h }));
}

const entryText = (hotspot: Hotspot, index: number) =>
  [`${index + 1}. ${code(hotspot.id)}`, ...proposalLines(hotspot).map((line) => `   - ${oneLine(line)}`)].join('\n');

/** Lines about the techniques that the profile suggests for the first three hotspots. */
function techniqueLines(list: Hotspot[]): string[] {
  const found = list.slice(0, 3).flatMap((h) => techniquesFor(h).map((t) => ({ ...t, shown: `${h.id}: ${t.shown}` })));
  const names = new Set(found.map(({ technique }) => technique.name));
  return [...names].slice(0, 4).map((name) => techniqueLine(found.find((t) => t.technique.name === name)!));
}

function chooser({ options }: RunState): string {
  if (options.propose_command) return 'the propose command';
  if (isAgent(options.agent)) return options.agent;
  return options.yes || options.agent === 'command' ? 'the engine: its own ranking' : 'the actor';
}

function parse(file: string, draft: Record<string, unknown>, schema: typeof answer): Hotspot[] {
  const parsed = schema.safeParse(draft);
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
