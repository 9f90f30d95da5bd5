// Plays what the server hands on: a text message names the part, the first binary one of each track after it is that track's
// init segment, the others are fragments.
import type { Monitor } from '../api/types.js';
import { LiveTrack } from './live-track.js';

/** What a text message says. With tracks, one for each monitor, a binary message begins with a byte whose upper half is the
 * track's index. */
interface Part { captureId: string; part: number; codec: string; width: number; height: number; tracks?: { codec: string; monitor: Monitor }[] | null }

const RETRY_MS = 2_000;

/** An agent's monitors in a frame, fed by a socket, at the live edge; connects again until closed. */
export class LiveScreen {
  private socket: WebSocket | null = null;
  private tracks: LiveTrack[] = [];
  private several = false;
  private closed = false;

  /** @param says Told what to show instead of a picture; empty: the picture is there. */
  constructor(private readonly agentId: string, private readonly frame: HTMLElement, private readonly says: (text: string) => void) {
    this.connect();
  }

  close(): void {
    this.closed = true;
    this.socket?.close();
    this.clear();
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
      else if (this.several) this.tracks[new Uint8Array(event.data)[0]! >> 4]?.take(event.data.slice(1));
      else this.tracks[0]?.take(event.data);
    };
    socket.onclose = () => {
      if (this.closed) return;
      this.says('The connection was lost, or you may not watch this agent. Trying again…');
      setTimeout(() => this.connect(), RETRY_MS);
    };
  }

  /** Each part has sizes and times of its own, so each has sources of its own. */
  private begin(part: Part): void {
    this.clear();
    this.several = !!part.tracks?.length;
    const all = { name: '', x: 0, y: 0, width: part.width, height: part.height };
    const shown = this.several ? part.tracks! : [{ codec: part.codec, monitor: all }];
    const strange = shown.find((track) => !LiveTrack.plays(track.codec));
    if (strange) { this.says(`This browser does not play ${strange.codec}.`); return; }
    this.frame.style.setProperty('--ratio', String(part.width / part.height));
    this.tracks = shown.map(({ codec, monitor }) => {
      const track = new LiveTrack(codec, `Screen of ${this.agentId}${monitor.name ? `, monitor ${monitor.name}` : ''}`, () => this.says(''));
      const share = (pixels: number, of: number) => `${(100 * pixels) / of}%`;
      Object.assign(track.video.style, {
        left: share(monitor.x, part.width), top: share(monitor.y, part.height), width: share(monitor.width, part.width), height: share(monitor.height, part.height),
      });
      this.frame.append(track.video);
      return track;
    });
  }

  private clear(): void {
    for (const track of this.tracks) track.remove();
    this.tracks = [];
  }
}
