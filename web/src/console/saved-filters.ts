import { html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Filter } from '../api/calls.js';
import { PageElement } from '../shared/element.js';
import { icon } from '../shared/icons.js';
import { read, write } from '../shared/theme.js';
import { listAddress } from './route.js';

const KEY = 'tandem.filters';

interface Saved {
  name: string;
  filter: Filter;
}

/** Filters kept by name in this browser. */
@customElement('tdm-saved-filters')
export class SavedFilters extends PageElement {
  @property({ attribute: false }) filter: Filter = {};
  @state() private saved = load(read(KEY));
  @state() private naming = false;

  override render() {
    const here = listAddress(this.filter), known = this.saved.some((one) => listAddress(one.filter) === here);
    if (!this.saved.length && !Object.keys(this.filter).length) return nothing;
    return html`<div class="saved" role="group" aria-label="Saved filters">
      ${this.saved.map((one) => html`<span class="saved-one ${listAddress(one.filter) === here ? 'is-current' : ''}"><a href=${listAddress(one.filter)}>${one.name}</a>
        <button class="quiet tiny" aria-label="Forget ${one.name}" title="Forget" @click=${() => this.keep(this.saved.filter((each) => each !== one))}>${icon('close')}</button></span>`)}
      ${known || !Object.keys(this.filter).length ? nothing : this.naming ? html`<form @submit=${this.add}><input name="name" required maxlength="40" placeholder="Name of this filter" aria-label="Name of this filter"></form>`
        : html`<button class="quiet" @click=${this.ask}>${icon('plus')}Save this filter</button>`}
    </div>`;
  }

  private ask(): void {
    this.naming = true;
    void this.updateComplete.then(() => this.querySelector('input')?.focus());
  }

  private add(event: SubmitEvent): void {
    event.preventDefault();
    const name = String(new FormData(event.target as HTMLFormElement).get('name')).trim();
    this.naming = false;
    if (name) this.keep([...this.saved.filter((one) => one.name !== name), { name, filter: this.filter }]);
  }

  private keep(saved: Saved[]): void {
    this.saved = saved;
    write(KEY, JSON.stringify(saved));
  }
}

/** What is kept may be of another version or spoilt: then there is nothing kept. */
function load(text: string | null): Saved[] {
  try {
    const kept = JSON.parse(text ?? '[]') as Saved[];
    return Array.isArray(kept) ? kept.filter((one) => typeof one.name === 'string' && typeof one.filter === 'object' && one.filter !== null) : [];
  } catch {
    return [];
  }
}
