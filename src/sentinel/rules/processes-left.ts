import { rule } from './rule.ts';

export const processesLeft = rule<{ processes: number }>({
  id: 'processes-left',
  severity: 'low',
  title: 'The hook leaves processes behind',
  remedy: { act: 'end the processes that the hook starts', lines: 10, saves: false },
  advice: ({ processes }) =>
    `${processes === 1 ? 'A process was' : `${processes} processes were`} still running when the hook had ended: each execution may leave more. ` +
    'End the processes, or check before each start that no such process is running.',
  detect({ measured, script }) {
    const processes = measured?.processes_left ?? 0;
    return processes > 0 ? [{ lines: [script.declared], facts: { processes } }] : [];
  },
});
