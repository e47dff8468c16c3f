import { DAY, MINUTE, midnight } from '../../core/time.ts';
import { seededRandom } from '../../stats/rng.ts';
import type { MonitorEvent } from '../event.ts';
import type { Draft, Random } from './draft.ts';
import { gateRuns } from './gate-runs.ts';
import { resourcesOf } from './resources.ts';
import { testRun } from './tests.ts';

/** The length of the invented month, in days. The month is long enough for the monitor to detect the change of a hook. */
export const DAYS = 28;

/**
 * The only change of a hook in the invented month. From the day `day` on, the hook has a new content, and its times are multiplied by
 * `factor`.
 */
export const regression = { day: 19, hook: 'PostToolUse:Edit format.sh', plugin: 'tidy', factor: 1.7 };

/**
 * The day on which a busy machine makes everything slower: all times of this day are multiplied by `factor`. The factor is the same as in
 * `regression`, but a busy machine is no regression.
 */
const busy = { day: 24, factor: 1.7 };

/** The invented hooks by hook event, with their times in ms. */
const hooks: Readonly<Record<string, readonly { script: string; plugin: string; ms: number }[]>> = {
  'SessionStart:startup': [
    { script: 'check-updates.sh', plugin: 'project', ms: 310 },
    { script: 'greet.sh', plugin: 'notes', ms: 45 },
  ],
  'PreToolUse:Bash': [{ script: 'guard.sh', plugin: 'safety', ms: 28 }],
  'PostToolUse:Edit': [
    { script: 'format.sh', plugin: 'tidy', ms: 120 },
    { script: 'index.sh', plugin: 'notes', ms: 60 },
  ],
  Stop: [
    { script: 'summary.sh', plugin: 'notes', ms: 80 },
    { script: 'verify.sh', plugin: 'checks', ms: 10_500 },
  ],
};

/** The tools and their times in ms. A random number from 0 to 1 selects the first tool whose `upTo` is higher than the number. */
const tools = [
  { name: 'Read', upTo: 0.4, ms: 12 },
  { name: 'Edit', upTo: 0.65, ms: 20 },
  { name: 'Bash', upTo: 0.88, ms: 900 },
  { name: 'mcp__tracker__search', upTo: 0.92, ms: 340 },
  { name: 'Grep', upTo: 1, ms: 45 },
];

/** The subagents and their times in ms; a turn uses at most one. */
const agents = [
  { name: 'Explore', upTo: 0.06, ms: 24_000 },
  { name: 'Plan', upTo: 0.09, ms: 41_000 },
  { name: 'reviewer', upTo: 0.12, ms: 67_000 },
];

/**
 * An invented month of sessions that ends at `until` (ms since 1970), determined by the seed. The month contains one true regression, one
 * busy day, and one flaky test.
 */
export function inventedMonth(seed: string, until: number): MonitorEvent[] {
  const random = seededRandom(`monitor demo ${seed}`);
  const first = midnight(until) - (DAYS - 1) * DAY;
  const days = Array.from({ length: DAYS }, (_, day) => day);
  const now = sessionAt(DAYS - 1, 9, until - 12 * MINUTE, random);
  return [...days.flatMap((day) => sessionsOf(day, first + day * DAY, random)), ...now, ...gateRuns(first, random)]
    .filter(({ t }) => t <= until)
    .map((event, i) => ({ ...event, identity: String(i) }));
}

/** The state of a session while its events are generated: the events so far and the session's clock. */
type Going = { session: string; day: number; t: number; random: Random; events: Draft[] };

function sessionsOf(day: number, midnight: number, random: Random): Draft[] {
  const sessions = 3 + Math.floor(random() * 4);
  return Array.from({ length: sessions }, (_, nth) =>
    sessionAt(day, nth, midnight + (8 + random() * 8) * 60 * MINUTE, random),
  ).flat();
}

function sessionAt(day: number, nth: number, began: number, random: Random): Draft[] {
  const going: Going = { session: `demo-${day}-${nth}`, day, t: began, random, events: [] };
  hooksOf(going, 'SessionStart:startup');
  const turns = 2 + Math.floor(random() * 5);
  for (let turn = 0; turn < turns; turn++) turnOf(going);
  if (random() < 0.5) going.events.push(...testRun(going));
  const client = 4000 + 10 * day + nth;
  const minutes = resourcesOf({ from: began, to: going.t, isBusy: day === busy.day, client, random });
  return [...going.events, ...minutes];
}

