import { html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { PageElement } from '../shared/element.js';
import { icon } from '../shared/icons.js';

/** Name, mute and volume of one channel. Fires `mix` with {channel, volume}; a muted channel keeps its slider. */
@customElement('tdm-channel-strip')
export class ChannelStrip extends PageElement {
  @property({ type: Number }) channel = 0;
  @property() label = '';
  @property() name = '';
  @property({ type: Number }) volume = 1;
  private kept = 1;

  override render() {
    const off = this.volume === 0;
    return html`<div class="strip strip-${this.channel}">
      <div class="strip-name"><b>${this.label}</b><span title=${this.name}>${this.name}</span></div>
      <button class="quiet tiny" aria-pressed=${off} aria-label="Mute ${this.label}" title=${off ? 'Muted: unmute' : 'Mute'}
        @click=${() => this.set(off ? this.kept || 1 : 0)}>${icon(off ? 'muted' : 'speaker')}</button>
      <input type="range" min="0" max="100" .value=${String(Math.round(this.volume * 100))} aria-label="Volume of ${this.label}"
        @input=${(event: Event) => this.set(Number((event.target as HTMLInputElement).value) / 100)}>
    </div>`;
  }

  private set(volume: number): void {
    if (this.volume) this.kept = this.volume;
    this.dispatchEvent(new CustomEvent('mix', { detail: { channel: this.channel, volume } }));
  }
}
