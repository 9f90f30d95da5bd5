// How the picture is held to the sound. Pure: the skew in, what to do out.

/** What the page promises: the picture is never knowingly further than this from the sound, in ms. */
export const HELD_MS = 40;
/** Above this a nudge would take too long: seek. */
export const SEEK_MS = 300;
/** Where a nudge begins, so that the promise still holds while it works, and where it ends. */
const NUDGE_FROM_MS = 25;
const NUDGE_UNTIL_MS = 6;
/** A small skew is nudged so gently that nobody sees it; a large one, as after a start or a change of screens, threefold. */
const NUDGE = 0.05;
const HARD_FROM_MS = 50;

export type Correction =
  | { kind: 'none' }
  | { kind: 'rate'; factor: number }
  | { kind: 'seek' };

/**
 * @param skewMs picture minus sound: positive when the picture is ahead.
 * @param nudging the factor in force, 1 when none.
 */
export function correct(skewMs: number, nudging: number): Correction {
  const size = Math.abs(skewMs);
  if (size > SEEK_MS) return { kind: 'seek' };
  const by = size > HARD_FROM_MS ? 3 * NUDGE : NUDGE;
  const wanted = skewMs > 0 ? 1 - by : 1 + by;
  const sameWay = nudging !== 1 && nudging < 1 === wanted < 1;
  // A nudge goes on past the line where it began, or the picture would hover on that line for ever.
  if (size > NUDGE_FROM_MS || (sameWay && size > NUDGE_UNTIL_MS)) return { kind: 'rate', factor: wanted };
  return { kind: 'none' };
}

/** The middle of the last few readings: one late frame is no skew. */
export class SkewMeter {
  private readings: number[] = [];

  add(skewMs: number): number {
    this.readings.push(skewMs);
    if (this.readings.length > 7) this.readings.shift();
    return this.value!;
  }

  clear(): void {
    this.readings = [];
  }

  get value(): number | null {
    if (!this.readings.length) return null;
    const sorted = [...this.readings].sort((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)]!;
  }
}
