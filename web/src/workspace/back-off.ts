/** How long to wait before the next try: 0.5 s doubled up to 15 s, spread so that a room of agents does not return at once.
 * @param spread 0…1. */
export function backOffMs(tries: number, spread: number): number {
  return Math.min(15_000, 500 * 2 ** Math.min(tries, 10)) * (0.5 + spread / 2);
}
