import { html } from 'lit';
import { customElement } from 'lit/decorators.js';
import { PageElement } from '../shared/element.js';
import { icon } from '../shared/icons.js';
import { KEY_MAP } from './keys.js';

/** The keyboard map as a dialog. */
@customElement('tdm-key-help')
export class KeyHelp extends PageElement {
  toggle(): void {
    const dialog = this.querySelector('dialog')!;
    if (dialog.open) dialog.close();
    else dialog.showModal();
  }

  override render() {
    return html`<dialog class="card help" aria-label="Keyboard" @click=${this.outside}>
      <header><h2>Keyboard</h2><button class="quiet round" aria-label="Close" @click=${this.toggle}>${icon('close')}</button></header>
      <dl>${KEY_MAP.map((row) => html`<div><dt>${row.keys.map((key) => html`<kbd>${key}</kbd>`)}</dt><dd>${row.what}</dd></div>`)}</dl>
    </dialog>`;
  }

  private outside(event: MouseEvent): void {
    if (event.target === this.querySelector('dialog')) this.toggle();
  }
}
