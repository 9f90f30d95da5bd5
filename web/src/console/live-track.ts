const KEEP_S = 30, BEHIND_S = 0.05, LATE_S = 1.5;

/** One track of a part that is watched live: a video fed with its init segment and then its fragments, at the live edge. */
export class LiveTrack {
  readonly video = document.createElement('video');
  private readonly source = new MediaSource();
  private buffer: SourceBuffer | null = null;
  private readonly waiting: ArrayBuffer[] = [];

  /** @param codec RFC 6381; the browser must play it. @param shown called when there is a picture. */
  constructor(codec: string, label: string, private readonly shown: () => void) {
    Object.assign(this.video, { muted: true, playsInline: true });
    this.video.setAttribute('aria-label', label);
    this.video.src = URL.createObjectURL(this.source);
    this.source.addEventListener('sourceopen', () => {
      this.buffer = this.source.addSourceBuffer(typeOf(codec));
      this.buffer.addEventListener('updateend', () => { this.follow(); this.pump(); });
      this.pump();
    }, { once: true });
  }

  static plays(codec: string): boolean {
    return MediaSource.isTypeSupported(typeOf(codec));
  }

  take(media: ArrayBuffer): void {
    this.waiting.push(media);
    this.pump();
  }

  remove(): void {
    URL.revokeObjectURL(this.video.src);
    this.video.removeAttribute('src');
    this.video.remove();
  }

  private pump(): void {
    const { buffer } = this;
    if (!buffer || buffer.updating || this.source.readyState !== 'open') return;
    const first = buffer.buffered.length ? buffer.buffered.start(0) : 0, next = this.waiting[0];
    if (this.video.currentTime - first > 2 * KEEP_S) buffer.remove(first, this.video.currentTime - KEEP_S);
    else if (next) { this.waiting.shift(); buffer.appendBuffer(next); }
  }

  /** A screen on which nothing changes sends nothing: the last picture stands, and the next is jumped to. */
  private follow(): void {
    if (this.source.readyState !== 'open') return;
    const ranges = this.buffer!.buffered;
    if (!ranges.length) return;
    const edge = ranges.end(ranges.length - 1), late = edge - this.video.currentTime;
    if (late > LATE_S || this.video.currentTime < ranges.start(ranges.length - 1)) this.video.currentTime = Math.max(ranges.start(ranges.length - 1), edge - BEHIND_S);
    void this.video.play().catch(() => undefined);
    this.shown();
  }
}

const typeOf = (codec: string): string => `video/mp4; codecs="${codec}"`;
