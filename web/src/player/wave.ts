import { html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Peaks } from '../api/types.js';
import { PageElement } from '../shared/element.js';
import type { VoiceTrack } from './axis.js';
import { columns, scaleOf, type Column } from './peaks.js';
import type { View } from './view.js';

const BAR = 2, GAP = 1;

/** One channel of all segments as bars around a middle line. */
@customElement('tdm-wave')
export class Wave extends PageElement {
  @property({ attribute: false }) tracks: VoiceTrack[] = [];
  @property({ attribute: false }) peaks = new Map<string, Peaks>();
  @property({ attribute: false }) view: View = { startMs: 0, endMs: 1 };
  @property({ type: Number }) channel = 0;
  @property({ type: Boolean }) muted = false;
  private readonly resized = new ResizeObserver(() => this.draw());
  private readonly redraw = () => this.draw();

  override connectedCallback(): void {
    super.connectedCallback();
    this.resized.observe(this);
    window.addEventListener('tandem-theme', this.redraw);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.resized.disconnect();
    window.removeEventListener('tandem-theme', this.redraw);
  }

  override render() {
    return html`<canvas class="wave-canvas" aria-hidden="true"></canvas>`;
  }

  override updated(): void {
    this.draw();
  }

  private draw(): void {
    const canvas = this.querySelector('canvas');
    const width = this.clientWidth, height = this.clientHeight;
    if (!canvas || !width || !height) return;
    const dots = Math.min(2, devicePixelRatio || 1);
    canvas.width = Math.round(width * dots);
    canvas.height = Math.round(height * dots);
    const ink = canvas.getContext('2d')!;
    ink.scale(dots, dots);
    const style = getComputedStyle(this);
    ink.fillStyle = style.getPropertyValue(this.muted ? '--faint' : this.channel === 0 ? '--agent' : '--other');
    const count = Math.floor(width / (BAR + GAP));
    const all = this.tracks.map((track) => this.columnsOf(track, count));
    for (let i = 0; i < count; i++) {
      const column = all.map((each) => each?.[i]).find((each) => each != null);
      if (column) this.bar(ink, i * (BAR + GAP), column, height);
    }
  }

  private columnsOf(track: VoiceTrack, count: number): (Column | null)[] | null {
    const peaks = this.peaks.get(track.segment.id);
    return peaks ? columns(peaks, this.channel, scaleOf(peaks), track.startMs, this.view, count) : null;
  }

  /** Quiet speech is lifted, or a waveform of telephone speech is a flat line with a few spikes. */
  private bar(ink: CanvasRenderingContext2D, x: number, column: Column, height: number): void {
    const lift = (value: number) => Math.pow(Math.min(1, Math.abs(value)), 0.6);
    const middle = height / 2, up = Math.max(0.5, lift(column.high) * (middle - 2)), down = Math.max(0.5, lift(column.low) * (middle - 2));
    ink.beginPath();
    ink.roundRect(x, middle - up, BAR, up + down, 1);
    ink.fill();
  }
}
