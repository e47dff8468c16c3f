import type { LiveHolder } from '../../core/lock.ts';
import { type Holding, holderText } from '../../experiment/measurement-lock.ts';
import { measurementQueue } from '../../measure/environment/machine-lock.ts';

/** Who measures on this machine, and who waits for it, the next one first. */
type Queue = { measuring: Holding | null; waiting: Holding[] };

/** The queue as it is now; nothing is changed. */
export function queueNow(env: NodeJS.ProcessEnv): Queue {
  const { holder, waiting } = measurementQueue(env);
  return { measuring: holder && holdingOf(holder), waiting: waiting.map(holdingOf) };
}

/** The same as lines of `status`; none where nobody measures. */
export function queueLines({ measuring, waiting }: Queue): string[] {
  return [
    ...(measuring ? [`measures ${holderText(measuring)}`] : []),
    ...waiting.map((process, i) => `waits ${i + 1}  ${holderText(process)}`),
  ];
}

const holdingOf = ({ pid, host, since, what }: LiveHolder): Holding => ({ pid, host, since, what });
