import type { Frame, Profile } from '../model.ts';

/** Where no stack tells a file, nothing tells the project from the rest: then every function counts as the project's. */
export function ownWithoutFiles(profile: Profile): Profile {
  if (profile.frames.some((frame) => frame.file !== null)) return profile;
  const frames = profile.frames.map((f): Frame => (f.kind === 'code' ? { ...f, kind: 'project' } : f));
  return { ...profile, frames };
}
