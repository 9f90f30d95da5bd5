import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ScreenStatus } from '../api/desktop-types.js';
import { PageElement } from '../shared/element.js';
import { icon } from '../shared/icons.js';
import { loopbackPermission, pair, takeCode, type PairOutcome } from './pair.js';

/** Introduces this page's agent to the recorder on this PC, and says what to do where that fails. */
@customElement('tdm-pairing')
export class Pairing extends PageElement {
  @property({ type: Number }) port = 8090;
  @property({ attribute: false }) screen: ScreenStatus | null = null;
  @state() private outcome: PairOutcome | null = null;
  @state() private busy = false;
  private code: string | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    this.code = takeCode();
    // Without a click only where the browser will not ask the user anything, or the user has just opened this window for it.
    if (this.code) void this.start();
    else void loopbackPermission().then((permission) => { if (permission === 'granted') void this.start(); });
  }

  /** Called after a click, so that a question of the browser has a cause that the user sees. */
  async start(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.outcome = await pair(this.port, this.code);
    this.code = null;
    this.busy = false;
  }

  override render() {
    const known = this.screen && this.screen.state !== 'unavailable' && this.screen.deviceId;
    const paired = this.outcome?.kind === 'paired' || (known && !this.outcome);
    return html`<section class="card pairing" aria-label="This PC" data-role="pairing" data-state=${this.busy ? 'busy' : paired ? 'paired' : this.outcome?.kind ?? 'none'}>
      <header>${icon('pc')}<b>This PC</b><span class="spring"></span>
        <span class="badge is-${paired ? 'available' : this.outcome ? 'missing' : 'none'}">${this.busy ? 'connecting…' : paired ? 'connected' : 'not connected'}</span></header>
      ${paired ? html`<p class="muted">The screen recorder of this PC knows you${this.screen?.deviceId ? html` (<code>${this.screen.deviceId}</code>)` : nothing}.</p>` : this.advice()}
      ${paired ? nothing : html`<button class="primary" ?disabled=${this.busy} @click=${this.start}>${this.outcome ? 'Try again' : 'Connect this PC'}</button>`}
    </section>`;
  }

  private advice(): TemplateResult {
    switch (this.outcome?.kind) {
      case 'forbidden': return html`<div role="alert"><p><b>The browser does not let this page speak to this PC.</b> To allow it:</p><ol>
        <li>Click the symbol left of the address, then <b>Site settings</b>.</li>
        <li>Set <b>Apps on device</b> (or <b>Local network access</b>) to <b>Allow</b>.</li>
        <li>Reload this page.</li></ol>
        <p class="muted">Administrators can allow it for everybody with the policy <code>LoopbackNetworkAllowedForUrls</code>.</p></div>`;
      case 'absent': return html`<div role="alert"><p><b>The screen recorder does not answer</b> at 127.0.0.1:${this.port}. Calls and their voice recording go on; your screen is not recorded.</p><ol>
        <li>If the browser just asked whether this page may reach apps on this device, choose <b>Allow</b> and try again.</li>
        <li>Is the service running? <code>tandem-srs run</code>, or ask your administrator.</li>
        <li>Another port? Add <code>?srs=PORT</code> to this page’s address.</li></ol></div>`;
      case 'refused': return html`<div role="alert"><p><b>The screen recorder could not take you on.</b> ${this.outcome.why}</p></div>`;
      default: return html`<p class="muted">Tell the screen recorder of this PC that you work here. The browser may ask for your consent once.</p>`;
    }
  }
}
