/** A bell that wakes a waiting function. If no function waits when the bell rings, the next wait ends at once. */
export type Bell = {
  ring(): void;
  /** Waits until the bell rings, `ms` have passed, or the signal aborts. Returns whether it rang. */
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
