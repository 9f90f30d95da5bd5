import { html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { InteractionSummary } from '../api/types.js';
import { PageElement } from '../shared/element.js';
import { clock, timeOfDay } from '../shared/format.js';
import { icon } from '../shared/icons.js';
import { badge, isLive, side } from './summary.js';

/** One interaction of the list, a link to its player. */
@customElement('tdm-interaction-row')
export class InteractionRow extends PageElement {
  @property({ attribute: false }) item!: InteractionSummary;

  override render() {
    const { item } = this, live = isLive(item);
    const lengthMs = item.durationMs ?? (item.stop ? Date.parse(item.stop) - Date.parse(item.start) : Date.now() - Date.parse(item.start));
    const outside = side(item, false), agents = side(item, true);
    return html`<a class="row" href="#/i/${encodeURIComponent(item.callUuid)}">
      <span class="row-time">${timeOfDay(item.start)}</span>
      <span class="row-kind is-${item.kind}" title=${item.kind === 'voice' ? item.callType ?? 'call' : 'without a call'}>${icon(item.kind === 'voice' ? 'phone' : 'screen')}</span>
      <span class="row-who"><b>${outside || agents || item.ani || 'Unknown'}</b>
        <span>${outside ? agents || item.dnis : item.kind === 'voice' ? 'among agents' : 'without a call'}${item.callType && item.kind === 'voice' ? html` · ${item.callType.toLowerCase()}` : nothing}</span></span>
      <code class="row-id">${item.callUuid}</code>
      <span class="row-length">${live ? html`<span class="rec-dot" aria-hidden="true"></span>` : nothing}${clock(lengthMs)}</span>
      ${(['voice', 'screen'] as const).map((what) => {
        const { state, label, why } = badge(item, what);
        return html`<span class="badge is-${state}" title=${why || label}>${icon(what)}<span>${label}</span></span>`;
      })}
    </a>`;
  }
}
