import type { ScreenTrack } from './axis.js';
import { correct, SkewMeter } from './correction.js';

/** The one video element: shows the screen that the engine names and is held to its clock. */
export class Picture {
  track: ScreenTrack | null = null;
  private readonly meter = new SkewMeter();
  private factor = 1;
  private soughtAt = 0;
  /** What a seek costs here, so that a seek during play aims ahead by as much. */
  private seekCostMs = 120;

  constructor(private readonly video: HTMLVideoElement) {
    video.addEventListener('seeked', () => {
      if (this.soughtAt) this.seekCostMs = 0.5 * this.seekCostMs + 0.5 * Math.min(1500, performance.now() - this.soughtAt);
      this.soughtAt = 0;
      this.meter.clear();
    });
  }

  /** Picture minus clock in ms, positive when ahead; null while nothing is shown or it has just been moved. */
  get skewMs(): number | null {
    return this.track ? this.meter.value : null;
  }

  get ready(): boolean {
    return this.track !== null && !this.video.seeking && this.video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA;
  }

  /** Whether its own clock can carry the player where there is no sound. */
  get running(): boolean {
    return this.ready && !this.video.paused && !this.video.ended;
  }

  get timeMs(): number {
    return this.track!.startMs + this.video.currentTime * 1000;
  }

  show(track: ScreenTrack | null, atMs: number): void {
    if (track?.screen.id === this.track?.screen.id) return;
    this.track = track;
    this.meter.clear();
    this.soughtAt = 0;
    if (!track?.screen.mediaUri) {
      this.video.pause();
      this.video.removeAttribute('src');
      this.video.load();
      return;
    }
    this.video.src = track.screen.mediaUri;
    this.video.currentTime = this.place(atMs);
  }

  seek(atMs: number): void {
    if (!this.track) return;
    this.meter.clear();
    this.video.currentTime = this.place(atMs);
  }

  /** Once a tick. @param bySound whether the clock is the sound, so that the picture has to follow it. */
  follow(clockMs: number, rate: number, run: boolean, bySound: boolean): void {
    if (!this.track) return;
    const wanted = (clockMs - this.track.startMs) / 1000;
    const outside = wanted < 0 || (Number.isFinite(this.video.duration) && wanted >= this.video.duration);
    if (!run || outside) this.hold(outside);
    else this.run(wanted, rate, bySound);
  }

  private hold(outside: boolean): void {
    if (!this.video.paused) this.video.pause();
    if (outside) this.meter.clear();
  }

  private run(wanted: number, rate: number, bySound: boolean): void {
    if (this.video.paused && !this.video.ended) void this.video.play().catch(() => undefined);
    if (!bySound) {
      this.setRate(rate);
      return;
    }
    if (!this.ready) return;
    const skewMs = this.meter.add((this.video.currentTime - wanted) * 1000 / rate);
    const step = correct(skewMs, this.factor);
    if (step.kind === 'seek') {
      if (this.soughtAt) return;
      this.soughtAt = performance.now();
      this.video.currentTime = Math.max(0, wanted + this.seekCostMs * rate / 1000);
      this.factor = 1;
    } else {
      this.factor = step.kind === 'rate' ? step.factor : 1;
    }
    this.setRate(rate * this.factor);
  }

  private setRate(rate: number): void {
    if (Math.abs(this.video.playbackRate - rate) > 0.001) this.video.playbackRate = rate;
  }

  private place(atMs: number): number {
    return Math.max(0, (atMs - this.track!.startMs) / 1000);
  }
}
