import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Interaction, Peaks } from '../api/types.js';
import { PageElement, place } from '../shared/element.js';
import { clock, spoken } from '../shared/format.js';
import { icon } from '../shared/icons.js';
import type { Axis, Span } from './axis.js';
import type { Coverage } from './coverage.js';
import { callLane, describe, marks, partyName, screenLane, type LaneSpan } from './lanes.js';
import { follow, pan, ticks, whole, zoom, type View } from './view.js';
import './channel-strip.js';
import './wave.js';

/** The lanes under the picture. Fires `seek` (ms), `mix` ({channel, volume}), `pick` (LaneSpan), `closer` (ms a pixel). */
@customElement('tdm-timeline')
export class Timeline extends PageElement {
  @property({ attribute: false }) interaction!: Interaction;
  @property({ attribute: false }) axis!: Axis;
  @property({ attribute: false }) cover!: Coverage;
  @property({ attribute: false }) peaks = new Map<string, Peaks>();
  @property() heardId: string | null = null;
  @property() seenId: string | null = null;
  @state() private view: View = { startMs: 0, endMs: 1 };
  @state() private volumes = [1, 1];
  private timeMs = 0;
  private dragging = false;

  override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('axis')) this.view = whole(this.axis.lengthMs);
  }

  /** Called for every picture: moves the playhead without a render. */
  setTime(ms: number): void {
    this.timeMs = ms;
    if (!this.dragging) {
      const next = follow(this.view, this.axis.lengthMs, ms);
      if (next !== this.view) this.view = next;
    }
    const share = (ms - this.view.startMs) / (this.view.endMs - this.view.startMs);
    this.style.setProperty('--play', String(share));
    const slider = this.querySelector('[role=slider]');
    if (slider && slider.getAttribute('aria-valuenow') !== String(Math.round(ms / 1000))) {
      slider.setAttribute('aria-valuenow', String(Math.round(ms / 1000)));
      slider.setAttribute('aria-valuetext', this.spokenTime(ms));
    }
  }

  zoomBy(factor: number): void {
    this.zoomAt(this.timeMs, factor);
  }

  override render() {
    const call = callLane(this.interaction, this.axis), screens = screenLane(this.interaction, this.axis);
    const tracks = [...this.axis.voices].sort((a, b) => Number(b.segment.id === this.heardId) - Number(a.segment.id === this.heardId));
    return html`
      <div class="tl" @pointerdown=${this.press} @pointermove=${this.move} @wheel=${this.wheel}>
        ${this.row('tl-ruler', html`${this.zoomButtons()}`, this.ruler())}
        ${this.row('tl-ribbon', html`<span>Coverage</span>`, this.ribbon())}
        ${call.length ? this.row('tl-spans', html`<span>Call</span>`, html`${this.spans(call, this.heardId)}${this.marks()}`, rows(call)) : nothing}
        ${screens.length ? this.row('tl-spans', html`<span>Screen</span>`, this.spans(screens, this.seenId), rows(screens)) : nothing}
        ${this.axis.voices.length ? [0, 1].map((channel) => this.row(`tl-wave ${this.volumes[channel] ? '' : 'is-muted'}`, this.strip(channel), html`
          <tdm-wave .tracks=${tracks} .peaks=${this.peaks} .view=${this.view} .channel=${channel} .muted=${!this.volumes[channel]}></tdm-wave>
          ${this.spans(call.filter((span) => span.kind !== 'segment'), null, true)}`)) : nothing}
        <div class="tl-over">
          <div class="tl-veil"></div>
          <div class="tl-head" role="slider" tabindex="0" aria-label="Time in the interaction" aria-valuemin="0"
            aria-valuemax=${Math.round(this.axis.lengthMs / 1000)} aria-valuenow="0" aria-valuetext=${this.spokenTime(0)}></div>
          <div class="tl-hover"><span></span></div>
        </div>
      </div>`;
  }

  override updated(): void {
    this.setTime(this.timeMs);
    const width = this.trackBox()?.width;
    if (width) this.dispatchEvent(new CustomEvent('closer', { detail: (this.view.endMs - this.view.startMs) / width }));
  }

  private row(kind: string, gutter: TemplateResult, track: unknown, rowCount = 1): TemplateResult {
    return html`<div class="tl-row ${kind}"><div class="tl-gutter">${gutter}</div>
      <div class="tl-track" ${place({ '--rows': String(rowCount) })}>${track}</div></div>`;
  }

  private zoomButtons(): TemplateResult {
    return html`<span class="tl-zoom">
      <button class="quiet tiny" aria-label="Look closer" title="Closer (+)" @click=${() => this.zoomBy(0.5)}>${icon('plus')}</button>
      <button class="quiet tiny" aria-label="Look wider" title="Wider (−)" @click=${() => this.zoomBy(2)}>${icon('minus')}</button>
      <button class="quiet tiny" aria-label="Show all" title="All (0)" @click=${() => this.zoomBy(1e9)}>${icon('fit')}</button></span>`;
  }

  private strip(channel: number): TemplateResult {
    const segment = (this.axis.voices.find((track) => track.segment.id === this.heardId) ?? this.axis.voices[0])?.segment;
    const name = segment?.channels[channel] ?? '';
    return html`<tdm-channel-strip .channel=${channel} .label=${channel ? 'Other side' : 'Agent'} .name=${partyName(this.interaction, name)}
      .volume=${this.volumes[channel]!} @mix=${this.mix}></tdm-channel-strip>`;
  }

  private mix(event: CustomEvent<{ channel: number; volume: number }>): void {
    this.volumes = this.volumes.map((volume, i) => (i === event.detail.channel ? event.detail.volume : volume));
    this.dispatchEvent(new CustomEvent('mix', { detail: event.detail }));
  }

  private ruler(): TemplateResult {
    const { stepMs, at } = ticks(this.view, 10);
    return html`${at.map((t) => html`<span class="tl-tick" ${place({ 'inset-inline-start': this.percent(t) })}>${clock(t, stepMs < 1000)}</span>`)}`;
  }

  private ribbon(): TemplateResult {
    return html`${this.cover.spans.map((span) => html`<span class="tl-cover cover-${span.why && (span.cover === 'voice' || span.cover === 'screen') ? 'part' : span.cover}" title=${span.why || coverWords[span.cover]}
      ${place(this.box(span))}></span>`)}`;
  }

  private spans(list: LaneSpan[], current: string | null, veil = false): TemplateResult {
    return html`${list.filter((span) => span.stopMs >= this.view.startMs && span.startMs <= this.view.endMs).map((span) => html`
      <span class="tl-span span-${span.kind} ${veil ? 'as-veil' : ''} ${span.id === current ? 'is-current' : ''}" title=${describe(span)}
        ${place({ ...this.box(span), '--row': String(span.row) })} @click=${() => this.dispatchEvent(new CustomEvent('pick', { detail: span }))}
        >${veil ? nothing : html`<i>${span.label}</i>`}</span>`)}`;
  }

  private marks(): TemplateResult {
    return html`${marks(this.interaction, this.axis).map((mark) => html`<span class="tl-mark" title="${clock(mark.atMs, true)} ${mark.label}"
      ${place({ 'inset-inline-start': this.percent(mark.atMs) })}></span>`)}`;
  }

  private percent(ms: number): string {
    return `${(((ms - this.view.startMs) / (this.view.endMs - this.view.startMs)) * 100).toFixed(4)}%`;
  }

  /** Cut to the view, so that the label of a long span stays in sight. */
  private box(span: Span): Record<string, string> {
    const start = Math.max(span.startMs, this.view.startMs), stop = Math.min(span.stopMs, this.view.endMs);
    const width = ((stop - start) / (this.view.endMs - this.view.startMs)) * 100;
    return { 'inset-inline-start': this.percent(start), width: `${Math.max(0, width).toFixed(4)}%` };
  }

  private spokenTime(ms: number): string {
    const now = callLane(this.interaction, this.axis).filter((span) => ms >= span.startMs && ms < span.stopMs).map((span) => span.label);
    return [spoken(ms), ...now].join(', ');
  }

  private trackBox(): DOMRect | undefined {
    return this.querySelector('.tl-over')?.getBoundingClientRect();
  }

  private msAt(event: PointerEvent | WheelEvent): number {
    const box = this.trackBox()!;
    const share = (event.clientX - box.left) / box.width;
    return this.view.startMs + share * (this.view.endMs - this.view.startMs);
  }

  private press(event: PointerEvent): void {
    if (event.button !== 0 || (event.target as Element).closest('.tl-gutter')) return;
    this.dragging = true;
    const seek = (at: PointerEvent) => this.dispatchEvent(new CustomEvent('seek', { detail: Math.max(0, Math.min(this.axis.lengthMs, this.msAt(at))) }));
    const stop = () => {
      this.dragging = false;
      window.removeEventListener('pointermove', seek);
      window.removeEventListener('pointerup', stop);
      window.removeEventListener('pointercancel', stop);
    };
    window.addEventListener('pointermove', seek);
    window.addEventListener('pointerup', stop);
    window.addEventListener('pointercancel', stop);
    seek(event);
    this.querySelector<HTMLElement>('[role=slider]')?.focus({ preventScroll: true });
  }

  private move(event: PointerEvent): void {
    const ms = this.msAt(event), inside = ms >= this.view.startMs && ms <= this.view.endMs;
    const hover = this.querySelector<HTMLElement>('.tl-hover')!;
    hover.classList.toggle('is-on', inside);
    this.style.setProperty('--hover', String((ms - this.view.startMs) / (this.view.endMs - this.view.startMs)));
    hover.firstElementChild!.textContent = clock(ms, true);
  }

  private wheel(event: WheelEvent): void {
    const width = this.view.endMs - this.view.startMs;
    if (event.ctrlKey || event.metaKey) this.zoomAt(this.msAt(event), event.deltaY > 0 ? 1.25 : 0.8);
    else if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
      this.view = pan(this.view, this.axis.lengthMs, ((event.deltaX || event.deltaY) / 1000) * width);
    } else return;
    event.preventDefault();
  }

  private zoomAt(ms: number, factor: number): void {
    this.view = zoom(this.view, this.axis.lengthMs, ms, factor);
  }
}

const rows = (spans: LaneSpan[]): number => Math.max(1, ...spans.map((span) => span.row + 1));

const coverWords = {
  full: 'Voice and screen recorded', voice: 'Voice recorded', screen: 'Screen recorded',
  paused: 'Paused', pending: 'Not here yet', lost: 'Nothing recorded',
};
