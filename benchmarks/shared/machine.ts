import { systemClock } from '../../src/core/clock.ts';
import { describeEnvironment } from '../../src/measure/environment/environment.ts';

/** The machine and date of the figures, without which they are meaningless. */
export function machineLine(): string {
  const { cpu_model, cores, virtualised, node, platform, kernel, load_end } = describeEnvironment().end();
  const machine = `${cores} × ${cpu_model}${virtualised ? ', virtual machine' : ''}`;
  return `${systemClock.now().slice(0, 10)}, ${machine}, ${platform} ${kernel}, Node ${node.slice(1)}, load ${load_end}`;
}
