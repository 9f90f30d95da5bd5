import { html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { ScreenStatus } from '../api/desktop-types.js';
import { PageElement } from '../shared/element.js';
import { icon } from '../shared/icons.js';

/** Says whether the screen is being recorded: the notice is there exactly while the server says it is. */
@customElement('tdm-notice')
export class Notice extends PageElement {
  @property({ attribute: false }) screen: ScreenStatus | null = null;
  @property({ type: Boolean }) online = true;

  override render() {
    const { screen } = this;
    return html`<div aria-live="assertive">
      ${screen?.state === 'recording' ? html`<div class="notice is-recording" data-role="recording-notice"><span class="rec-dot" aria-hidden="true"></span>
        <b>Your screen is being recorded</b>${screen.reason ? html`<span>${screen.reason}</span>` : nothing}</div>` : nothing}
      ${screen?.watched ? html`<div class="notice is-watched" data-role="watched-notice">${icon('people')}<b>A supervisor is watching your screen</b></div>` : nothing}
      ${screen?.state === 'paused' ? html`<div class="notice is-paused">${icon('hold')}<b>Screen recording is paused</b>${screen.reason ? html`<span>${screen.reason}</span>` : nothing}</div>` : nothing}
      ${screen?.state === 'unavailable' ? html`<div class="notice is-warn">${icon('warn')}<b>Your screen cannot be recorded</b>
        <span>${screen.reason || 'No screen recorder is connected for you.'}</span></div>` : nothing}
      ${this.online ? nothing : html`<div class="notice is-warn" data-role="offline">${icon('warn')}<b>Connection to the server lost</b><span>Trying again… What you see here may be old.</span></div>`}
    </div>`;
  }
}
