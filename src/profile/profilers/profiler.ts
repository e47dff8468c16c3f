import type { DomainName } from '../../core/domain-names.ts';

/** A profiler worth recommending. */
export type Profiler = {
  tool: string;
  title: string;
  /** Where it fits; left out means every domain that is about time (`profilers.ts`). */
  domains?: readonly DomainName[];
  languages?: readonly string[];
  /** Only on this operating system. */
  platform?: 'linux' | 'darwin';
  /** Only where recon saw this tool in the project. */
  beside?: string;
  /** False where it cannot profile a service that a signal ends, or that has threads. */
  service?: false;
  /** Only for such a command. */
  runs?: RegExp;
  /**
   * The command, `{command}` standing for the repro and `{output}` for the file to write. None: the engine runs it by itself
   * (`by: engine`), or somebody must by hand (`by: hand`).
   */
  command?: string;
  by: 'command' | 'engine' | 'hand';
  /** Name of the file it writes; the ending tells the format. */
  output: string;
  /** A command that exits with 0 where the tool is there; empty when there is nothing to ask. */
  present: readonly string[];
  install: string;
};
