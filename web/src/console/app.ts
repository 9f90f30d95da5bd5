import { html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { signOut, whoAmI } from '../api/calls.js';
import { SIGNED_OUT, type ApiError } from '../api/client.js';
import type { Me } from '../api/types.js';
import { PageElement } from '../shared/element.js';
import { icon } from '../shared/icons.js';
import '../shared/sign-in.js';
import '../shared/top-bar.js';
import '../player/player.js';
import './agents.js';
import './devices.js';
import './interactions.js';
import './live.js';
import { parseRoute, type Route } from './route.js';

/** The console: who is signed in, and which page the address names. */
@customElement('tdm-console')
export class Console extends PageElement {
  @state() private me: Me | null = null;
  @state() private route: Route = parseRoute(location.hash);
  @state() private asked = false;
  @state() private problem = '';
  private readonly turn = () => { this.route = parseRoute(location.hash); };
  private readonly forget = () => { this.me = null; };

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('hashchange', this.turn);
    window.addEventListener(SIGNED_OUT, this.forget);
    void this.ask();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('hashchange', this.turn);
    window.removeEventListener(SIGNED_OUT, this.forget);
  }

  override render() {
    if (!this.asked) return html`<div class="empty"><span class="spinner"></span></div>`;
    if (this.problem) return html`<div class="empty card"><h1>Tandem does not answer</h1><p>${this.problem}</p><button @click=${() => this.ask()}>Try again</button></div>`;
    if (!this.me) {
      return html`<tdm-sign-in heading="Sign in to the console" @signed-in=${(event: CustomEvent<Me>) => { this.me = event.detail; }}
        .hint=${'First start? Tandem printed a one-time password for the user “admin” and wrote it to first-password.txt in its data folder.'}></tdm-sign-in>`;
    }
    const page = this.route.page, admin = this.me.roles.includes('administrator');
    const items = [
      { href: '#/', label: 'Interactions', icon: icon('list'), current: page === 'list' || page === 'interaction' },
      ...(admin ? [
        { href: '#/agents', label: 'Agents', icon: icon('people'), current: page === 'agents' || page === 'live' },
        { href: '#/devices', label: 'Agent PCs', icon: icon('pc'), current: page === 'devices' },
      ] : []),
    ];
    return html`
      <tdm-top-bar product="Console" .me=${this.me} .items=${items} @sign-out=${this.leave}></tdm-top-bar>
      <main>${this.page()}</main>`;
  }

  private page() {
    const route = this.route;
    switch (route.page) {
      case 'interaction': return html`<tdm-player .callUuid=${route.callUuid} .moment=${route.moment}></tdm-player>`;
      case 'agents': return html`<tdm-agents></tdm-agents>`;
      case 'devices': return html`<tdm-devices></tdm-devices>`;
      case 'live': return html`<tdm-live .agentId=${route.agentId}></tdm-live>`;
      case 'list': return html`<tdm-interactions .filter=${route.filter} .admin=${this.me?.roles.includes('administrator') ?? false}></tdm-interactions>`;
      default: return nothing;
    }
  }

  private async ask(): Promise<void> {
    this.problem = '';
    try {
      this.me = await whoAmI();
    } catch (error) {
      this.me = null;
      if ((error as ApiError).status !== 401) this.problem = (error as Error).message;
    }
    this.asked = true;
  }

  private async leave(): Promise<void> {
    await signOut().catch(() => undefined);
    this.me = null;
  }
}
