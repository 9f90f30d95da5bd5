import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { listInteractions, type Filter } from '../api/calls.js';
import type { InteractionSummary } from '../api/types.js';
import { PageElement } from '../shared/element.js';
import { day } from '../shared/format.js';
import './filters.js';
import { firstRun } from './first-run.js';
import './row.js';
import './saved-filters.js';
import { isLive } from './summary.js';
import { listAddress } from './route.js';

/** How often the list is asked for anew while it is looked at. */
const POLL_MS = 3000;

/** The list: what is being recorded now, then the days. */
@customElement('tdm-interactions')
export class Interactions extends PageElement {
  @property({ attribute: false }) filter: Filter = {};
  @property({ type: Boolean }) admin = false;
  @state() private items: InteractionSummary[] | null = null;
  @state() private next: string | null = null;
  @state() private problem = '';
  @state() private busy = false;
  private timer = 0;
  private abort: AbortController | null = null;
  /** Pages the reader asked for beyond the first; the poll renews only the first. */
  private older: InteractionSummary[] = [];

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.timer);
    this.abort?.abort();
  }

  override willUpdate(changed: Map<string, unknown>): void {
    if (!changed.has('filter')) return;
    this.items = null;
    this.older = [];
    void this.load();
  }

  override render() {
    return html`<div class="list-page">
      <tdm-filters .filter=${this.filter} @filter=${(event: CustomEvent<Filter>) => { location.hash = listAddress(event.detail); }}></tdm-filters>
      <tdm-saved-filters .filter=${this.filter}></tdm-saved-filters>
      ${this.problem ? html`<p class="problem banner" role="alert">${this.problem}</p>` : nothing}
      ${this.items === null && !this.problem ? html`<div class="empty"><span class="spinner"></span>Loading…</div>` : this.list()}
    </div>`;
  }

  private list(): TemplateResult {
    const all = [...(this.items ?? []), ...this.older];
    if (!all.length) return Object.keys(this.filter).length ? nobody() : firstRun(this.admin);
    const live = all.filter(isLive), rest = all.filter((item) => !isLive(item)), now = new Date();
    const days = [...new Set(rest.map((item) => day(item.start, now)))];
    return html`
      ${live.length ? group('Recording now', live, true) : nothing}
      ${days.map((name) => group(name, rest.filter((item) => day(item.start, now) === name), false))}
      ${this.next ? html`<button class="more" ?disabled=${this.busy} @click=${this.more}>Show older</button>` : nothing}`;
  }

  private async load(): Promise<void> {
    clearTimeout(this.timer);
    this.abort?.abort();
    const abort = (this.abort = new AbortController());
    try {
      const page = await listInteractions(this.filter, null, abort.signal);
      this.items = page.interactions;
      if (!this.older.length) this.next = page.next ?? null;
      this.older = this.older.filter((old) => !page.interactions.some((item) => item.callUuid === old.callUuid));
      this.problem = '';
    } catch (error) {
      if (abort.signal.aborted) return;
      this.problem = (error as Error).message;
    }
    if (this.isConnected) this.timer = window.setTimeout(() => void this.poll(), POLL_MS);
  }

  private poll(): void | Promise<void> {
    if (!document.hidden) return this.load();
    this.timer = window.setTimeout(() => void this.poll(), POLL_MS);
  }

  private async more(): Promise<void> {
    this.busy = true;
    try {
      const page = await listInteractions(this.filter, this.next);
      this.older = [...this.older, ...page.interactions];
      this.next = page.next ?? null;
    } catch (error) {
      this.problem = (error as Error).message;
    }
    this.busy = false;
  }
}

function group(name: string, items: InteractionSummary[], live: boolean): TemplateResult {
  return html`<section class="group ${live ? 'is-live' : ''}" aria-label=${name}>
    <h2>${live ? html`<span class="rec-dot" aria-hidden="true"></span>` : nothing}${name} <small>${items.length}</small></h2>
    <div class="rows card">${items.map((item) => html`<tdm-interaction-row .item=${item}></tdm-interaction-row>`)}</div>
  </section>`;
}

const nobody = (): TemplateResult => html`<div class="empty card"><h1>Nothing matches</h1>
  <p>No interaction fits these filters.</p><a class="button" href="#/">Clear the filters</a></div>`;