function turnOf(going: Going): void {
  const { random } = going;
  const began = going.t;
  const calls = 1 + Math.floor(random() * 4);
  for (let call = 0; call < calls; call++) {
    modelOf(going);
    toolOf(going);
  }
  modelOf(going);
  agentOf(going);
  hooksOf(going, 'Stop');
  tell(going, { kind: 'turn', name: 'turn' }, going.t - began, {});
  going.t += (0.5 + 3 * random()) * MINUTE;
}

function agentOf(going: Going): void {
  const drawn = going.random();
  const agent = agents.find(({ upTo }) => drawn < upTo);
  if (!agent) return;
  const ms = taken(going, agent.ms);
  going.t += ms;
  tell(going, { kind: 'tool', name: 'Agent' }, ms, { input_bytes: 700, result_bytes: 2600 });
  tell(going, { kind: 'agent', name: agent.name }, ms, { tool_uses: 4 + Math.floor(going.random() * 12) });
}

function modelOf(going: Going): void {
  const ms = taken(going, 4_200);
  going.t += ms;
  const cached = 20_000 + Math.floor(going.random() * 40_000);
  tell(going, { kind: 'model', name: 'claude-demo' }, ms, {
    ttft_ms: Math.round(ms * 0.3),
    input_tokens: 40 + Math.floor(going.random() * 200),
    output_tokens: 150 + Math.floor(going.random() * 600),
    cache_read_tokens: cached,
    cache_creation_tokens: Math.floor(cached * 0.04),
    cost_usd: cached * 4e-7,
  });
}

function toolOf(going: Going): void {
  const drawn = going.random();
  const tool = tools.find(({ upTo }) => drawn < upTo)!;
  hooksOf(going, `PreToolUse:${tool.name}`);
  if (tool.name === 'Bash' && going.random() < 0.1) askOf(going);
  const ms = taken(going, tool.ms);
  going.t += ms;
  tell(going, { kind: 'tool', name: tool.name }, ms, { input_bytes: 200, result_bytes: 900 }, going.random() > 0.03);
  hooksOf(going, `PostToolUse:${tool.name}`);
}

/** Generates the hooks of one event. The hooks run in parallel, so the session waits for the slowest one. */
function hooksOf(going: Going, event: string): void {
  const times = (hooks[event] ?? []).map(({ script, plugin, ms }) => {
    const name = `${event} ${script}`;
    const changed = name === regression.hook && going.day >= regression.day;
    const took = taken(going, ms) * (changed ? regression.factor : 1);
    const ended = { ...going, t: going.t + took };
    tell(ended, { kind: 'hook', name, plugin, handler_hash: changed ? 'f2a4' : 'a1b3' }, took, {});
    return took;
  });
  if (times.length === 0) return;
  const wait = Math.max(...times) + 7;
  going.t += wait;
  tell(going, { kind: 'hook_event', name: event }, wait, { num_hooks: times.length });
}

/** Generates an event in which the user is asked for permission. */
function askOf(going: Going): void {
  const ms = 2000 + going.random() * 9000;
  going.t += ms;
  tell(going, { kind: 'permission', name: 'Bash' }, ms, {});
}

type Of = Pick<Draft, 'kind' | 'name'> & Partial<Pick<Draft, 'plugin' | 'handler_hash'>>;

function tell({ t, session, events }: Going, of: Of, ms: number, attributes: Draft['attributes'], ok = true): void {
  events.push({
    plugin: '',
    handler_hash: '',
    ...of,
    t: Math.round(t),
    duration_ms: Math.round(ms * 10) / 10,
    ok,
    session,
    prompt: null,
    project: '/home/you/shop',
    source: 'demo',
    attributes,
  });
}

/** A random time around `ms` with a log-normal distribution, which has a long right tail as real times do. */
function taken({ random, day }: Going, ms: number): number {
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return ms * Math.exp(0.2 * normal) * (day === busy.day ? busy.factor : 1);
}
