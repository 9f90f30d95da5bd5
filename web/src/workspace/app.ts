import { html } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { signOut, whoAmI, operate } from '../api/calls.js';
import type { DesktopState } from '../api/desktop-types.js';
import { SIGNED_OUT } from '../api/client.js';
import type { Me } from '../api/types.js';
import { PageElement } from '../shared/element.js';
import '../shared/sign-in.js';
import '../shared/top-bar.js';
import './desktop.js';

/** The agent's page: signed in or not. */
@customElement('tdm-workspace')
export class Workspace extends PageElement {
  @state() private me: Me | null = null;
  @state() private asked = false;
  private readonly forget = () => { this.me = null; };

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener(SIGNED_OUT, this.forget);
    void whoAmI().then((me) => { this.me = me; }, () => undefined).finally(() => { this.asked = true; });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener(SIGNED_OUT, this.forget);
  }

  override render() {
    if (!this.asked) return html`<div class="empty"><span class="spinner"></span></div>`;
    if (!this.me) return html`<tdm-sign-in heading="Sign in to work" @signed-in=${(event: CustomEvent<Me>) => { this.me = event.detail; }}></tdm-sign-in>`;
    return html`
      <tdm-top-bar product="Workspace" .me=${this.me} @sign-out=${this.leave}></tdm-top-bar>
      <main>${this.me.agentId ? html`<tdm-desktop .me=${this.me}></tdm-desktop>` : html`<div class="empty card"><h1>No agent</h1>
        <p>The user ${this.me.userName} is no agent. The <a href="/console/">console</a> is for you.</p></div>`}</main>`;
  }

  /** The session at the DN ends with the sign-out; the server refuses nothing it does not have. */
  private async leave(): Promise<void> {
    const desktop = this.querySelector('tdm-desktop') as (HTMLElement & { state: DesktopState | null }) | null;
    if (desktop?.state?.dn) await operate('EndContactCenterSession').catch(() => undefined);
    await signOut().catch(() => undefined);
    this.me = null;
  }
}
