import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { dial, operate } from '../api/calls.js';
import type { DesktopState } from '../api/desktop-types.js';
import type { Me } from '../api/types.js';
import { PageElement } from '../shared/element.js';
import { words } from '../shared/format.js';
import { icon } from '../shared/icons.js';
import { isActive } from './calls.js';
import { Notifications } from './notifications.js';
import type { Pairing } from './pairing.js';
import { srsPort } from './pair.js';
import './call-card.js';
import './notice.js';
import './pairing.js';

const STATES = [['Ready', 'Ready'], ['NotReady', 'Not ready'], ['AfterCallWork', 'After-call work']] as const;

/** The signed-in agent's page: state, calls, this PC, and what is recorded. */
@customElement('tdm-desktop')
export class Desktop extends PageElement {
  @property({ attribute: false }) me!: Me;
  @state() state: DesktopState | null = null;
  @state() private online = true;
  @state() private problem = '';
  @state() private busy = false;
  private notifications: Notifications | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    this.notifications = new Notifications((next) => { this.state = next; document.title = title(next); }, (online) => { this.online = online; });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.notifications?.close();
    document.title = 'Tandem Workspace';
  }

  override render() {
    const calls = (this.state?.calls ?? []).filter(isActive), started = this.started;
    return html`
      <tdm-notice .screen=${this.state?.screen ?? null} .online=${this.online}></tdm-notice>
      <div class="desktop">
        <div class="desktop-main">
          ${this.problem ? html`<p class="problem banner" role="alert">${this.problem}</p>` : nothing}
          ${started ? this.calls(calls) : this.begin()}
        </div>
        <aside>
          ${started ? this.agentState() : nothing}
          <tdm-pairing .port=${srsPort(location.search)} .screen=${this.state?.screen ?? null}></tdm-pairing>
        </aside>
      </div>`;
  }

  private get started(): boolean {
    const now = this.state?.agentState?.toLowerCase().replace(/[^a-z]/g, '') ?? '';
    return now !== '' && !['loggedout', 'logout', 'off', 'none', 'unknown'].includes(now);
  }

  private begin(): TemplateResult {
    return html`<section class="card begin"><h1>Good to see you, ${this.me.userName}</h1>
      <p class="muted">Start your session to take calls${this.state?.dn ? html` at DN <b>${this.state.dn}</b>` : nothing}. This PC is connected at the same time.</p>
      <button class="primary big" data-role="start-session" ?disabled=${this.busy} @click=${this.start}>${icon('play')}${this.busy ? 'Starting…' : 'Start session'}</button></section>`;
  }

  private calls(calls: DesktopState['calls']): TemplateResult {
    return html`
      ${repeat(calls, (call) => call.id, (call) => html`<tdm-call-card .call=${call} .others=${calls.filter((other) => other.id !== call.id)}></tdm-call-card>`)}
      ${calls.length ? nothing : html`<section class="card idle">${icon('phone')}<h1>No call</h1><p class="muted">Calls to DN <b>${this.state?.dn}</b> appear here.</p>
        <form class="dial" @submit=${this.dial}><label><span class="sr-only">Number to call</span><input name="destination" required inputmode="tel" placeholder="DN or number" autocomplete="off"></label>
          <button>${icon('phone')}Call</button></form></section>`}`;
  }

  private agentState(): TemplateResult {
    const now = this.state!.agentState.toLowerCase();
    return html`<section class="card agent-state" aria-label="Your state"><header><span class="state-dot is-${now}"></span><b data-role="agent-state">${STATES.find(([name]) => name.toLowerCase() === now)?.[1] ?? words(this.state!.agentState)}</b>
      <span class="spring"></span><span class="muted">DN ${this.state!.dn}</span></header>
      <div class="tabs" role="group" aria-label="Change your state">${STATES.map(([name, label]) => html`<button aria-pressed=${now === name.toLowerCase()}
        data-operation=${name} @click=${() => this.run(name)}>${label}</button>`)}</div>
      <button class="quiet" data-operation="EndContactCenterSession" @click=${() => this.run('EndContactCenterSession')}>End session</button></section>`;
  }

  private async start(): Promise<void> {
    this.busy = true;
    // Both at once: a PC without a recorder must not keep an agent from his calls.
    void this.querySelector<Pairing>('tdm-pairing')?.start();
    await this.run('StartContactCenterSession');
    this.busy = false;
  }

  private async run(operation: string): Promise<void> {
    this.problem = '';
    try {
      await operate(operation);
    } catch (error) {
      this.problem = (error as Error).message;
    }
  }

  private async dial(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    this.problem = '';
    try {
      await dial(String(new FormData(form).get('destination')).trim());
      form.reset();
    } catch (error) {
      this.problem = (error as Error).message;
    }
  }
}

function title(state: DesktopState): string {
  const ringing = state.calls.some((call) => call.state.toLowerCase() === 'ringing');
  return `${ringing ? '☎ ' : ''}${state.screen.state === 'recording' ? '● ' : ''}Tandem Workspace`;
}
