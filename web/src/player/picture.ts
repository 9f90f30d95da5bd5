import type { ScreenTrack } from './axis.js';
import { correct, SkewMeter } from './correction.js';
import type { Tile } from './monitors.js';

/** For so many ticks a picture that came to a stand is handed in again, ever more seldom. */
const SETTLING_TICKS = 256;

/** A video element: shows a file of a screen and is held to the engine's clock. */
export class Picture {
  readonly video = document.createElement('video');
  track: ScreenTrack | null = null;
  uri: string | null = null;
  private readonly meter = new SkewMeter();
  private factor = 1;
  private soughtAt = 0;
  /** Ticks since it came to a stand. */
  private held = 0;
  private handedIn = 0;
  /** What a seek costs here, so that a seek during play aims ahead by as much. */
  private seekCostMs = 120;

  /** @param lost called when the file turned out not to be playable. */
  constructor(lost: () => void) {
    const { video } = this;
    Object.assign(video, { muted: true, playsInline: true, preload: 'auto', tabIndex: -1 });
    video.dataset.role = 'screen';
    video.setAttribute('aria-label', 'Recorded screen');
    video.addEventListener('error', () => { if (this.track) lost(); });
    video.addEventListener('seeked', () => {
      if (this.soughtAt) this.seekCostMs = 0.5 * this.seekCostMs + 0.5 * Math.min(1500, performance.now() - this.soughtAt);
      this.soughtAt = 0;
      this.meter.clear();
      this.held = 0;
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

  show(track: ScreenTrack | null, uri: string | null, atMs: number): void {
    if (track?.screen.id === this.track?.screen.id && uri === this.uri) return;
    this.track = uri ? track : null;
    this.uri = uri;
    this.meter.clear();
    this.soughtAt = 0;
    if (!this.track || !uri) {
      this.video.pause();
      this.video.removeAttribute('src');
      this.video.load();
      return;
    }
    this.video.src = uri;
    this.video.currentTime = this.timeOf(atMs);
  }

  /** Ends the loading as well. */
  remove(): void {
    this.show(null, null, 0);
    this.video.remove();
  }

  /** @param tile null: nowhere. */
  place(tile: Tile | null): void {
    const { style } = this.video, share = (value: number) => `${value * 100}%`;
    style.visibility = tile ? '' : 'hidden';
    if (!tile) return;
    this.video.setAttribute('aria-label', tile.label);
    Object.assign(style, { left: share(tile.x), top: share(tile.y), width: share(tile.width), height: share(tile.height) });
  }

  seek(atMs: number): void {
    if (!this.track) return;
    this.meter.clear();
    this.video.currentTime = this.timeOf(atMs);
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
    if (this.video.seeking || this.held >= SETTLING_TICKS) return;
    this.held += 1;
    const powerOfTwo = (this.held & (this.held - 1)) === 0;
    if (powerOfTwo) this.handIn();
  }

  /** While Chromium's compositor has not acknowledged a video's last picture, the next one is thrown away; where the video stands
   * none follows, and the old one stays on the screen (VideoFrameSubmitter::SubmitFrame). To ask for a callback with the next
   * picture makes it submit the one that it has. */
  private handIn(): void {
    this.video.cancelVideoFrameCallback?.(this.handedIn);
    this.handedIn = this.video.requestVideoFrameCallback?.(() => undefined);
  }

  private run(wanted: number, rate: number, bySound: boolean): void {
    this.held = 0;
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

  private timeOf(atMs: number): number {
    return Math.max(0, (atMs - this.track!.startMs) / 1000);
  }
}
