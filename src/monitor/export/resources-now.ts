import type { Database } from '../store/driver.ts';
import { newestIn, type Stored } from '../store/newest.ts';
import type { Family } from './exposition.ts';

/** An event counts as current up to this age, in ms. An event covers one minute and is written at the end of that minute. */
const LATELY_MS = 90_000;
/** At most this number of events are read. No machine runs that many clients at the same time. */
const MOST_EVENTS = 200;

const MB = 1024 ** 2;

/**
 * Says from which attributes of events an exported metric is computed. The keys of `of` are the values of the label. Each value of `of` is
 * the name of an attribute, and the factor that converts the attribute to the unit of the metric.
 */
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
    help: 'Cores that Claude Code clients use, with their child processes.',
    of: { '': ['cpu_pct', 0.01] },
  },
  {
    name: 'perf_gate_client_memory_bytes',
    unit: 'bytes',
    help: 'Memory of Claude Code clients.',
    of: { '': ['rss_mb', MB] },
  },
  {
    name: 'perf_gate_client_disk_bytes_per_second',
    help: 'Disk reads and writes of Claude Code clients.',
    label: 'direction',
    of: { read: ['read_mb_s', MB], write: ['write_mb_s', MB] },
  },
  {
    name: 'perf_gate_client_processes',
    help: 'Number of processes of Claude Code clients.',
    of: { '': ['processes', 1] },
  },
];

const ofMachine: readonly Source[] = [
  { name: 'perf_gate_machine_load_per_core', help: 'Load of the machine per core.', of: { '': ['load', 1] } },
  {
    name: 'perf_gate_machine_pressure_ratio',
    unit: 'ratio',
    help: 'Share of time in which tasks waited for the resource.',
    label: 'resource',
    of: { cpu: ['cpu_pressure_pct', 0.01], io: ['io_pressure_pct', 0.01], memory: ['memory_pressure_pct', 0.01] },
  },
];

/** The resources of all clients together and of the machine in the newest minute. The result is empty while no client runs. */
export function resourcesNow(db: Database, now: number): Family[] {
  const events = newestIn(db, { since: now - LATELY_MS, until: now + 1 }, 'resource', MOST_EVENTS);
  const clients = newestBy(events.filter(({ name }) => name === 'client'));
  const machine = newestBy(events.filter(({ name }) => name === 'machine'));
  return [
    ...ofClients.map((source) => familyOf(source, clients)),
    ...ofMachine.map((source) => familyOf(source, machine)),
  ];
}

/** The newest event of each client, and the newest event of the machine. */
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
