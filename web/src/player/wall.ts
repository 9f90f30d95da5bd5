import type { ScreenTrack } from './axis.js';
import { layoutAt, partIndexAt, sources } from './monitors.js';
import { Picture } from './picture.js';

/** The pictures of one screen recording in their frame: a video for each file that the choice of monitors needs, all held
 * to one clock. The first of them leads where there is no sound. What is loaded depends on the choice alone and what is
 * seen on the time as well, so that a monitor that is plugged in is there at once. */
export class Wall {
  track: ScreenTrack | null = null;
  private monitor = 0;
  private pictures: Picture[];
  private placed = '';

  /** @param lost called when a file turned out not to be playable. */
  constructor(private readonly frame: HTMLElement, private readonly lost: (track: ScreenTrack, uri: string) => void) {
    frame.replaceChildren();
    this.pictures = [this.make()];
  }

  /** Of all pictures the skew that is furthest from none; null while nothing is shown or all have just been moved. */
  get skewMs(): number | null {
    const skews = this.active.map((picture) => picture.skewMs).filter((skew) => skew !== null);
    return skews.sort((a, b) => Math.abs(b) - Math.abs(a))[0] ?? null;
  }

  /** Whether there is a file to be played at all. */
  get loaded(): boolean {
    return this.active.length > 0;
  }

  /** Whether the one that leads is there. */
  get ready(): boolean {
    return this.pictures[0]!.ready;
  }

  get complete(): boolean {
    return this.active.every((picture) => picture.ready);
  }

  get running(): boolean {
    return this.pictures[0]!.running;
  }

  get timeMs(): number {
    return this.pictures[0]!.timeMs;
  }

  /** @param monitor its number, 0: all. */
  show(track: ScreenTrack | null, monitor: number, atMs: number): void {
    this.track = track;
    this.monitor = monitor;
    const wanted = track ? sources(track.screen, monitor) : [];
    const free = this.pictures.filter((picture) => !picture.uri || !wanted.includes(picture.uri));
    this.pictures = wanted.map((uri) => this.pictures.find((picture) => picture.uri === uri) ?? free.shift() ?? this.make());
    this.pictures.forEach((picture, i) => picture.show(track, wanted[i]!, atMs));
    // One video stays, as the browser's leave to play hangs on it.
    if (!this.pictures.length) this.pictures.push(free.shift() ?? this.make());
    if (!wanted.length) this.pictures[0]!.show(null, null, atMs);
    for (const picture of free) picture.remove();
    this.place(atMs);
  }

  seek(atMs: number): void {
    for (const picture of this.active) picture.seek(atMs);
    this.place(atMs);
  }

  /** Once a tick. @param bySound whether the clock is the sound, so that the pictures have to follow it. */
  follow(clockMs: number, rate: number, run: boolean, bySound: boolean): void {
    this.place(clockMs);
    const [lead, ...others] = this.active;
    if (!lead) return;
    lead.follow(clockMs, rate, run, bySound);
    for (const picture of others) picture.follow(bySound ? clockMs : lead.timeMs, rate, run && (bySound || lead.running), true);
  }

  private get active(): Picture[] {
    return this.pictures.filter((picture) => picture.track);
  }

  private make(): Picture {
    const picture = new Picture(() => this.lost(picture.track!, picture.uri!));
    this.frame.append(picture.video);
    return picture;
  }

  /** Lays the videos out as the monitors stood; what has no place now goes on unseen. */
  private place(atMs: number): void {
    const screen = this.track?.screen;
    if (!screen) return;
    const ms = atMs - this.track!.startMs, now = [screen.id, this.monitor, partIndexAt(screen, ms), this.pictures.map((picture) => picture.uri)].join();
    if (now === this.placed) return;
    this.placed = now;
    const { ratio, tiles } = layoutAt(screen, ms, this.monitor);
    this.frame.style.setProperty('--ratio', String(ratio));
    for (const picture of this.pictures) picture.place(tiles.find((tile) => tile.uri === picture.uri) ?? null);
  }
}
