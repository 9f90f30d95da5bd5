// Which of the server's peaks to draw where. Pure.
import type { Peaks } from '../api/types.js';
import type { View } from './view.js';

export interface Column {
  low: number;
  high: number;
}

/** How many peaks to ask for a segment at first, and when somebody looks closely. */
const COARSE = 6000, FINE = 120_000;

/** Samples a peak so that a segment has at most as many as are worth sending. The rate is a guess until the first answer. */
export function samplesPerPeak(durationMs: number, rate: number, close: boolean): number {
  const samples = (durationMs / 1000) * rate;
  return Math.max(40, Math.ceil(samples / (close ? FINE : COARSE)));
}

/** Whether the peaks are too coarse for a view: fewer than one a pixel, where finer ones can be had. */
export function tooCoarse(peaks: Peaks, durationMs: number, msPerPixel: number): boolean {
  const msPerPeak = (peaks.samplesPerPeak / peaks.rate) * 1000;
  return msPerPeak > msPerPixel * 1.5 && peaks.samplesPerPeak > samplesPerPeak(durationMs, peaks.rate, true);
}

/** The highest magnitude of a channel set, so that lanes are drawn to one scale: 1, or 32768 where peaks are integers. */
export function scaleOf(peaks: Peaks): number {
  return peaks.channels.some((channel) => channel.some((value) => Math.abs(value) > 1.5)) ? 32768 : 1;
}

/** Lowest and highest value of each of `count` columns of the view, -1…1; null where the track has no sound. */
export function columns(peaks: Peaks, channel: number, scale: number, trackStartMs: number, view: View, count: number): (Column | null)[] {
  const values = peaks.channels[channel] ?? peaks.channels[0] ?? [];
  const total = values.length >> 1, peaksPerMs = peaks.rate / peaks.samplesPerPeak / 1000;
  const msPerColumn = (view.endMs - view.startMs) / count;
  const found: (Column | null)[] = [];
  for (let i = 0; i < count; i++) {
    const from = (view.startMs + i * msPerColumn - trackStartMs) * peaksPerMs;
    const first = Math.max(0, Math.floor(from)), last = Math.min(total - 1, Math.max(first, Math.ceil(from + msPerColumn * peaksPerMs) - 1));
    if (from + msPerColumn * peaksPerMs <= 0 || first >= total) {
      found.push(null);
      continue;
    }
    let low = 0, high = 0;
    for (let k = first; k <= last; k++) {
      low = Math.min(low, values[2 * k]!);
      high = Math.max(high, values[2 * k + 1]!);
    }
    found.push({ low: low / scale, high: high / scale });
  }
  return found;
}
