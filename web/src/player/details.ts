import { html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Interaction } from '../api/types.js';
import { PageElement } from '../shared/element.js';
import { clock, timeOfDay, words } from '../shared/format.js';
import type { Axis } from './axis.js';
import { agentName, asTable, partyName } from './lanes.js';

/** Everything the lanes draw, as tables. Fires `seek` (ms). */
@customElement('tdm-player-details')
export class PlayerDetails extends PageElement {
  @property({ attribute: false }) interaction!: Interaction;
  @property({ attribute: false }) axis!: Axis;

  override render() {
    return html`<div class="details">
      <details open><summary>Timeline as a table</summary>${this.events()}</details>
      <details><summary>Recordings and how they belong together</summary>${this.media()}</details>
    </div>`;
  }

  private events() {
    return html`<div class="scroll"><table><thead><tr><th>From</th><th>To</th><th>Time</th><th>What</th></tr></thead><tbody>
      ${asTable(this.interaction, this.axis).map((row) => html`<tr>
        <td><button class="link" @click=${() => this.dispatchEvent(new CustomEvent('seek', { detail: row.atMs }))}>${clock(row.atMs, true)}</button></td>
        <td>${row.stopMs === null ? '' : clock(row.stopMs, true)}</td><td>${timeOfDay(this.axis.originMs + row.atMs)}</td><td>${row.what}</td></tr>`)}
    </tbody></table></div>`;
  }

  private media() {
    const { interaction } = this;
    return html`<div class="scroll"><table><thead><tr><th>Medium</th><th>Of</th><th>From</th><th>Length</th><th>State</th><th>Ended by</th></tr></thead><tbody>
      ${this.axis.voices.map(({ segment, startMs, stopMs }) => html`<tr><td>Voice</td>
        <td>${segment.channels.map((channel) => partyName(interaction, channel)).join(' / ')}</td><td>${clock(startMs, true)}</td><td>${clock(stopMs - startMs, true)}</td>
        <td>${segment.state}</td><td>${segment.endReason ? words(segment.endReason) : ''}</td></tr>`)}
      ${this.axis.screens.map(({ screen, startMs, stopMs }) => html`<tr><td>Screen</td><td>${agentName(interaction, screen.agentId)}</td>
        <td>${clock(startMs, true)}</td><td>${clock(stopMs - startMs, true)}</td><td>${screen.state}${screen.problem ? `: ${screen.problem}` : ''}</td>
        <td>${screen.endReason ? words(screen.endReason) : ''}</td></tr>`)}
      ${(interaction.missing ?? []).map((item) => html`<tr class="is-missing"><td>${item.what === 'screen' ? 'Screen' : 'Voice'}</td>
        <td>${item.agentId ? agentName(interaction, item.agentId) : ''}</td><td colspan="2"></td><td>missing</td><td>${item.why}</td></tr>`)}
    </tbody></table>
    ${interaction.links.length ? html`<table><thead><tr><th>Screen of</th><th>Belongs to</th><th>Screen from</th><th>Voice from</th><th>Length</th></tr></thead><tbody>
      ${interaction.links.map((link) => html`<tr><td>${this.screenOwner(link.screenId)}</td>
        <td>${link.relation === 'acw' ? 'after-call work' : link.callUuid === interaction.callUuid ? `this call (${link.relation})` : html`<a href="#/i/${link.callUuid}">another call</a> (${link.relation})`}</td>
        <td>${clock(link.screenOffsetMs, true)}</td><td>${link.segmentOffsetMs == null ? '' : clock(link.segmentOffsetMs, true)}</td><td>${clock(link.lengthMs, true)}</td></tr>`)}
    </tbody></table>` : nothing}</div>`;
  }

  private screenOwner(id: string): string {
    const screen = this.interaction.screens.find((each) => each.id === id);
    return screen ? agentName(this.interaction, screen.agentId) : id;
  }
}
