import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Interaction, Monitor } from '../api/types.js';
import { PageElement, place } from '../shared/element.js';
import { icon } from '../shared/icons.js';
import type { Axis, ScreenTrack } from './axis.js';
import { agentName } from './lanes.js';
import { gapReason } from './gap.js';

/** The picture, the choice of agent and monitor, and a card where there is no picture. Fires `choose-agent` (id or null). */
@customElement('tdm-stage')
export class Stage extends PageElement {
  @property({ attribute: false }) interaction!: Interaction;
  @property({ attribute: false }) axis!: Axis;
  @property({ attribute: false }) shown: ScreenTrack | null = null;
  @property() agentId: string | null = null;
  /** Whole seconds are enough to know what a card has to say. */
  @property({ type: Number }) timeMs = 0;
  @property({ type: Boolean }) waiting = false;
  @state() monitor = 0;

  /** @param number 1 is the first monitor, 0 all. */
  showMonitor(number: number): void {
    const count = this.shown?.screen.monitors?.length ?? 0;
    if (number <= count) this.monitor = number;
  }

  override render() {
    const gap = gapReason(this.interaction, this.axis, this.shown, this.timeMs, this.agentId);
    const monitors = this.shown?.screen.monitors ?? [];
    return html`
      <div class="stage">
        ${this.tabs(monitors)}
        <div class="stage-box">
          <div class="stage-frame ${gap && !gap.over ? 'is-empty' : ''}" ${place(this.frame(monitors))}>
            <video data-role="screen" muted playsinline preload="auto" tabindex="-1" aria-label="Recorded screen" ${place(crop(this.shown, monitors[this.monitor - 1]))}></video>
          </div>
          ${gap ? html`<div class="gap-card ${gap.over ? 'is-over' : ''}" role="status">${icon(gap.icon)}<b>${gap.title}</b>
            ${gap.why ? html`<span>${gap.why}</span>` : nothing}</div>` : nothing}
          ${this.waiting ? html`<div class="stage-wait" role="status"><span class="spinner"></span>Loading…</div>` : nothing}
        </div>
      </div>`;
  }

  /** Set by script: the attribute alone does not mute a video that a template makes. */
  override firstUpdated(): void {
    this.querySelector('video')!.muted = true;
  }

  private tabs(monitors: Monitor[]): TemplateResult | typeof nothing {
    const agents = [...new Set(this.interaction.screens.map((screen) => screen.agentId))];
    if (agents.length < 2 && monitors.length < 2) return nothing;
    const pick = (id: string | null) => () => this.dispatchEvent(new CustomEvent('choose-agent', { detail: id }));
    return html`<div class="stage-tabs">
      ${agents.length > 1 ? html`<div class="tabs" role="group" aria-label="Whose screen">
        <button aria-pressed=${this.agentId === null} @click=${pick(null)} title="Show the screen of the agent who is heard">Follow the call</button>
        ${agents.map((id) => html`<button aria-pressed=${this.agentId === id} class=${this.shown?.screen.agentId === id ? 'is-shown' : ''}
          @click=${pick(id)}>${icon('screen')}${agentName(this.interaction, id)}</button>`)}</div>` : nothing}
      <span class="spring"></span>
      ${monitors.length > 1 ? html`<div class="tabs" role="group" aria-label="Monitor">
        <button aria-pressed=${this.monitor === 0} @click=${() => this.showMonitor(0)}>All monitors</button>
        ${monitors.map((monitor, i) => html`<button aria-pressed=${this.monitor === i + 1} title="${monitor.name} (${i + 1})"
          @click=${() => this.showMonitor(i + 1)}>${i + 1}</button>`)}</div>` : nothing}
    </div>`;
  }

  private frame(monitors: Monitor[]): Record<string, string> {
    const one = monitors[this.monitor - 1], screen = this.shown?.screen;
    return { '--ratio': String(one ? one.width / one.height : (screen?.width || 16) / (screen?.height || 9)) };
  }
}

/** Shows one monitor's rectangle by moving the whole picture behind its frame. */
function crop(shown: ScreenTrack | null, monitor: Monitor | undefined): Record<string, string> {
  const { width, height } = shown?.screen ?? {};
  if (!monitor || !width || !height) return { width: '100%', height: '100%', left: '0', top: '0' };
  return {
    width: `${(width / monitor.width) * 100}%`, height: `${(height / monitor.height) * 100}%`,
    left: `${(-monitor.x / monitor.width) * 100}%`, top: `${(-monitor.y / monitor.height) * 100}%`,
  };
}
