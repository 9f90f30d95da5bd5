import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Interaction, ScreenPart } from '../api/types.js';
import { PageElement } from '../shared/element.js';
import { icon } from '../shared/icons.js';
import type { Axis, ScreenTrack } from './axis.js';
import { agentName } from './lanes.js';
import { gapReason } from './gap.js';
import { isConnected, monitorNames, partAt } from './monitors.js';

/** The frame of the pictures, which are the engine's, the choice of agent and monitor, and a card where there is no picture.
 * Fires `choose-agent` (id or null) and `choose-monitor` (number, 0: all). */
@customElement('tdm-stage')
export class Stage extends PageElement {
  @property({ attribute: false }) interaction!: Interaction;
  @property({ attribute: false }) axis!: Axis;
  @property({ attribute: false }) shown: ScreenTrack | null = null;
  @property() agentId: string | null = null;
  /** Whole seconds are enough to know what a card has to say. */
  @property({ type: Number }) timeMs = 0;
  @property({ type: Boolean }) waiting = false;
  @property({ type: Number }) monitor = 0;

  override render() {
    const gap = gapReason(this.interaction, this.axis, this.shown, this.timeMs, this.agentId, this.monitor);
    return html`
      <div class="stage">
        ${this.tabs()}
        <div class="stage-box">
          <div class="stage-frame ${gap && !gap.over ? 'is-empty' : ''}"></div>
          ${gap ? html`<div class="gap-card ${gap.over ? 'is-over' : ''}" role="status">${icon(gap.icon)}<b>${gap.title}</b>
            ${gap.why ? html`<span>${gap.why}</span>` : nothing}</div>` : nothing}
          ${this.waiting ? html`<div class="stage-wait" role="status"><span class="spinner"></span>Loading…</div>` : nothing}
        </div>
      </div>`;
  }

  private tabs(): TemplateResult | typeof nothing {
    const names = this.shown ? monitorNames(this.shown.screen) : [];
    const agents = [...new Set(this.interaction.screens.map((screen) => screen.agentId))];
    if (agents.length < 2 && names.length < 2) return nothing;
    const pick = (id: string | null) => () => this.dispatchEvent(new CustomEvent('choose-agent', { detail: id }));
    return html`<div class="stage-tabs">
      ${agents.length > 1 ? html`<div class="tabs" role="group" aria-label="Whose screen">
        <button aria-pressed=${this.agentId === null} @click=${pick(null)} title="Show the screen of the agent who is heard">Follow the call</button>
        ${agents.map((id) => html`<button aria-pressed=${this.agentId === id} class=${this.shown?.screen.agentId === id ? 'is-shown' : ''}
          @click=${pick(id)}>${icon('screen')}${agentName(this.interaction, id)}</button>`)}</div>` : nothing}
      <span class="spring"></span>
      ${names.length > 1 ? this.monitorTabs(names) : nothing}
    </div>`;
  }

  private monitorTabs(names: string[]): TemplateResult {
    const part: ScreenPart = partAt(this.shown!.screen, this.timeMs - this.shown!.startMs), chosen = this.monitor <= names.length ? this.monitor : 0;
    const pick = (number: number) => () => this.dispatchEvent(new CustomEvent('choose-monitor', { detail: number }));
    return html`<div class="tabs" role="group" aria-label="Monitor">
      <button aria-pressed=${chosen === 0} @click=${pick(0)}>All monitors</button>
      ${names.map((name, i) => html`<button aria-pressed=${chosen === i + 1} class=${isConnected(part, name) ? '' : 'is-away'}
        title="${name} (${i + 1})${isConnected(part, name) ? '' : ', not connected now'}" @click=${pick(i + 1)}>${i + 1}</button>`)}</div>`;
  }
}
