import { readInteraction } from '../api/calls.js';
import type { Interaction } from '../api/types.js';

/** How often an interaction that still grows is asked for again. */
const REFRESH_MS = 3000;

/** Reads an interaction, and reads it again until all of its media have come to rest. */
export class Following {
  private timer = 0;
  private stopped = false;
  private known = '';

  /** @param changed called with the first answer and with each that differs. @param failed when the first answer is none. */
  constructor(
    private readonly callUuid: string,
    private readonly changed: (interaction: Interaction) => void,
    private readonly failed: (why: string) => void,
  ) {
    void this.read();
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  private async read(): Promise<void> {
    try {
      const next = await readInteraction(this.callUuid);
      if (this.stopped) return;
      const media = [...next.segments, ...next.screens], key = JSON.stringify([media.map((medium) => [medium.id, medium.state]), next.links, next.missing]);
      if (key !== this.known) {
        this.known = key;
        this.changed(next);
      }
      if (!media.some((medium) => medium.state === 'recording' || medium.state === 'uploading')) return;
    } catch (error) {
      if (this.stopped) return;
      if (!this.known) return this.failed((error as Error).message);
    }
    this.timer = window.setTimeout(() => void this.read(), REFRESH_MS);
  }
}
