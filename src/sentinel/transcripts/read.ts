import { type Lines, readJsonLines } from './lines.ts';
import { type About, aboutOf, type Fact, factsOf } from './record.ts';

/** Calls `use` with each fact of a transcript, in the order of the file. @throws an error whose message is the reason */
export function visitTranscript(file: string, use: (fact: Fact, about: About) => void): Lines {
  return readJsonLines(file, (value) => {
    const facts = factsOf(value);
    if (facts === null) return false;
    const about = aboutOf(value);
    for (const fact of facts) use(fact, about);
    return true;
  });
}

/** A session as its transcript records it: the facts in the order of time. The facts of the session's subagents are included. */
export type Transcript = { about: About; facts: Fact[]; lines: Lines };

/**
 * Reads the transcript of a session and the transcripts of its subagents. Lines that are not records are counted, and cause no error.
 * @throws an error whose message is the reason: one of the files is gone, or not a regular file
 */
export function readTranscript(file: string, subagents: readonly string[]): Transcript {
  let about: About = { session: null, cwd: null, version: null, interactive: null };
  const facts: Fact[] = [];
  const counts = [file, ...subagents].map((one) =>
    visitTranscript(one, (fact, of) => {
      // A fact in a subagent's file belongs to the subagent, even if the fact itself says otherwise.
      facts.push(one === file || !('side' in fact) ? fact : { ...fact, side: true });
      about = {
        session: about.session ?? of.session,
        cwd: about.cwd ?? of.cwd,
        version: of.version ?? about.version,
        interactive: about.interactive ?? of.interactive,
      };
    }),
  );
  const sum = (of: (lines: Lines) => number) => counts.reduce((all, lines) => all + of(lines), 0);
  return {
    about,
    facts: facts.sort((a, b) => a.t - b.t),
    lines: { read: sum((l) => l.read), broken: sum((l) => l.broken), foreign: sum((l) => l.foreign) },
  };
}
