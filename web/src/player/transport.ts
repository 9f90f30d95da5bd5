import { html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { PageElement } from '../shared/element.js';
import { clock } from '../shared/format.js';
import { icon } from '../shared/icons.js';
import type { Action } from './keys.js';
import { SPEEDS } from './engine.js';

const leaderWords = {
  sound: 'The sound leads; the picture is held to it within 40 ms',
  picture: 'No sound here; the picture leads',
  wall: 'Neither sound nor picture here',
};

/** Play, jumps, speed, time and the measured skew. Fires `act` with an Action and `rate` with a number. */
@customElement('tdm-transport')
export class Transport extends PageElement {
  @property({ type: Boolean }) playing = false;
  @property({ type: Number }) rate = 1;
  @property({ type: Number }) lengthMs = 0;
  @property() leader: keyof typeof leaderWords = 'wall';

  /** Called for every picture, without a render. */
  setTime(ms: number, skewMs: number | null): void {
    setText(this.querySelector('.tp-now'), clock(ms, true));
    const skew = this.querySelector<HTMLElement>('[data-role=skew]');
    if (!skew) return;
    setText(skew, skewMs === null ? '–' : `${Math.round(skewMs)} ms`);
    skew.classList.toggle('is-off', skewMs !== null && Math.abs(skewMs) > 40);
  }

  override render() {
    return html`
      <div class="transport" role="toolbar" aria-label="Playback">
        ${this.button({ do: 'by', ms: -10_000 }, 'replay', 'Back 10 seconds (J)', '10')}
        ${this.button({ do: 'frame', by: -1 }, 'stepBack', 'Back one picture (,)')}
        <button class="play" aria-label=${this.playing ? 'Pause' : 'Play'} title="Play or pause (Space)" @click=${() => this.act({ do: 'toggle' })}>
          ${icon(this.playing ? 'pause' : 'play')}</button>
        ${this.button({ do: 'frame', by: 1 }, 'stepOn', 'On one picture (.)')}
        ${this.button({ do: 'by', ms: 10_000 }, 'forward', 'On 10 seconds (L)', '10')}
        <span class="tp-time"><b class="tp-now">0:00.0</b><span> / ${clock(this.lengthMs, true)}</span></span>
        <span class="spring"></span>
        <span class="tp-skew" title=${leaderWords[this.leader]}>Sync <output data-role="skew" aria-live="off">–</output></span>
        <label class="tp-rate"><span class="sr-only">Speed</span>
          <select @change=${this.choose} aria-label="Speed">
            ${SPEEDS.map((speed) => html`<option value=${speed} ?selected=${speed === this.rate}>${speed}×</option>`)}</select></label>
        ${this.button({ do: 'copy' }, 'link', 'Copy a link to this moment (C)')}
        ${this.button({ do: 'full' }, 'full', 'Full screen (F)')}
        ${this.button({ do: 'help' }, 'help', 'Keyboard (?)')}
      </div>`;
  }

  private button(action: Action, name: Parameters<typeof icon>[0], label: string, badge = '') {
    return html`<button class="quiet round" aria-label=${label} title=${label} @click=${() => this.act(action)}>${icon(name)}${badge ? html`<small>${badge}</small>` : ''}</button>`;
  }

  private choose(event: Event): void {
    this.dispatchEvent(new CustomEvent('rate', { detail: Number((event.target as HTMLSelectElement).value) }));
  }

  private act(action: Action): void {
    this.dispatchEvent(new CustomEvent('act', { detail: action }));
  }
}

function setText(element: Element | null, text: string): void {
  if (element && element.textContent !== text) element.textContent = text;
}
