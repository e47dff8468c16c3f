/** Wakes who waits. A ring that comes while nobody waits ends the next wait at once. */
export type Bell = {
  ring(): void;
  /** Waits for a ring, at most `ms`; an abort ends it too. Gives whether it rang. */
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
