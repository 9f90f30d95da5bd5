import { readState } from '../api/calls.js';
import type { DesktopState } from '../api/desktop-types.js';
import { backOffMs } from './back-off.js';

/** The agent's state as the server says it, over a socket that is opened anew whenever it is lost. */
export class Notifications {
  private socket: WebSocket | null = null;
  private timer = 0;
  private tries = 0;
  private closed = false;

  /** @param online false while the socket is lost: what the page shows may be old. */
  constructor(private readonly onState: (state: DesktopState) => void, private readonly onOnline: (online: boolean) => void) {
    this.open();
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
    this.socket?.close();
  }

  private open(): void {
    const address = new URL('/api/v2/notifications', location.href);
    address.protocol = address.protocol.replace('http', 'ws');
    const socket = (this.socket = new WebSocket(address));
    let told = false;
    socket.onopen = () => {
      this.tries = 0;
      this.onOnline(true);
      // The socket tells changes; what was so before it opened is asked for, and counts only while no change has come:
      // the answer may be older than it.
      readState().then((state) => { if (this.socket === socket && !told) this.onState(state); }, () => undefined);
    };
    socket.onmessage = (message) => {
      const event = JSON.parse(String(message.data)) as { type?: string } & DesktopState;
      if (event.type !== 'state') return;
      told = true;
      this.onState(event);
    };
    socket.onclose = () => {
      if (this.closed) return;
      this.onOnline(false);
      this.timer = window.setTimeout(() => this.open(), backOffMs(this.tries++, Math.random()));
    };
  }
}
