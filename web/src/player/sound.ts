import type { VoiceTrack } from './axis.js';
import { ChannelMixer } from './mixer.js';

/** The one audio element: plays the segment that the engine names; while it plays, its time is the player's clock. */
export class Sound {
  track: VoiceTrack | null = null;
  readonly mixer: ChannelMixer;
  private wantedMs: number | null = null;

  constructor(private readonly audio: HTMLAudioElement) {
    this.mixer = new ChannelMixer(audio);
    audio.addEventListener('loadedmetadata', () => this.settle());
  }

  /** Whether its time can be believed now. */
  get ready(): boolean {
    return this.track !== null && this.wantedMs === null && !this.audio.seeking
      && this.audio.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA;
  }

  /** Whether sound is really coming out, not waiting for data. */
  get running(): boolean {
    return this.ready && !this.audio.paused && !this.audio.ended && this.audio.readyState >= HTMLMediaElement.HAVE_FUTURE_DATA;
  }

  get ended(): boolean {
    return this.track !== null && this.wantedMs === null && this.audio.ended;
  }

  /** What the listener hears now, on the common axis. */
  get timeMs(): number {
    return this.track!.startMs + this.audio.currentTime * 1000 - this.mixer.delayMs;
  }

  show(track: VoiceTrack | null, atMs: number): void {
    if (track?.segment.id === this.track?.segment.id) return;
    this.track = track;
    if (!track?.segment.mediaUri) {
      this.audio.pause();
      this.audio.removeAttribute('src');
      this.audio.load();
      return;
    }
    this.wantedMs = atMs;
    this.audio.src = track.segment.mediaUri;
  }

  seek(atMs: number): void {
    if (!this.track) return;
    this.wantedMs = atMs;
    if (this.audio.readyState >= HTMLMediaElement.HAVE_METADATA) this.settle();
  }

  /** Once a tick: keeps the element's run and rate as wanted. */
  follow(rate: number, run: boolean): void {
    // A new source resets the rate to its default, so both are set.
    if (this.audio.playbackRate !== rate) this.audio.defaultPlaybackRate = this.audio.playbackRate = rate;
    if (run && this.track && this.audio.paused && !this.audio.ended) {
      this.mixer.resume();
      void this.audio.play().catch(() => undefined);
    }
    if (!run && !this.audio.paused) this.audio.pause();
  }

  private settle(): void {
    if (this.wantedMs === null || !this.track) return;
    this.audio.currentTime = Math.max(0, (this.wantedMs - this.track.startMs) / 1000);
    this.wantedMs = null;
  }
}
