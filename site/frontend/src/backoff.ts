// How long to wait before trying again.

/**
 * Return milliseconds after the n-th failure in a row: 1 s, doubling up to `longest`,
 * ± 20 % so that a room full of browsers does not come back at once.
 */
export function backoff(failures: number, longest: number, random: () => number = Math.random): number {
  const base = 1000 * 2 ** Math.min(failures - 1, 10);
  return Math.min(longest, Math.round(base * (0.8 + 0.4 * random())));
}
