import { textAt, textsOfCpus } from '../../measure/environment/system.ts';
import type { Check, Finding, Machine } from './check.ts';

/** Checks for causes that change the processor's speed between executions. */
export const processorChecks: Check[] = [
  { id: 'governor', meaning: 'A power-saving governor changes the clock speed between executions.', look: governor },
  {
    id: 'turbo',
    meaning: 'Boost depends on temperature and on the other cores: the first executions are faster than the last.',
    look: turbo,
  },
  { id: 'throttling', meaning: 'A processor that becomes too hot is slowed down.', look: throttling },
  { id: 'power', meaning: 'On battery the processor runs slower.', look: power },
  {
    id: 'clock_source',
    meaning: 'With a slow clock source, measured programs lose time whenever they read the clock.',
    look: clockSource,
  },
  {
    id: 'aslr',
    meaning: 'A random memory layout in each execution averages out the effect of a single layout.',
    look: aslr,
  },
];

const saving = ['powersave', 'conservative', 'ondemand', 'userspace'];

function governor({ facts: { governors: names } }: Machine): Finding {
  if (names.length === 0) return { status: 'ok', found: 'not shown' };
  const status = names.some((name) => saving.includes(name)) ? 'warn' : 'ok';
  return { status, found: names.join(', '), remedy: 'sudo cpupower frequency-set -g performance' };
}

/** The files that control the processor's boost (turbo). `on`: the file's text while boost is on. `off`: the text that turns boost off. */
const boosts: [path: string, on: string, off: string][] = [
  ['sys/devices/system/cpu/intel_pstate/no_turbo', '0', '1'],
  ['sys/devices/system/cpu/cpufreq/boost', '1', '0'],
];

function turbo(machine: Machine): Finding {
  for (const [path, on, off] of boosts) {
    const text = textAt(machine, path);
    if (text === on) return { status: 'warn', found: 'on', remedy: `echo ${off} | sudo tee /${path}` };
    if (text !== null) return { status: 'ok', found: 'off' };
  }
  return { status: 'ok', found: 'not shown' };
}

function throttling(machine: Machine): Finding {
  const counts = textsOfCpus(machine, 'thermal_throttle/core_throttle_count').map(Number);
  if (counts.length === 0) return { status: 'ok', found: 'not shown' };
  const times = Math.max(...counts);
  if (times === 0) return { status: 'ok', found: 'never since boot' };
  return { status: 'warn', found: `${times} times since boot`, remedy: 'Cool the machine, or turn boost off.' };
}

function power({ facts: { on_battery } }: Machine): Finding {
  if (on_battery === null) return { status: 'ok', found: 'not shown' };
  return on_battery
    ? { status: 'warn', found: 'battery', remedy: 'Connect the power supply.' }
    : { status: 'ok', found: 'mains' };
}

const slowClocks = ['hpet', 'acpi_pm', 'jiffies', 'refined-jiffies', 'pit', 'xen'];

function clockSource(machine: Machine): Finding {
  const name = textAt(machine, 'sys/devices/system/clocksource/clocksource0/current_clocksource');
  if (name === null) return { status: 'ok', found: 'not shown' };
  const remedy =
    'If the processor allows it: echo tsc | sudo tee /sys/devices/system/clocksource/clocksource0/current_clocksource';
  return { status: slowClocks.includes(name) ? 'warn' : 'ok', found: name, remedy };
}

function aslr(machine: Machine): Finding {
  const level = textAt(machine, 'proc/sys/kernel/randomize_va_space');
  if (level === null) return { status: 'ok', found: 'not shown' };
  if (level !== '0') return { status: 'ok', found: 'on' };
  return { status: 'warn', found: 'off', remedy: 'echo 2 | sudo tee /proc/sys/kernel/randomize_va_space' };
}
