/** A loop that works when woken and looks on its own now and then, one round at a time. */
export function wakeable(
  round: () => Promise<number>,
  everyMs: number,
  log: (event: string, fields?: Record<string, unknown>) => void,
) {
  let running: Promise<void> | null = null;
  let again = false;
  let stopped = false;

  const run = async () => {
    do {
      again = false;
      try {
        if ((await round()) > 0) again = true;
      } catch (error) {
        log('work-failed', { error: String(error) });
      }
    } while (again && !stopped);
  };
  const wake = () => {
    again = true;
    if (stopped || running) return;
    running = run().finally(() => {
      running = null;
    });
  };
  const timer = setInterval(wake, everyMs).unref();
  return {
    wake,
    /** Lets the round in progress finish. */
    async stop() {
      stopped = true;
      clearInterval(timer);
      await running;
    },
  };
}
