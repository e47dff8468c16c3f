import { failure } from '../../core/errors.ts';
import { oneLine } from '../../core/text.ts';
import type { World } from '../../core/world.ts';
import type { Answer } from '../job.ts';
import { bell } from '../queue/bell.ts';
import { type Line, linesAfter, type Standing, standingOf, whyItWaits } from '../queue/follow.ts';
import type { Fleet } from '../queue/open.ts';
import type { Place } from '../queue/send.ts';

/** The answer to a job, and the host that gave the answer. */
export type Answered = { job: string; host: string; class: string; answer: Answer };

/** The interval in ms at which a client looks at its job if no notification comes. */
const LOOK_MS = 2000;

/** Waits for the end of a job, and reports the job's progress. @throws interrupted, fleet_cancelled, fleet_job_failed */
export async function answerOf(
  fleet: Fleet,
  place: Place,
  { signal, notify, on }: Pick<World, 'signal' | 'notify'> & { on: string },
): Promise<Answered> {
  const { job } = place;
  const { ring, wait } = bell();
  fleet.hear((what) => {
    if (what === null || what === job || what === place.queue) ring();
  });
  const note = (text: string) => notify({ kind: 'note', text });
  let told = '';
  let explained = false;
  let last: Pick<Line, 'token' | 'n'> = { token: -1, n: -1 };
  for (;;) {
    if (signal.aborted) throw failure('interrupted');
    for (const line of await linesAfter(fleet, job, last)) {
      note(oneLine(line.text));
      last = line;
    }
    const standing = await standingOf(fleet, place);
    if (standing.state === 'done') return { job, ...standing };
    if (standing.state === 'gone') throw failure('fleet_cancelled', { job });
    if (standing.state === 'failed')
      throw failure('fleet_job_failed', { job, tries: standing.tries, reason: standing.reason });
    const text = standingText(standing, job, on);
    if (text !== told) {
      note(text);
      explained = false;
    }
    told = text;
    const why = standing.state === 'waiting' && !explained ? await whyItWaits(fleet, on) : null;
    if (why !== null) {
      note(`It waits because ${why}.`);
      explained = true;
    }
    await wait(LOOK_MS, signal);
  }
}

function standingText(
  standing: Extract<Standing, { state: 'waiting' | 'measuring' }>,
  job: string,
  on: string,
): string {
  const id = job.slice(0, 8);
  const again = standing.tries > 1 ? ` (attempt ${standing.tries})` : '';
  if (standing.state === 'measuring') return `Job ${id} is on ${standing.host}${again}.`;
  const first = standing.before === 0 ? 'it is the next' : `${standing.before} come first`;
  return `Job ${id} waits for ${on}: ${first}.`;
}
