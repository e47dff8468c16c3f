import type { Frame, Profile } from '../model.ts';

/**
 * Gives frames of inlined code back to their functions. perf names the function that was compiled and the line that was written, which may
 * lie in a header: `fill` at `stl_algo.h:1870`. If other frames show that the function is the project's, these are its too, without a line.
 */
export function withInlinedLines(profile: Profile): Profile {
  const own = new Map<string, Frame>();
  for (const frame of profile.frames)
    if (frame.kind === 'project' && !own.has(frame.function)) own.set(frame.function, frame);
  const owners = profile.frames.map((frame) => (isElsewhere(frame) ? own.get(frame.function) : undefined));
  if (owners.every((owner) => owner === undefined)) return profile;
  return {
    ...profile,
    frames: profile.frames.map((frame, i) => owners[i] ?? frame),
    nodes: profile.nodes.map((node) => (owners[node.frame] ? { ...node, line: null } : node)),
  };
}

/** A file that is named without folders and is not the project's. */
const isElsewhere = ({ kind, file }: Frame) => kind === 'dependency' && file !== null && !file.includes('/');
