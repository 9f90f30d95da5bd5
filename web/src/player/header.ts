import { html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Interaction } from '../api/types.js';
import { PageElement } from '../shared/element.js';
import { clock, day, percent, timeOfDay } from '../shared/format.js';
import { icon } from '../shared/icons.js';
import type { Coverage } from './coverage.js';
import { agentName } from './lanes.js';

/** Who spoke with whom, when, how long, and how much of it is there. */
@customElement('tdm-player-header')
export class PlayerHeader extends PageElement {
  @property({ attribute: false }) interaction!: Interaction;
  @property({ attribute: false }) cover!: Coverage;
  @property({ type: Number }) lengthMs = 0;

  override render() {
    const { interaction } = this;
    const agents = [...new Set([...interaction.segments.flatMap((segment) => segment.agents), ...interaction.screens.map((screen) => screen.agentId),
      ...(interaction.parties ?? []).flatMap((party) => party.agentId ?? [])])];
    const others = interaction.parties?.filter((party) => !party.agentId).map((party) => party.name || party.dn) ?? [];
    return html`
      <div class="ph">
        <a class="button quiet round" href="#/" aria-label="Back to the list" title="Back to the list">${icon('back')}</a>
        <div class="ph-main">
          <h1>${interaction.kind === 'voice' ? html`${others.join(', ') || interaction.ani || 'Unknown caller'}
            <span class="ph-with" aria-label="with">⇄</span> ` : nothing}${agents.map((id) => agentName(interaction, id)).join(', ')}
            ${interaction.kind === 'voice' ? nothing : html`<small class="chip">without a call</small>`}</h1>
          <p class="muted">${day(interaction.start, new Date())} ${timeOfDay(interaction.start)} · ${clock(this.lengthMs)}
            ${interaction.callType ? html` · ${interaction.callType.toLowerCase()}` : nothing} · <code title="Call identity">${interaction.callUuid}</code></p>
        </div>
        <span class="spring"></span>
        ${this.share('voice', 'Voice', this.cover.voiceShare)} ${this.share('screen', 'Screen', this.cover.screenShare)}
      </div>`;
  }

  private share(name: 'voice' | 'screen', label: string, share: number | null) {
    const state = share === null ? 'none' : share >= 0.9995 ? 'good' : share > 0 ? 'part' : 'bad';
    return html`<span class="ph-share is-${state}">${icon(name)}<span><b>${share === null ? 'none' : percent(share)}</b><small>${label}</small></span></span>`;
  }
}
