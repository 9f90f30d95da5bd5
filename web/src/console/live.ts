import { html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { PageElement } from '../shared/element.js';
import { icon } from '../shared/icons.js';
import { LiveScreen } from './live-screen.js';

/** A supervisor's view of an agent's screen while it is recorded. The agent sees that somebody watches. */
@customElement('tdm-live')
export class Live extends PageElement {
  @property() agentId = '';
  @state() private says = 'Connecting…';
  @query('.live-frame') private frame!: HTMLElement;
  private screen: LiveScreen | null = null;

  override firstUpdated(): void {
    this.screen = new LiveScreen(this.agentId, this.frame, (says) => { this.says = says; });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.screen?.close();
  }

  override render() {
    return html`<div class="admin-page">
      <header><div><h1>Screen of ${this.agentId}</h1><p class="muted">Live, while it is recorded. The agent sees that you watch, and the audit trail says so.</p></div>
        <a class="button quiet" href="#/agents">Back to the agents</a></header>
      <div class="card live" data-role="live" data-state=${this.says ? 'waiting' : 'playing'}>
        ${this.says ? html`<p class="muted" role="status">${icon('pc')} ${this.says}</p>` : nothing}
        <div class="live-frame"></div>
      </div>
    </div>`;
  }
}
