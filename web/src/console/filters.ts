import { html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Filter } from '../api/calls.js';
import { PageElement } from '../shared/element.js';
import { isoOfLocal } from '../shared/format.js';

const HOUR_MS = 3_600_000;

/** The filters over the list; each change fires `filter`. */
@customElement('tdm-filters')
export class Filters extends PageElement {
  @property({ attribute: false }) filter: Filter = {};

  override render() {
    const { filter } = this;
    return html`<form class="filters card" role="search" @change=${this.apply} @submit=${(event: Event) => { event.preventDefault(); this.apply(); }}>
      <label>Agent<input name="agentId" .value=${filter.agentId ?? ''} placeholder="any"></label>
      <label>DN or number<input name="dn" .value=${filter.dn ?? ''} placeholder="any"></label>
      <label>From<input name="from" type="datetime-local" step="1" .value=${localOfIso(filter.from)}></label>
      <label>To<input name="to" type="datetime-local" step="1" .value=${localOfIso(filter.to)}></label>
      <label class="wide">Call id<input name="callUuid" .value=${filter.callUuid ?? ''} placeholder="32 characters" spellcheck="false"></label>
      <div class="filter-buttons">
        ${[['1 h', 1], ['24 h', 24], ['7 days', 168]].map(([name, hours]) => html`<button type="button" class="quiet" @click=${() => this.last(Number(hours))}>${name}</button>`)}
        <button type="button" class="quiet" ?disabled=${!Object.keys(filter).length} @click=${() => this.fire({})}>Clear</button>
      </div>
    </form>`;
  }

  private apply(): void {
    const data = new FormData(this.querySelector('form')!), next: Filter = {};
    const text = (name: string) => String(data.get(name) ?? '').trim();
    for (const name of ['agentId', 'dn', 'callUuid'] as const) if (text(name)) next[name] = text(name);
    for (const name of ['from', 'to'] as const) if (isoOfLocal(text(name))) next[name] = isoOfLocal(text(name));
    this.fire(next);
  }

  private last(hours: number): void {
    const { to: _, ...rest } = this.filter;
    this.fire({ ...rest, from: new Date(Date.now() - hours * HOUR_MS).toISOString() });
  }

  private fire(filter: Filter): void {
    this.dispatchEvent(new CustomEvent('filter', { detail: filter }));
  }
}

/** A `datetime-local` field wants the reader's zone without a zone. */
function localOfIso(iso: string | undefined): string {
  if (!iso || Number.isNaN(Date.parse(iso))) return '';
  const date = new Date(iso);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}
