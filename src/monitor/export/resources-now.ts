import type { Database } from '../store/driver.ts';
import { newestIn, type Stored } from '../store/newest.ts';
import type { Family } from './exposition.ts';

/** An event holds a minute of looks, and comes at its end. */
const LATELY_MS = 90_000;
/** More clients than work on one machine at once, each with the machine's own event. */
const MOST_EVENTS = 200;

const MB = 1024 ** 2;

/** What a metric is made of: the attribute of an event, and the factor to the metric's unit. */
type Source = {
  name: string;
  unit?: string;
  help: string;
  label?: string;
  of: Readonly<Record<string, [string, number]>>;
};

const ofClients: readonly Source[] = [
  {
    name: 'perf_gate_client_cpu_cores',
    help: 'Cores that clients of Claude Code take, with all that they started.',
    of: { '': ['cpu_pct', 0.01] },
  },
  { name: 'perf_gate_client_memory_bytes', unit: 'bytes', help: 'Memory of the same.', of: { '': ['rss_mb', MB] } },
  {
    name: 'perf_gate_client_disk_bytes_per_second',
    help: 'What they read and write.',
    label: 'direction',
    of: { read: ['read_mb_s', MB], write: ['write_mb_s', MB] },
  },
  { name: 'perf_gate_client_processes', help: 'How many processes they are.', of: { '': ['processes', 1] } },
];

const ofMachine: readonly Source[] = [
  { name: 'perf_gate_machine_load_per_core', help: 'Load of the machine, a core.', of: { '': ['load', 1] } },
  {
    name: 'perf_gate_machine_pressure_ratio',
    unit: 'ratio',
    help: 'Share of time in which something waited.',
    label: 'resource',
    of: { cpu: ['cpu_pressure_pct', 0.01], io: ['io_pressure_pct', 0.01], memory: ['memory_pressure_pct', 0.01] },
  },
];

/** The newest minute of the clients together, and of the machine: nothing while no client lives. */
export function resourcesNow(db: Database, now: number): Family[] {
  const events = newestIn(db, { since: now - LATELY_MS, until: now + 1 }, 'resource', MOST_EVENTS);
  const clients = newestBy(events.filter(({ name }) => name === 'client'));
  const machine = newestBy(events.filter(({ name }) => name === 'machine'));
  return [
    ...ofClients.map((source) => familyOf(source, clients)),
    ...ofMachine.map((source) => familyOf(source, machine)),
  ];
}

/** Of each client the newest; the machine is one. */
const newestBy = (events: readonly Stored[]): Stored[] => [
  ...new Map(events.map((event) => [event.attributes.client, event])).values(),
];

function familyOf({ of, label = '', ...about }: Source, events: readonly Stored[]): Family {
  const samples = Object.entries(of).flatMap(([word, [attribute, factor]]) => {
    const values = events.map(({ attributes }) => attributes[attribute]).filter((value) => typeof value === 'number');
    const sum = values.reduce((all, value) => all + value, 0);
    return values.length > 0 ? [{ labels: { [label]: word }, value: sum * factor }] : [];
  });
  return { ...about, type: 'gauge', samples };
}
