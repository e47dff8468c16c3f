/** The place and moment of the invented measurements. */
export const about = { place: '/plugins', at: '2026-03-01T09:12:00.000Z' };
