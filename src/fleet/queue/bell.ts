/** Ends a wait. A ring without a wait ends the next wait at once. */
export type Bell = {
  ring(): void;
  /** Waits for a ring, at most `ms`, or until an abort. Returns whether it rang. */
  wait(ms: number, signal: AbortSignal): Promise<boolean>;
};

export function bell(): Bell {
  let rung = false;
  let wake: (() => void) | null = null;
  return {
    ring() {
      rung = true;
      wake?.();
    },
    wait: (ms, signal) =>
      new Promise((done) => {
        const end = () => {
          clearTimeout(timer);
          signal.removeEventListener('abort', end);
          wake = null;
          done(rung);
          rung = false;
        };
        const timer = setTimeout(end, ms);
        signal.addEventListener('abort', end);
        wake = end;
        if (rung || signal.aborted) end();
      }),
  };
}
