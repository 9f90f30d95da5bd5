import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Me } from '../api/types.js';
import { PageElement } from './element.js';
import { icon, mark } from './icons.js';
import { applyTheme, isDark } from './theme.js';

export interface NavItem {
  href: string;
  label: string;
  icon: TemplateResult;
  current: boolean;
}

/** The bar over both pages: mark, navigation, theme, who is signed in. Fires `sign-out`. */
@customElement('tdm-top-bar')
export class TopBar extends PageElement {
  @property({ attribute: false }) me: Me | null = null;
  @property({ attribute: false }) items: NavItem[] = [];
  @property() product = '';

  override render() {
    return html`
      <header class="top-bar">
        <a class="brand" href="#/" aria-label="Tandem ${this.product}">${mark()}<span>Tandem</span><small>${this.product}</small></a>
        <nav aria-label="Pages">${this.items.map((item) => html`
          <a href=${item.href} aria-current=${item.current ? 'page' : nothing}>${item.icon}<span>${item.label}</span></a>`)}
        </nav>
        <span class="spring"></span>
        <button class="quiet round" @click=${this.turn} aria-label="Switch between light and dark" title="Light or dark">${icon('sun')}</button>
        ${this.me ? html`
          <span class="who"><span class="avatar" aria-hidden="true">${this.me.userName.slice(0, 2).toUpperCase()}</span>${this.me.userName}</span>
          <button class="quiet" @click=${() => this.dispatchEvent(new CustomEvent('sign-out'))}>Sign out</button>` : nothing}
      </header>`;
  }

  private turn(): void {
    applyTheme(isDark() ? 'light' : 'dark');
    this.requestUpdate();
    window.dispatchEvent(new Event('tandem-theme'));
  }
}
