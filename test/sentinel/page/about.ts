/** Where and when what is made up was measured. */
export const about = { place: '/plugins', at: '2026-03-01T09:12:00.000Z' };
