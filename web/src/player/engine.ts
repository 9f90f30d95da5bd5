import type { Screen, Segment } from '../api/types.js';
import { screenAt, voiceAt, type Axis, type ScreenTrack } from './axis.js';
import { sources } from './monitors.js';
import { Sound } from './sound.js';
import { Wall } from './wall.js';

export const SPEEDS = [0.5, 0.75, 1, 1.25, 1.5, 2, 3, 4] as const;
/** The recorder writes at most ten pictures a second. */
export const FRAME_MS = 100;

const UNPLAYABLE = 'the server did not deliver it, or this browser cannot play it';

/**
 * Plays an interaction on its one axis. The clock is the sound while there is any; where no sound covers the time it is
 * the picture, and where nothing does, the wall clock. It never runs backwards but by a seek.
 */
export class Engine {
  playing = false;
  rate = 1;
  /** Segment the listener chose, null: the first that covers the time. */
  voiceId: string | null = null;
  /** Agent whose screen was chosen, null: follow the sound. */
  agentId: string | null = null;
  /** The monitor that was chosen, from 1 in the order of their coming; 0: all. */
  monitor = 0;
  readonly sound: Sound;
  readonly picture: Wall;
  private positionMs = 0;
  private tickedAt = 0;
  private timer = 0;

  /**
   * @param frame where the pictures go.
   * @param changed called after each tick.
   * @param lost called when a medium turned out not to be playable.
   */
  constructor(
    readonly axis: Axis, audio: HTMLAudioElement, frame: HTMLElement,
    private readonly changed: () => void, private readonly lost: () => void,
  ) {
    this.sound = new Sound(audio);
    this.picture = new Wall(frame, (track, uri) => this.losePicture(track, uri));
    audio.addEventListener('error', () => this.lose(this.sound.track?.segment));
    this.choose();
    this.loop();
  }

  get timeMs(): number {
    return this.positionMs;
  }

  get atEnd(): boolean {
    return this.positionMs >= this.axis.lengthMs;
  }

  /** Which clock leads now. */
  get leader(): 'sound' | 'picture' | 'wall' {
    if (this.sound.track) return 'sound';
    const track = this.picture.track;
    return track && this.picture.loaded && this.positionMs >= track.startMs && (this.picture.running || !this.picture.ready) ? 'picture' : 'wall';
  }

  toggle(): void {
    if (this.playing) this.pause();
    else this.play();
  }

  play(): void {
    if (this.atEnd) this.seek(0);
    this.playing = true;
    this.tick();
  }

  pause(): void {
    this.playing = false;
    this.tick();
  }

  seek(atMs: number): void {
    this.positionMs = Math.min(this.axis.lengthMs, Math.max(0, atMs));
    const voice = this.sound.track?.segment.id, screen = this.picture.track?.screen.id;
    this.choose();
    // What was just switched stands right already.
    if (this.sound.track && this.sound.track.segment.id === voice) this.sound.seek(this.positionMs);
    if (this.picture.track && this.picture.track.screen.id === screen) this.picture.seek(this.positionMs);
    this.changed();
  }

  setRate(rate: number): void {
    this.rate = rate;
    this.tick();
  }

  /** Takes the choice of voice, agent or monitor into effect. */
  rechoose(): void {
    this.choose();
    this.changed();
  }

  close(): void {
    cancelAnimationFrame(this.timer);
    clearTimeout(this.timer);
    this.playing = false;
    this.sound.show(null, 0);
    this.picture.show(null, 0, 0);
    this.sound.mixer.close();
  }

  /** What the server would not give or the browser cannot play counts as missing, and the rest plays on. */
  private lose(medium: Segment | Screen | undefined): void {
    if (!medium) return;
    medium.state = 'missing';
    if ('agentId' in medium) medium.problem = UNPLAYABLE;
    this.rechoose();
    this.lost();
  }

  /** Of several monitors the others play on. */
  private losePicture({ screen }: ScreenTrack, uri: string): void {
    const monitor = screen.tracks?.find((track) => track.mediaUri === uri);
    if (monitor) monitor.problem = UNPLAYABLE;
    if (!monitor || !sources(screen, 0).length) this.lose(screen);
    else {
      this.rechoose();
      this.lost();
    }
  }

  /** Pictures pace it; a hidden page gets none, and there the sound goes on, so a timer does. */
  private loop(): void {
    const again = () => {
      this.tick();
      this.loop();
    };
    this.timer = document.hidden ? window.setTimeout(again, 200) : requestAnimationFrame(again);
  }

  private tick(): void {
    const now = performance.now(), pastMs = this.tickedAt ? now - this.tickedAt : 0;
    this.tickedAt = now;
    if (this.playing) {
      this.positionMs = Math.min(this.axis.lengthMs, Math.max(this.positionMs, this.readClock(pastMs)));
      if (this.atEnd) this.playing = false;
      this.choose();
    }
    this.sound.follow(this.rate, this.playing);
    const waiting = this.sound.track !== null && !this.sound.running;
    this.picture.follow(this.bySound ? this.sound.timeMs : this.positionMs, this.rate, this.playing && !waiting, this.bySound);
    this.changed();
  }

  private get bySound(): boolean {
    return this.sound.track !== null && this.sound.ready;
  }

  private readClock(pastMs: number): number {
    if (this.sound.track) {
      if (this.sound.ended) return this.sound.track.stopMs;
      return this.sound.ready ? this.sound.timeMs : this.positionMs;
    }
    if (this.leader === 'picture') return this.picture.ready ? this.picture.timeMs : this.positionMs;
    return this.positionMs + pastMs * this.rate;
  }

  private choose(): void {
    const voice = voiceAt(this.axis, this.positionMs, this.voiceId, this.sound.track?.segment.id ?? null);
    this.sound.show(voice, this.positionMs);
    const screen = screenAt(this.axis, this.positionMs, this.agentId, voice, this.picture.track?.screen.id ?? null);
    this.picture.show(screen, this.monitor, this.positionMs);
  }
}
