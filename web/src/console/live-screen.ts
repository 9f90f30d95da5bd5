// Plays what the server hands on: a text message names the part, the first binary one after it is its init segment, the
// others are fragments.

/** What a text message says. */
interface Part { captureId: string; part: number; codec: string; width: number; height: number }

const RETRY_MS = 2_000, KEEP_S = 30, BEHIND_S = 0.05, LATE_S = 1.5;

/** A video element fed by a socket, at the live edge; connects again until closed. */
export class LiveScreen {
  private socket: WebSocket | null = null;
  private buffer: SourceBuffer | null = null;
  private waiting: ArrayBuffer[] = [];
  private closed = false;

  /** @param says Told what to show instead of a picture; empty: the picture is there. */
  constructor(private readonly agentId: string, private readonly video: HTMLVideoElement, private readonly says: (text: string) => void) {
    this.connect();
  }

  close(): void {
    this.closed = true;
    this.socket?.close();
  }

  private connect(): void {
    if (this.closed) return;
    const address = new URL(`/api/v2/agents/${encodeURIComponent(this.agentId)}/screen/live`, location.href);
    address.protocol = address.protocol.replace('http', 'ws');
    const socket = this.socket = new WebSocket(address);
    socket.binaryType = 'arraybuffer';
    socket.onopen = () => this.says('Nothing is recorded now. The picture comes with the next recording.');
    socket.onmessage = (event: MessageEvent<string | ArrayBuffer>) => {
      if (typeof event.data === 'string') this.begin(JSON.parse(event.data) as Part);
      else { this.waiting.push(event.data); this.pump(); }
    };
    socket.onclose = () => {
      if (this.closed) return;
      this.says('The connection was lost, or you may not watch this agent. Trying again…');
      setTimeout(() => this.connect(), RETRY_MS);
    };
  }

  /** Each part has sizes and times of its own, so each has a source of its own. */
  private begin(part: Part): void {
    const type = `video/mp4; codecs="${part.codec}"`;
    this.waiting = [];
    this.buffer = null;
    if (!MediaSource.isTypeSupported(type)) { this.says(`This browser does not play ${part.codec}.`); return; }
    const source = new MediaSource();
    URL.revokeObjectURL(this.video.src);
    this.video.src = URL.createObjectURL(source);
    source.addEventListener('sourceopen', () => {
      this.buffer = source.addSourceBuffer(type);
      this.buffer.addEventListener('updateend', () => { this.follow(); this.pump(); });
      this.pump();
    }, { once: true });
  }

  private pump(): void {
    const buffer = this.buffer;
    if (!buffer || buffer.updating) return;
    const first = buffer.buffered.length ? buffer.buffered.start(0) : 0, next = this.waiting[0];
    if (this.video.currentTime - first > 2 * KEEP_S) buffer.remove(first, this.video.currentTime - KEEP_S);
    else if (next) { this.waiting.shift(); buffer.appendBuffer(next); }
  }

  /** A screen on which nothing changes sends nothing: the last picture stands, and the next is jumped to. */
  private follow(): void {
    const ranges = this.buffer!.buffered;
    if (!ranges.length) return;
    const edge = ranges.end(ranges.length - 1), late = edge - this.video.currentTime;
    if (late > LATE_S || this.video.currentTime < ranges.start(ranges.length - 1)) this.video.currentTime = Math.max(ranges.start(ranges.length - 1), edge - BEHIND_S);
    void this.video.play().catch(() => undefined);
    this.says('');
  }
}
