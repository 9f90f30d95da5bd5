import { html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { operateCall } from '../api/calls.js';
import type { AgentCall } from '../api/desktop-types.js';
import { PageElement } from '../shared/element.js';
import { clock } from '../shared/format.js';
import { icon } from '../shared/icons.js';
import { actions, isRinging, recordingAction, stateWords, type CallAction } from './calls.js';

/** One call: who, how long, and what can be done with it. */
@customElement('tdm-call-card')
export class CallCard extends PageElement {
  @property({ attribute: false }) call!: AgentCall;
  @property({ attribute: false }) others: AgentCall[] = [];
  @state() private asking: CallAction | null = null;
  @state() private busy = '';
  @state() private problem = '';
  private timer = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    this.timer = window.setInterval(() => this.requestUpdate(), 500);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.timer);
  }

  override render() {
    const { call } = this, recording = recordingAction(call), paused = recording?.operation === 'ResumeCallRecording';
    return html`<article class="card call is-${call.state.toLowerCase()}" aria-label="Call with ${call.otherDn ?? 'unknown'}">
      <header>
        <span class="call-icon">${icon('phone')}</span>
        <div><span class="call-state" data-role="call-state" aria-live=${isRinging(call) ? 'assertive' : 'polite'}>${stateWords(call)}</span>
          <b class="call-who" data-role="other-party">${call.otherDn || 'Unknown'}</b></div>
        <span class="spring"></span>
        <span class="call-time" data-role="call-timer">${call.startTime ? clock(Math.max(0, Date.now() - Date.parse(call.startTime))) : ''}</span>
      </header>
      ${recording ? html`<p class="call-recording ${paused ? 'is-paused' : ''}" data-role="voice-recording">
        <span class="rec-dot" aria-hidden="true"></span>${paused ? 'Recording is paused: nothing is kept' : 'This call is being recorded'}
        ${this.button(recording)}</p>` : nothing}
      ${this.asking ? this.askDestination(this.asking) : html`<div class="call-buttons">${this.buttons(actions(call, this.others))}</div>`}
      ${this.problem ? html`<p class="problem" role="alert">${this.problem}</p>` : nothing}
    </article>`;
  }

  /** Keyed: a button keeps its element, so a press never lands on what has just taken its place. */
  private buttons(offered: CallAction[]) {
    return repeat(offered, (action) => action.operation, (action) => this.button(action));
  }

  private button(action: CallAction) {
    return html`<button class=${action.kind ?? ''} data-operation=${action.operation} ?disabled=${this.busy !== ''}
      @click=${() => (action.destination ? this.ask(action) : this.run(action))}>${icon(action.icon)}${action.label}</button>`;
  }

  private askDestination(action: CallAction) {
    return html`<form class="call-ask" @submit=${(event: SubmitEvent) => this.go(event, action)}>
      <label>${action.label} to<input name="destination" required inputmode="tel" autocomplete="off" placeholder="DN or number"></label>
      <button class="primary" ?disabled=${this.busy !== ''}>${action.label}</button>
      <button type="button" class="quiet" @click=${() => { this.asking = null; }}>Cancel</button>
    </form>`;
  }

  private ask(action: CallAction): void {
    this.asking = action;
    void this.updateComplete.then(() => this.querySelector<HTMLInputElement>('[name=destination]')?.focus());
  }

  private go(event: SubmitEvent, action: CallAction): void {
    event.preventDefault();
    void this.run(action, String(new FormData(event.target as HTMLFormElement).get('destination')).trim());
  }

  private async run(action: CallAction, destination?: string): Promise<void> {
    this.busy = action.operation;
    this.problem = '';
    try {
      await operateCall(this.call.id, action.operation, destination);
      this.asking = null;
    } catch (error) {
      this.problem = `${action.label}: ${(error as Error).message}`;
    }
    this.busy = '';
  }
}
