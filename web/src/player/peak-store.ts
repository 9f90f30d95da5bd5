import { readPeaks } from '../api/calls.js';
import type { Peaks } from '../api/types.js';
import type { Axis } from './axis.js';
import { samplesPerPeak, tooCoarse } from './peaks.js';

/** Fetches the segments' peaks: coarse ones at once, finer ones when somebody looks closely. */
export class PeakStore {
  peaks = new Map<string, Peaks>();
  private readonly asked = new Set<string>();

  constructor(private readonly axis: Axis, private readonly changed: () => void) {}

  start(): void {
    for (const { segment, startMs, stopMs } of this.axis.voices) {
      if (segment.state === 'available' && segment.peaksUri) {
        void this.load(segment.id, segment.peaksUri, samplesPerPeak(stopMs - startMs, 8000, false));
      }
    }
  }

  /** @param msPerPixel how closely the timeline looks now. */
  look(msPerPixel: number): void {
    for (const { segment, startMs, stopMs } of this.axis.voices) {
      const have = this.peaks.get(segment.id);
      if (have && segment.peaksUri && tooCoarse(have, stopMs - startMs, msPerPixel)) {
        void this.load(segment.id, segment.peaksUri, samplesPerPeak(stopMs - startMs, have.rate, true));
      }
    }
  }

  private async load(id: string, uri: string, per: number): Promise<void> {
    const key = `${id} ${per}`;
    if (this.asked.has(key)) return;
    this.asked.add(key);
    try {
      const peaks = await readPeaks(uri, per);
      this.peaks = new Map(this.peaks).set(id, peaks);
      this.changed();
    } catch (error) {
      // A missing waveform takes nothing from playback; the lane stays empty and the console names the cause.
      console.warn('No waveform for segment', id, error);
    }
  }
}
